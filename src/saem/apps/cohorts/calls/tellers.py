"""The seam to what comes after a call: who decides on applications names here what an applicant's page shows of it."""

_homes: list[str] = []


def announce_outcomes(home: str) -> None:
    """Name the function that tells outcomes ("package.module.function"); an app says so in `ready`."""
    if home not in _homes:
        _homes.append(home)


def outcome_homes() -> tuple[str, ...]:
    return tuple(_homes)
