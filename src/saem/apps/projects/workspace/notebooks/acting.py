"""One press on a page of a notebook: keep what was typed, do it, and answer with a part of the page or the whole."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.learning.services import BUSY, UNAVAILABLE
from saem.apps.projects.models import CellKind, Membership, NotebookDraft
from saem.apps.projects.workspace.notebooks import drafts, running, saving
from saem.apps.projects.workspace.notebooks.drafts import Typed
from saem.apps.projects.workspace.notebooks.forms import Act, NotebookForm, Verb
from saem.apps.projects.workspace.notebooks.pages import Said, editor_context, view_of, views_of
from saem.apps.projects.workspace.notebooks.queries import Desk, cells_of
from saem.apps.projects.workspace.notebooks.reading import TOO_LONG
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.middleware import is_htmx

# Which status a notice is answered with; the sentence is the same for people and for scripts.
STATUS = {"": 200, BUSY: 409, UNAVAILABLE: 503}
CELL_TOO_LONG = "notebook.cell_too_long"
# For how long many cells are run before the page is answered: a script asks for more by itself, a reader has to press.
SECONDS, SECONDS_WITHOUT_SCRIPT = 1.0, 20.0


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button that a member pressed on the page of their draft, with every text that was sent along."""

    request: HttpRequest
    desk: Desk
    mine: Membership
    draft: NotebookDraft
    act: Act
    typed: Mapping[str, Typed]
    token: uuid.UUID | None

    @property
    def is_part(self) -> bool:
        return is_htmx(self.request)

    @property
    def key(self) -> str:
        return self.act.key


def address_of(desk: Desk, key: str = "") -> str:
    """The notebook's page, at one of its cells."""
    place = desk.place
    address = reverse("projects:notebook", args=[place.access.team.pk, place.stage.milestone.id, place.asked.id])
    return f"{address}#cell-{key}" if key else address


def perform(
    request: HttpRequest, desk: Desk, mine: Membership, draft: NotebookDraft, form: NotebookForm
) -> HttpResponse:
    """Whatever was pressed. A text that cannot be kept stops it, and stays on the page as it was typed."""
    typed = form.typed
    if not form.is_valid():
        said = Said(notices={}, typed=typed, notice=next(str(each) for found in form.errors.values() for each in found))
        return refuse(request, desk, draft, said, status=422)
    given = form.cleaned_data
    press = Press(
        request=request, desk=desk, mine=mine, draft=draft, act=given["act"], typed=typed, token=given["token"]
    )
    try:
        notices = _keep(press, form.too_long)
        return _unkept(press, notices) if notices else DONE.get(press.act.verb, _arranged)(press)
    except SaemError as refused:
        said = Said(notices={}, typed=typed, notice=message(refused.code, **refused.params))
        return refuse(request, desk, draft, said, status=refused.status)


def _keep(press: Press, too_long: list[str]) -> dict[str, str]:
    """By cell, the code of why its text was not kept. The cell that is to run is kept by its run."""
    own = press.key if press.act.verb is Verb.RUN else ""
    fitting = {key: each for key, each in press.typed.items() if key not in too_long and key != own}
    return drafts.keep_typed(press.draft, fitting) | dict.fromkeys(too_long, CELL_TOO_LONG)


def _run(press: Press) -> HttpResponse:
    typed = press.typed.get(press.key) or _stored(press)
    cell, notice = running.run_cell(
        press.desk, press.draft, press.key, typed, language=reader_language(), sandbox=site_sandbox()
    )
    said = Said(notices={cell.key: notice} if notice else {}, typed={})
    if press.is_part:
        context = {"cell": view_of(press.draft, cell.key, said), "here": address_of(press.desk)}
        return render(press.request, "projects/notebook/_ran.html", context, status=STATUS[notice])
    if notice:
        return _page(press.request, press.desk, press.draft, said, status=STATUS[notice])
    return redirect(address_of(press.desk, cell.key))


def _stored(press: Press) -> Typed:
    """What stands in a cell whose text was not sent."""
    return Typed(drafts.cell_in(press.draft, press.key).code, None)


def _through(press: Press) -> HttpResponse:
    ran = running.run_through(
        press.desk,
        press.draft,
        start=press.act.start,
        stop=press.key,
        language=reader_language(),
        seconds=SECONDS if press.is_part else SECONDS_WITHOUT_SCRIPT,
        sandbox=site_sandbox(),
    )
    cells = {view.id: view for view in views_of(cells_of(press.draft))}
    context = {
        "through": ran,
        "through_notice": message(ran.notice) if ran.notice else "",
        "stopped": cells.get(ran.stopped_at.key) if ran.stopped_at is not None else None,
        "act": press.act,
        "here": address_of(press.desk),
        "ran": [cells[each.key] for each in ran.ran if each.key in cells],
    }
    if press.is_part:
        return render(press.request, "projects/notebook/_through.html", context, status=STATUS[ran.notice])
    return _page(press.request, press.desk, press.draft, Said(notices={}, typed={}), STATUS[ran.notice], **context)


def _restarted(press: Press) -> HttpResponse:
    notice = running.restart(press.draft, sandbox=site_sandbox())
    if notice:
        said = Said(notices={}, typed={}, notice=message(notice))
        return refuse(press.request, press.desk, press.draft, said, status=STATUS[notice])
    messages.success(press.request, _("다시 시작했어요. 만들어 둔 이름과 결과를 모두 지웠어요."))
    return _onward(press, address_of(press.desk))


