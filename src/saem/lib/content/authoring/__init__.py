"""One notebook of an author, from which a project's starters, solution, questions and checks are made."""

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.importing import import_notebook
from saem.lib.content.authoring.reverse import source_of
from saem.lib.content.authoring.source import Made, make
from saem.lib.content.authoring.targets import Change, Fate, Plan, apply, plan

__all__ = ["Change", "Code", "Fate", "Made", "Plan", "apply", "import_notebook", "make", "plan", "source_of"]
