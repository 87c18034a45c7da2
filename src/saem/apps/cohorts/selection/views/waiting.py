"""Pages that show a run while it is computed: they ask again by themselves and are told only its end."""

from typing import Any

from django.http import HttpRequest

from saem.apps.cohorts.models import RunState, SelectionRun
from saem.apps.cohorts.selection import staff_pages


def still_waits(request: HttpRequest, run: SelectionRun | None) -> bool:
    """Whether a page that asks again is to be answered with nothing, because nothing has come of the run yet."""
    return bool(request.headers.get("HX-Request")) and run is not None and run.state == RunState.WAITING


def run_context(request: HttpRequest, run: SelectionRun | None) -> dict[str, Any]:
    """What `selection/_run.html` shows of a run, and where it asks again."""
    return {
        "run": run,
        "run_words": staff_pages.run_words(run),
        "run_problems": staff_pages.run_problems(run),
        "run_url": request.get_full_path(),
    }
