"""A sheet's report in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from saem.apps.cohorts.models import SelectionSheet, SheetState
from saem.web.messages import message


def page_of(sheet: SelectionSheet) -> dict[str, Any]:
    report, language = sheet.report, get_language() or "ko"
    return {
        "problems": [problem_words(one, language) for one in report.get("problems", ())],
        "changes": [{**one, "criterion": one["criterion"][language]} for one in report.get("changes", ())],
        "recommendations": report.get("recommendations", []),
        "report": report,
        "is_busy": sheet.state in {SheetState.WAITING, SheetState.APPLYING},
        "may_apply": sheet.state == SheetState.READ,
    }


def problem_words(one: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A problem with its place; what is about a question begins with the question."""
    params = dict(one["params"])
    question = params.pop("question", None)
    text = message(one["code"], **params)
    if question:
        text = f"{question[language] or question['ko']}: {text}"
    return {"line": one["line"], "cell": one["cell"], "text": text, "is_error": one["is_error"]}
