"""A sheet's report in words."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from saem.apps.cohorts.models import SelectionSheet, SheetKind, SheetState
from saem.web.languages import reader_language
from saem.web.messages import message

READING = "completion."


def page_of(sheet: SelectionSheet) -> dict[str, Any]:
    report, language = sheet.report, reader_language()
    return {
        "problems": [problem_words(one, language) for one in report.get("problems", ())],
        "changes": [{**one, "criterion": one["criterion"][language]} for one in report.get("changes", ())],
        "recommendations": report.get("recommendations", []),
        "report": report,
        "is_busy": sheet.state in {SheetState.WAITING, SheetState.APPLYING},
        "may_apply": sheet.state == SheetState.READ,
        "upload_url": upload_address(sheet),
    }


def upload_address(sheet: SelectionSheet) -> str:
    """Where another file of the same kind is handed in."""
    if sheet.kind == SheetKind.SCORES:
        return reverse("selection:upload_scores", args=[sheet.call_id, sheet.stage])
    is_list = sheet.kind == SheetKind.RECOMMENDATIONS
    return reverse("selection:upload_recommendations" if is_list else "selection:upload", args=[sheet.call_id])


def problem_words(one: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A problem with its place; what is about a question begins with the question."""
    params = dict(one["params"])
    question = params.pop("question", None)
    text = message(one["code"], **params)
    # What the reader of sheets found has its remedy apart; what selection found says it in the same sentence.
    if one["code"].startswith(READING):
        text = " ".join((text, message(one["code"] + ".remedy", **params)))
    if question:
        text = f"{question[language] or question['ko']}: {text}"
    return {"line": one["line"], "cell": one["cell"], "text": text, "is_error": one["is_error"]}
