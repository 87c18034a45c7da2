"""Short ways to write jobs down."""

from saem.lib.sandbox import Job, Limits, Source


def job(*codes: str, display: bool = False, **options: object) -> Job:
    """One source per code, named part1.py, part2.py, …; options are those of Job and of Limits."""
    limits = {name: options.pop(name) for name in list(options) if name in Limits.__dataclass_fields__}
    sources = tuple(Source(f"part{number}.py", code, display=display) for number, code in enumerate(codes, 1))
    return Job(sources, limits=Limits(**limits), **options)
