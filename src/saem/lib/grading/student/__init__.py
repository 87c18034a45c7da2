"""Code that is sent into the student's cell as text. Nothing in here is trusted once it has run there."""

from importlib import resources

# The name that tracebacks show for it, by which its frames are told from the student's.
HARNESS_NAME = "<saem>"
HARNESS = resources.files(__name__).joinpath("harness.py").read_text(encoding="utf-8")
EXPORT = resources.files(__name__).joinpath("export.py").read_text(encoding="utf-8")
