"""Code that is sent into the student's cell as text. Nothing in here is trusted once it has run there."""

import importlib.util
import marshal
from importlib import resources

# The name that tracebacks show for it, by which its frames are told from the student's.
HARNESS_NAME = "<saem>"
EXPORT = resources.files(__name__).joinpath("export.py").read_text(encoding="utf-8")
HARNESS = EXPORT + resources.files(__name__).joinpath("harness.py").read_text(encoding="utf-8")
# Compiling it anew for every submission would cost more than grading does.
_COMPILED = marshal.dumps(compile(HARNESS, HARNESS_NAME, "exec", optimize=2))

# The harness as files beside the code, where a job brings files of its own.
FILES = {"saem/harness": _COMPILED, "saem/harness.py": HARNESS.encode()}
START = f"""import importlib.util, marshal
if importlib.util.MAGIC_NUMBER == {importlib.util.MAGIC_NUMBER!r}:
    exec(marshal.loads(open("saem/harness", "rb").read()))
else:
    exec(open("saem/harness.py", encoding="utf-8").read())
"""


def program(call: str) -> str:
    """One text, where a job's files are not ours to choose: defines the harness and then runs `call`."""
    return (
        "import importlib.util, marshal\n"
        f"if importlib.util.MAGIC_NUMBER == {importlib.util.MAGIC_NUMBER!r}:\n"
        f"    exec(marshal.loads({_COMPILED!r}))\n"
        "else:\n"
        f"    exec({HARNESS!r})\n"
        f"{call}\n"
    )
