"""What distributes requests: HAProxy, nginx, or the kernel's port forwarding. All have the same methods."""

from balancers.haproxy import Haproxy
from balancers.nat import Nat
from balancers.nginx import Nginx


def balancer_of(config):
    return {"haproxy": Haproxy, "nginx": Nginx, "nat": Nat}[config.balancer](config)
