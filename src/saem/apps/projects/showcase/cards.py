"""What of a team's data card and model card is shown to everybody: fields that name nobody, in the order of a card."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.projects.models import Evidence, EvidenceKind, Team

Labels = Mapping[str, str | Promise]

# Neither the submission nor its file: both carry a nickname.
SHOWN: Mapping[str, Labels] = {
    EvidenceKind.DATA_CARD: {
        "source": _("어디서 온 데이터인가요?"),
        "licence": _("써도 되는 까닭"),
        "collected": _("언제, 어떻게 모았나요?"),
        "people": _("사람에 관한 것이 있나요?"),
        "missing": _("누가, 무엇이 빠졌나요?"),
    },
    EvidenceKind.MODEL_CARD: {
        "task": _("무엇을 하는 모델인가요?"),
        "method": _("어떻게 만들었나요?"),
        "score": _("점수"),
        "compared": _("무엇과 견주어 얼마나 나은가요?"),
        "groups": _("누구에게, 언제 더 많이 틀리나요?"),
        "limits": _("쓰면 안 되는 곳"),
        "ai_use": _("AI 도구를 어디에 썼나요?"),
    },
}


def card_of(team: Team, kind: EvidenceKind) -> dict[str, str]:
    """The newest card of this kind that the team saved, as far as it is shown; empty where there is none."""
    newest = Evidence.objects.filter(milestone__team=team, kind=kind).order_by("-saved_at", "-pk").first()
    if newest is None:
        return {}
    answers = {name: newest.card.get(name) for name in SHOWN[kind]}
    return {name: str(answer) for name, answer in answers.items() if answer not in (None, "")}


def rows_of(kind: EvidenceKind, card: Mapping[str, str]) -> list[tuple[str | Promise, str]]:
    """A kept card as a page shows it: what was asked, and the answer."""
    return [(label, card[name]) for name, label in SHOWN[kind].items() if card.get(name)]