def _saved(press: Press) -> HttpResponse:
    """Another version; where a colleague saved meanwhile, on to theirs beside it."""
    found = saving.save_version(press.desk, press.mine, press.draft)
    number = found.version.number
    if not found.is_new:
        messages.info(press.request, _("%(number)s번째 판과 같아서 새 판을 만들지 않았어요.") % {"number": number})
    else:
        messages.success(press.request, _("%(number)s번째 판으로 저장했어요.") % {"number": number})
    if not found.has_outputs:
        messages.warning(press.request, _("결과까지 담으면 10MB가 넘어서 글과 코드만 저장했어요."))
    before = saving.unseen_before(found.version) if found.is_new else None
    if before is None:
        return _onward(press, address_of(press.desk))
    messages.warning(
        press.request, _("그사이에 모둠 친구도 저장했어요. 두 판이 모두 남아 있으니 다른 점을 살펴보세요.")
    )
    place = press.desk.place
    where = [place.access.team.pk, place.stage.milestone.id, place.asked.id, before.pk]
    return _onward(press, reverse("projects:notebook_compare", args=where))


def _handed_in(press: Press) -> HttpResponse:
    token = press.token or uuid.uuid4()
    submission = saving.hand_in(press.desk, press.mine, press.draft, token=token)
    return _onward(press, reverse("projects:submission", args=[submission.pk]))


def _kept(press: Press) -> HttpResponse:
    if not press.is_part:
        return redirect(address_of(press.desk, press.key))
    context = {"cell": view_of(press.draft, press.key), "is_answer": True}
    return render(press.request, "projects/notebook/_kept.html", context)


def _arranged(press: Press) -> HttpResponse:
    """Cells added, moved, removed and the like: the cells that are new in the page, and the numbers of all."""
    shown = _arrange(press)
    if not press.is_part:
        return redirect(address_of(press.desk, shown[0] if shown else press.key))
    cells = views_of(cells_of(press.draft))
    by_key = {view.id: view for view in cells}
    context = {
        "shown": [by_key[key] for key in shown if key in by_key],
        "gone": drafts.cell_in(press.draft, press.key) if press.act.verb is Verb.REMOVE else None,
        # The one that changed places with the cell whose button was pressed stands elsewhere in the page.
        "moved": [key for key in shown if key != press.key] if press.act.verb in (Verb.UP, Verb.DOWN) else [],
        "cells": cells,
        "here": address_of(press.desk),
    }
    return render(press.request, "projects/notebook/_arranged.html", context)


def _arrange(press: Press) -> list[str]:
    """Do it; the keys of the cells that are to be drawn, in order."""
    draft, key = press.draft, press.key
    match press.act.verb:
        case Verb.ADD_CODE | Verb.ADD_WORDS:
            kind = CellKind.CODE if press.act.verb is Verb.ADD_CODE else CellKind.MARKDOWN
            return [drafts.add_cell(draft, kind, after=key).key]
        case Verb.UP | Verb.DOWN:
            moved = drafts.move_cell(draft, key, up=press.act.verb is Verb.UP)
            return [cell.key for cell in moved] if moved is not None else [key]
        case Verb.REMOVE:
            drafts.remove_cell(draft, key)
            return []
        case Verb.RETURN:
            return [drafts.return_cell(draft, key).key]
        case Verb.TURN:
            return [drafts.turn_cell(draft, key).key]
        case _:
            drafts.restore_kept(draft, key)
            return [key]


def _unkept(press: Press, notices: Mapping[str, str]) -> HttpResponse:
    """Why texts were not kept: beside the one cell that was saved by itself, else for the whole page."""
    said = Said(notices=notices, typed=press.typed)
    status = 422 if {CELL_TOO_LONG, TOO_LONG} & set(notices.values()) else 409
    if press.is_part and press.act.verb is Verb.KEEP and press.key in notices:
        context = {"cell": view_of(press.draft, press.key, said), "is_answer": True}
        return render(press.request, "projects/notebook/_kept.html", context, status=status)
    if press.is_part:
        said = Said(notices={}, typed={}, notice=message(next(iter(notices.values()))))
    return refuse(press.request, press.desk, press.draft, said, status=status)


def refuse(request: HttpRequest, desk: Desk, draft: NotebookDraft, said: Said, *, status: int) -> HttpResponse:
    """Nothing was done. What was typed is still there: in the page, or in the one that is drawn again."""
    if not is_htmx(request):
        return _page(request, desk, draft, said, status)
    answer = render(request, "learning/_notice.html", {"cell": {"notice": said.notice}}, status=status)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#notebook-said", "innerHTML"
    return answer


def _page(
    request: HttpRequest, desk: Desk, draft: NotebookDraft, said: Said, status: int = 200, **more: object
) -> HttpResponse:
    """The whole page of a draft."""
    return render(request, "projects/notebook/write.html", editor_context(desk, draft, said) | more, status=status)


def _onward(press: Press, address: str) -> HttpResponse:
    """On to another page; htmx is told to go there with the whole window."""
    return HttpResponse(status=204, headers={"HX-Redirect": address}) if press.is_part else redirect(address)


# Every other verb changes how the cells are arranged.
DONE: Mapping[Verb, Callable[[Press], HttpResponse]] = {
    Verb.RUN: _run,
    Verb.ALL: _through,
    Verb.ABOVE: _through,
    Verb.RESTART: _restarted,
    Verb.VERSION: _saved,
    Verb.HAND_IN: _handed_in,
    Verb.KEEP: _kept,
}
