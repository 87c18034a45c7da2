"""Phones that check in by QR within a minute, none lost: `python -m bench.checkin [--phones 500] [--seconds 60]`.

A real `saem serve` on loopback; each phone has an account that signed in before. It opens the link that the screen shows at
that moment, follows it to the page with the button, presses it (every tenth phone twice at once) and reads the page with
its time. SQLite, or the database that SAEM_DATABASE_URL names.
"""

import argparse

from bench.site import free_address, server, use_own_home

# What a class of pupils needs to sit down.
SECONDS = 60
PHONES = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=PHONES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args()
    use_own_home()
    from bench import checkin_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = checkin_world.build(asked.phones)
    address = free_address()
    with server(address):
        taken = checkin_world.check_in(world, address, seconds=asked.seconds)
    print(checkin_world.table(world, taken, seconds=asked.seconds))


if __name__ == "__main__":
    main()
