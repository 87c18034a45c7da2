"""Whose the pictures of a program are: a photograph or a picture file says under which terms it may be used."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from saem.lib.content.codes import Code
from saem.lib.content.model import Program
from saem.lib.content.problems import Problem, near, problem

MAIN = "program.yaml"
# Drawings (SVG) are text that authors write, and stand under the program's own licence unless `assets` says otherwise.
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp"})


def licence_problems(program: Program) -> Iterator[Problem]:
    """What has to be said of pictures before a program is published; one that was published is read all the same."""
    for name, asset in program.credits.items():
        line = program.line_of_key(MAIN, "assets", name)
        if name not in program.assets:
            yield problem(MAIN, line, Code.UNKNOWN_ASSET, name=name, **near(name, program.assets))
        elif asset.licence != program.licence and asset.credit is None:
            # Other terms than the program's own: somebody else made it, and is to be named.
            yield problem(MAIN, line, Code.ASSET_WITHOUT_CREDIT, name=name)
    for name in program.assets:
        if PurePosixPath(name).suffix.lower() in PICTURES and name not in program.credits:
            yield problem(name, 1, Code.ASSET_WITHOUT_LICENCE, name=name)
