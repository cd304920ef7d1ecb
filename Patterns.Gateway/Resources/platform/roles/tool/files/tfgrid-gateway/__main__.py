"""tfgrid-gateway: looks after a gateway of tfgrid-compose. Run by its playbook, its timer and `tfgrid-compose`."""

import argparse
import sys

import backends
import certificates
from balancers import balancer_of
from config import Config
from locks import held


def main():
    args = parse(sys.argv[1:])
    config = Config.load()
    return VERBS[args.verb](config, balancer_of(config), args)


def parse(words):
    parser = argparse.ArgumentParser(prog="tfgrid-gateway", description="Looks after this gateway.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("backends", help="show the state of each backend")
    verbs.add_parser("check", help="end with 0 where every backend serves")
    drain = verbs.add_parser("drain", help="take a backend out of service and wait for its running requests")
    drain.add_argument("backend")
    drain.add_argument("--even-last", action="store_true", help="also where no other serves")
    ready = verbs.add_parser("ready", help="let a backend serve once it is well")
    ready.add_argument("backend")
    verbs.add_parser("write", help="write what depends on the backends in service, for the playbook")
    verbs.add_parser("load", help="load what was written since, and put backends back that are well, for the playbook")
    verbs.add_parser("reload", help="check the configuration and load it again")
    verbs.add_parser("tls", help="get and renew certificates that are due, for the timer")
    setup = verbs.add_parser("ssl-setup", help="try now to get the certificates that are missing")
    setup.add_argument("--no-dns-check", action="store_true", help="ask the authority also where the name leads elsewhere, as behind a content delivery network")
    renew = verbs.add_parser("ssl-renew", help="renew certificates that end soon")
    renew.add_argument("--force", action="store_true", help="renew all of them")
    verbs.add_parser("ssl-status", help="show each domain's certificate, or why there is none")
    return parser.parse_args(words)


def write(config, balancer, args):
    with held("gateway"):
        return say(balancer.write())


def load(config, balancer, args):
    with held("gateway"):
        return say(any([balancer.refresh(), backends.put_back_well(config, balancer)]))


def reload(config, balancer, args):
    with held("gateway"):
        balancer.reload()
    print("reloaded")
    return 0


def say(changed):
    print("changed" if changed else "unchanged")
    return 0


VERBS = {
    "backends": lambda config, balancer, args: backends.show(balancer),
    "check": lambda config, balancer, args: backends.check(balancer),
    "drain": lambda config, balancer, args: backends.drain(config, balancer, args.backend, args.even_last),
    "ready": lambda config, balancer, args: backends.ready(config, balancer, args.backend),
    "write": write,
    "load": load,
    "reload": reload,
    "tls": lambda config, balancer, args: certificates.run(config, balancer),
    "ssl-setup": lambda config, balancer, args: certificates.run(config, balancer, now=True, show=True, check_names=not args.no_dns_check),
    "ssl-renew": lambda config, balancer, args: certificates.run(config, balancer, now=True, show=True, renews=True, renew_all=args.force),
    "ssl-status": lambda config, balancer, args: certificates.show(config),
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError) as problem:
        print(f"tfgrid-gateway: {problem}", file=sys.stderr)
        sys.exit(1)
