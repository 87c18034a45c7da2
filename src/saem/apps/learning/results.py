"""What a run said last, from its stored form into what the page draws, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from saem.apps.learning.models import CellRecord, RunStatus
from saem.apps.learning.outputs import Json
from saem.web.messages import TABLE, message


@dataclass(frozen=True)
class CheckView:
    """One line under an exercise's output."""

    title: str
    is_passed: bool
    hint: str
    reasons: tuple[str, ...]


def shown_output(row: CellRecord) -> Json:
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


def shown_error(row: CellRecord) -> Json | None:
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


def output_notes(row: CellRecord) -> list[str]:
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
