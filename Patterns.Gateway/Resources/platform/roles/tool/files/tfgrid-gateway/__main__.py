"""tfgrid-gateway: looks after a gateway of tfgrid-compose. Installed and run by its playbook, its timer and `tfgrid-compose`."""

import argparse
import fcntl
import sys

import backends
import certificates
from balancers import balancer_of
from config import Config

LOCK = "/run/lock/tfgrid-gateway.lock"


def main():
    args = parse(sys.argv[1:])
    config = Config.load()
    balancer = balancer_of(config)
    with open(LOCK, "w") as lock:
        if args.verb not in ("backends", "check", "ssl-status"):
            fcntl.flock(lock, fcntl.LOCK_EX)
        return VERBS[args.verb](config, balancer, args)


def parse(words):
    parser = argparse.ArgumentParser(prog="tfgrid-gateway", description="Looks after this gateway.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("backends", help="show the state of each backend")
    verbs.add_parser("check", help="end with 0 where every backend serves")
    drain = verbs.add_parser("drain", help="take a backend out of service and wait for its running requests")
    drain.add_argument("backend")
    ready = verbs.add_parser("ready", help="let a backend serve again once it is well")
    ready.add_argument("backend")
    ready.add_argument("--no-wait", action="store_true", help="do not wait until it is well")
    verbs.add_parser("sync", help="write what depends on the backends in service")
    verbs.add_parser("reload", help="check the configuration and load it again")
    verbs.add_parser("tls", help="get and renew certificates that are due")
    setup = verbs.add_parser("ssl-setup", help="try now to get the certificates that are missing")
    setup.add_argument("--no-dns-check", action="store_true", help="ask the authority also where the name leads elsewhere, as behind a content delivery network")
    renew = verbs.add_parser("ssl-renew", help="renew certificates that end soon")
    renew.add_argument("--force", action="store_true", help="renew all of them")
    verbs.add_parser("ssl-status", help="show each domain's certificate, or why there is none")
    return parser.parse_args(words)


def reload(config, balancer, args):
    balancer.reload()
    print("reloaded")
    return 0


def sync(config, balancer, args):
    print("changed" if balancer.sync() else "unchanged")
    return 0


VERBS = {
    "backends": lambda config, balancer, args: backends.show(config, balancer),
    "check": lambda config, balancer, args: backends.check(config, balancer),
    "drain": lambda config, balancer, args: backends.drain(config, balancer, args.backend),
    "ready": lambda config, balancer, args: backends.ready(config, balancer, args.backend, wait=not args.no_wait),
    "sync": sync,
    "reload": reload,
    "tls": lambda config, balancer, args: certificates.run(config, balancer),
    "ssl-setup": lambda config, balancer, args: certificates.run(config, balancer, now=True, show=True, check_names=not args.no_dns_check),
    "ssl-renew": lambda config, balancer, args: certificates.run(config, balancer, now=True, show=True, renew_all=args.force),
    "ssl-status": lambda config, balancer, args: certificates.show(config),
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError) as problem:
        print(f"tfgrid-gateway: {problem}", file=sys.stderr)
        sys.exit(1)
