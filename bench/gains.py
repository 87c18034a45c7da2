"""The pages of gains as a cohort grows: `python -m bench.gains`.

Queries and times of the cohort's page and of one class of 25 at 10, 1,000 and 10,000 students who all finished both
diagnoses: a real `saem serve` on loopback, one reader, one request after the other.
"""

from bench.site import PROGRAM, free_address, server, use_own_home

SIZES = (10, 1000, 10_000)


def main() -> None:
    use_own_home()
    from bench import gains_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    world = gains_world.build(PROGRAM)
    rows = []
    for size in SIZES:
        gains_world.grow(world, size)
        counts = gains_world.query_counts(world)
        address = free_address()
        with server(address):
            rows += [(size, *row) for row in gains_world.measured(world, address, counts)]
    print(gains_world.table(rows))
    print(gains_world.rescoring(world))


if __name__ == "__main__":
    main()
