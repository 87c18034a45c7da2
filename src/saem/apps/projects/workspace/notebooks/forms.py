"""What a page of a notebook sends: one button that was pressed, and the text of every cell on it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.learning.cleaning import clean_code
from saem.apps.learning.forms import MAX_CODE_BYTES
from saem.apps.projects.workspace.notebooks.drafts import Typed
from saem.apps.projects.workspace.notebooks.reading import KEY

# A row's number, as it fits the database.
NUMBER = re.compile(r"[0-9]{1,18}")
CODE, REVISION = "code-", "revision-"


class Verb(StrEnum):
    """What a button does: those of the notebook, then those of one cell."""

    VERSION = "version"
    HAND_IN = "hand-in"
    RESTART = "restart"
    ALL = "all"
    ADD_CODE = "add-code"
    ADD_WORDS = "add-words"
    KEEP = "keep"
    RUN = "run"
    ABOVE = "above"
    RESTORE = "restore"
    UP = "up"
    DOWN = "down"
    TURN = "turn"
    REMOVE = "remove"
    RETURN = "return"


PRESSED = re.compile(rf"(?P<verb>{'|'.join(Verb)})(?::(?P<key>{KEY.pattern})?(?::(?P<start>{KEY.pattern}))?)?")
OF_A_CELL = tuple(Verb)[tuple(Verb).index(Verb.KEEP) :]


@dataclass(frozen=True, kw_only=True)
class Act:
    """A button's value, as `up:c3`. Where many cells are run, `start` is the one to go on with: `all::c7`."""

    verb: Verb
    key: str = ""
    start: str = ""


class ActField(forms.CharField):
    """The value of the button that was pressed."""

    def to_python(self, value: Any) -> Any:
        found = PRESSED.fullmatch(super().to_python(value) or "")
        if found is None or (Verb(found["verb"]) in OF_A_CELL and not found["key"]):
            raise forms.ValidationError(_("화면이 오래되었어요. 페이지를 새로 고친 뒤에 다시 해 보세요."))
        return Act(verb=Verb(found["verb"]), key=found["key"] or "", start=found["start"] or "")


class NotebookForm(forms.Form):
    """`typed` are the texts of the page by cell; `too_long` are the keys of those that are too long to be kept."""

    act = ActField()
    token = forms.UUIDField(required=False)

    @property
    def typed(self) -> dict[str, Typed]:
        """Every text that was sent."""
        return {
            name.removeprefix(CODE): Typed(clean_code(str(text)), self._revision(name.removeprefix(CODE)))
            for name, text in self.data.items()
            if name.startswith(CODE) and KEY.fullmatch(name.removeprefix(CODE))
        }

    @property
    def too_long(self) -> list[str]:
        return [key for key, typed in self.typed.items() if len(typed.code.encode()) > MAX_CODE_BYTES]

    def _revision(self, key: str) -> int | None:
        sent = str(self.data.get(f"{REVISION}{key}", ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= 9 else None  # noqa: PLR2004  # fits the column


class OpenForm(forms.Form):
    """Where a draft begins: a version's number in the database, the starter, or nothing at all."""

    EMPTY, STARTER = "empty", "starter"
    source = forms.RegexField(rf"^(?:{EMPTY}|{STARTER}|{NUMBER.pattern})$")
    replace = forms.BooleanField(required=False)
