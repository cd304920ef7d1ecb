"""tfgrid-gateway: manages a gateway of tfgrid-compose. Its playbook, its timer and `tfgrid-compose` run it."""

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
    parser = argparse.ArgumentParser(prog="tfgrid-gateway", description="Manages this gateway.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("backends", help="show the state of each backend")
    verbs.add_parser("check", help="exit with 0 if every backend serves")
    drain = verbs.add_parser("drain", help="take a backend out of service and wait for its running requests")
    drain.add_argument("backend")
    drain.add_argument("--even-last", action="store_true", help="even if no other backend serves")
    ready = verbs.add_parser("ready", help="put a backend back into service once it is healthy")
    ready.add_argument("backend")
    verbs.add_parser("write", help="write the lists of backends, for the playbook")
    verbs.add_parser("load", help="load changed files and put healthy backends back, for the playbook")
    verbs.add_parser("reload", help="check and reload the configuration")
    verbs.add_parser("tls", help="get and renew certificates that are due, for the timer")
    setup = verbs.add_parser("ssl-setup", help="try now to get missing certificates")
    setup.add_argument(
        "--no-dns-check", action="store_true",
        help="ask the authority even if DNS points elsewhere, as behind a content delivery network")
    renew = verbs.add_parser("ssl-renew", help="renew certificates that expire soon")
    renew.add_argument("--force", action="store_true", help="renew all certificates")
    verbs.add_parser("ssl-status", help="show each domain's certificate, or why there is none")
    return parser.parse_args(words)


def write(config, balancer, args):
    with held("gateway"):
        return say(balancer.write())


def load(config, balancer, args):
    with held("gateway"):
        return say(any([balancer.refresh(), backends.put_back_healthy(config, balancer)]))


def reload(config, balancer, args):
    with held("gateway"):
        balancer.reload()
    print("reloaded")
    return 0


def say(changed):
    print("changed" if changed else "unchanged")
    return 0


def ssl_setup(config, balancer, args):
    return certificates.run(config, balancer, now=True, show=True, check_names=not args.no_dns_check)


def ssl_renew(config, balancer, args):
    return certificates.run(config, balancer, now=True, show=True, renews=True, renew_all=args.force)


VERBS = {
    "backends": lambda config, balancer, args: backends.show(balancer),
    "check": lambda config, balancer, args: backends.check(balancer),
    "drain": lambda config, balancer, args: backends.drain(config, balancer, args.backend, args.even_last),
    "ready": lambda config, balancer, args: backends.ready(config, balancer, args.backend),
    "write": write,
    "load": load,
    "reload": reload,
    "tls": lambda config, balancer, args: certificates.run(config, balancer),
    "ssl-setup": ssl_setup,
    "ssl-renew": ssl_renew,
    "ssl-status": lambda config, balancer, args: certificates.show(config),
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError) as problem:
        print(f"tfgrid-gateway: {problem}", file=sys.stderr)
        sys.exit(1)
