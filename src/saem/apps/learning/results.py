"""What a run said last, from its stored form into what the page draws, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from saem.apps.learning.models import RunnableCode, RunStatus
from saem.apps.learning.outputs import Json
from saem.web.messages import TABLE, message


@dataclass(frozen=True)
class CheckView:
    """One line under an exercise's output."""

    title: str
    is_passed: bool
    hint: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A cell with what stands under it (`learning/_said.html`): a notice, and what its last run said.

    `typed` is what its writer just sent and the server did not keep.
    """

    record: RunnableCode | None
    notice: str = ""
    typed: str | None = None

    @property
    def has_run(self) -> bool:
        return self.record is not None and bool(self.record.status)

    @property
    def output(self) -> Json:
        """What web's `_output.html` draws."""
        return shown_output(self.record) if self.record and self.record.output else {}

    @property
    def notes(self) -> list[str]:
        return output_notes(self.record) if self.record and self.record.output else []

    @property
    def checks(self) -> list[CheckView]:
        return []

    @property
    def is_silent(self) -> bool:
        """It ran and said nothing, which needs a word of its own."""
        shown = self.output
        return self.has_run and not (shown.get("stdout") or shown.get("displays") or shown.get("error"))

    @property
    def code(self) -> str:
        if self.typed is not None:
            return self.typed
        return self.record.code if self.record else ""

    @property
    def revision(self) -> int:
        return self.record.revision if self.record else 0

    @property
    def rows(self) -> int:
        """How many lines its field shows where there is no editor."""
        return min(max(self.code.count("\n") + 1, 2), 24)

    @property
    def kept_code(self) -> str:
        return self.record.kept_code if self.record and self.record.kept_code != self.code else ""


def shown_output(row: RunnableCode) -> Json:
    """The stored output with its error in the reader's language."""
    stored = row.output
    return {
        "stdout": stored.get("text", ""),
        "stderr": stored.get("errors", ""),
        "displays": [shown_display(display) for display in stored.get("displays", [])],
        "error": shown_error(row),
    }


def shown_display(display: Json) -> Json:
    if display["kind"] == "image":
        return {"kind": "image", "png_base64": display["png"]}
    if display["kind"] == "table":
        rows = [[name, *row] for name, row in zip(display["index"], display["rows"], strict=False)]
        table = {"columns": ["", *display["columns"]], "rows": rows, "total": display["total_rows"]}
        return {"kind": "table", "table": table}
    return display


def shown_error(row: RunnableCode) -> Json | None:
    """What went wrong, as a kind teacher says it, above what Python said."""
    if row.status in {RunStatus.NONE, RunStatus.OK}:
        return None
    fault = row.output.get("fault") or {}
    code, params = fault.get("code", f"learning.{row.status}"), fault.get("params", {})
    return {
        "title": message(code, **params),
        "advice": message(f"{code}.advice", **params) if f"{code}.advice" in TABLE else "",
        "line": fault.get("line"),
        "traceback": fault.get("traceback", ""),
    }


def output_notes(row: RunnableCode) -> list[str]:
    """Small words about the run itself."""
    stored, notes = row.output, []
    if stored.get("again"):
        notes.append(_("앞의 칸을 다시 실행했어요."))
    if row.is_changed_since_run:
        notes.append(_("코드를 고치기 전의 결과예요."))
    if stored.get("cut"):
        notes.append(_("출력이 길어서 가운데를 줄였어요."))
    if stored.get("left_out"):
        notes.append(_("너무 큰 그림이나 표는 남기지 못했어요."))
    return notes


def shown_check(check: Json, language: str) -> CheckView:
    hint = check.get("hint") or {}
    return CheckView(
        title=check["title"][language],
        is_passed=check["status"] == "passed",
        hint=hint.get(language, ""),
        reasons=tuple(message(f"{reason['code']}", **reason["params"]) for reason in check.get("reasons", [])),
    )
