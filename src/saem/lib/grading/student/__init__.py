"""Code that runs in the student's cell. Nothing in here is trusted once it has run there.

A zygote that has it at hand spares its cells the work; to another it is sent, compiled and as text.
"""

import importlib.util
import marshal

from saem.lib.sandbox import Outcome
from saem.lib.sandbox.harness import MODULE, SHOWN_AS, TEXT

HARNESS_NAME = SHOWN_AS
# Compiling it anew for every submission would cost more than grading does.
_COMPILED = marshal.dumps(compile(TEXT, HARNESS_NAME, "exec", optimize=2))

# The harness as files beside the code, for `loading_program`.
FILES = {"saem/harness": _COMPILED, "saem/harness.py": TEXT.encode()}


def program(call: str) -> str:
    """Runs `call` with the harness as `saem`, which the zygote or an earlier run has at hand; see `lacks_harness`."""
    return f"import json, sys\nsaem = sys.modules[{MODULE!r}]\n{call}\n"


def lacks_harness(outcome: Outcome) -> bool:
    """Whether a `program` ended because nobody had brought the harness."""
    fault = outcome.fault
    return fault is not None and (fault.type, fault.source) == ("KeyError", HARNESS_NAME) and MODULE in fault.message


def loading_program(call: str) -> str:
    """The same for a job with `FILES` beside it."""
    return _program(call, 'open("saem/harness", "rb").read()', 'open("saem/harness.py", encoding="utf-8").read()')


def whole_program(call: str) -> str:
    """The same in one text, where a job's files are not ours to choose."""
    return _program(call, repr(_COMPILED), repr(TEXT))


def _program(call: str, compiled: str, text: str) -> str:
    return (
        "import json, sys\n"
        f"saem = sys.modules.get({MODULE!r})\n"
        "if saem is None:\n"
        "    import importlib.util, marshal, types\n"
        f"    compiled = {compiled}\n"
        f"    saem = sys.modules[{MODULE!r}] = types.ModuleType({MODULE!r})\n"
        f"    if importlib.util.MAGIC_NUMBER == {importlib.util.MAGIC_NUMBER!r}:\n"
        "        exec(marshal.loads(compiled), saem.__dict__)\n"
        "    else:\n"
        f"        exec({text}, saem.__dict__)\n"
        f"{call}\n"
    )
