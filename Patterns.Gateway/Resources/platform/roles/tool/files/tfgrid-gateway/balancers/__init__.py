"""What shares requests out: HAProxy, nginx, or the kernel's port forwarding. All answer the same questions."""

from balancers.haproxy import Haproxy
from balancers.nat import Nat
from balancers.nginx import Nginx


def balancer_of(config):
    return {"haproxy": Haproxy, "nginx": Nginx, "nat": Nat}[config.balancer](config)
