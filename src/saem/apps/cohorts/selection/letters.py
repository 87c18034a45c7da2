"""What somebody is told of a decision: reasons in words, the letter as a PDF, the notice that leads to both."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from saem.apps.cohorts.models import Candidate, Decision, DecisionKind, Offer, OfferState, Selection
from saem.apps.cohorts.selection.appealing import appeal_until
from saem.apps.cohorts.selection.deciding import LETTERS_AT_ONCE, text_of
from saem.apps.notices.services import Telling, notify_many
from saem.lib.credentials.certificates import Appeal, DecisionLetter, Issuer, Language
from saem.lib.credentials.certificates import Decision as LetterKind
from saem.web.messages import message

LINE = 160


def localized(value: object, language: str) -> object:
    """A fact of a reason in one language: titles are kept in both."""
    if isinstance(value, Mapping) and set(value) == {"ko", "en"}:
        return value[language] or value["ko"]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [localized(part, language) for part in value]
    return value


def words_of(reason: Mapping[str, Any], language: str) -> str:
    """One reason as a sentence."""
    return message(reason["code"], **{name: localized(value, language) for name, value in reason["params"].items()})


def reasons_in_words(decision: Decision, language: str) -> list[str]:
    found = [words_of(reason, language) for reason in decision.reasons]
    if decision.total is not None:
        found.append(_("최종 점수는 100점 만점에 %(total)s점이에요.") % {"total": text_of(decision.total)})
    return found


def reasons_text(decision: Decision, language: str) -> str:
    """All reasons, one a line: letters are read in the reader's language, whoever caused them."""
    with translation.override(language):
        return "\n".join(f"- {text}" for text in reasons_in_words(decision, language))


def offer_of(candidate: Candidate) -> Offer | None:
    return Offer.objects.filter(candidate=candidate).first()


def letter_of(decision: Decision, *, language: str, address: str) -> DecisionLetter:
    """The letter as a document; `address` leads to the applicant's own page."""
    candidate = decision.candidate
    application, call = candidate.application, candidate.selection.call
    offer = offer_of(candidate) if decision.kind == DecisionKind.ACCEPTED else None
    institution = call.cohort.institution
    name = institution.name_en if language == "en" and institution.name_en else institution.name
    day = date_format(timezone.localtime(appeal_until(decision)), "DATE_FORMAT")
    return DecisionLetter(
        name=application.name,
        issued=timezone.localdate(decision.made_at),
        issuers=(Issuer(institution=name[:60], officer=name[:60]),),
        language=Language(language),
        application=candidate.receipt,
        call=call.in_language("title")[:LINE],
        decision=LetterKind(decision.kind),
        rank=decision.reserve_place,
        reasons=tuple(reasons_in_words(decision, language)),
        steps=tuple(steps_of(decision, offer)),
        reply_by=timezone.localdate(offer.expires_at) if offer and offer.state == OfferState.OPEN else None,
        appeal=Appeal(
            until=timezone.localdate(appeal_until(decision)),
            how=_("%(day)s까지 샘의 내 지원서에서 이의를 신청할 수 있어요. 심사하지 않은 사람이 다시 살펴보고 답해요.")
            % {"day": day},
            contact=address[:LINE],
        ),
    )


def steps_of(decision: Decision, offer: Offer | None) -> list[str]:
    """What comes next."""
    if offer is not None:
        when = date_format(timezone.localtime(offer.expires_at), "DATETIME_FORMAT")
        return [
            _("%(when)s까지 내 지원서에서 등록할지 정해 주세요.") % {"when": when},
            _("그때까지 답하지 않으면 예비 순번의 다음 사람에게 자리가 넘어가요."),
        ]
    if decision.kind == DecisionKind.RESERVE:
        return [_("자리가 나면 예비 순번에 따라 바로 알려 드려요. 따로 할 일은 없어요.")]
    return []


def tell_batch(first: int) -> int:
    """Write the notices of one batch of decisions, those not told yet; returns how many."""
    lead = Decision.objects.select_related("candidate").filter(pk=first).first()
    if lead is None:
        return 0
    batch = list(
        Decision.objects.filter(candidate__selection=lead.candidate.selection_id, pk__gte=first, told_at=None)
        .select_related("candidate__application__applicant", "candidate__selection__call")
        .order_by("pk")[:LETTERS_AT_ONCE]
    )
    notify_many("selection.decided", [telling_of(one) for one in batch])
    Decision.objects.filter(pk__in=[one.pk for one in batch]).update(told_at=timezone.now())
    return len(batch)


def telling_of(decision: Decision) -> Telling:
    candidate = decision.candidate
    call = candidate.selection.call
    return Telling(
        recipient=candidate.application.person,
        key=f"decision:{decision.pk}",
        path=reverse("calls:application", args=[candidate.application_id]),
        facts={
            "call": call.titles,
            "receipt": candidate.receipt,
            "kind": decision.kind,
            "place": decision.reserve_place,
            "reasons": {language: reasons_text(decision, language) for language in ("ko", "en")},
            "days": candidate.selection.reply_days,
        },
    )


def progress_of(selection: Selection) -> tuple[int, int]:
    """Letters written, and all."""
    every = Decision.objects.filter(candidate__selection=selection)
    return every.exclude(told_at=None).count(), every.count()
