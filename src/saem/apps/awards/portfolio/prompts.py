"""Questions that help to begin a reflection, by the code that a reflection keeps."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Prompt:
    """`question` stands above the text, `help` beneath the question while it is being written."""

    question: Promise
    help: Promise


FREE = "free"
PROMPTS = {
    "hard": Prompt(
        _("무엇이 어려웠나요?"), _("어디에서 막혔고, 그때 무엇을 해 봤는지 떠올려 보세요. 풀지 못했어도 괜찮아요.")
    ),
    "changed": Prompt(
        _("무엇을 바꿨고, 무엇이 달라졌나요?"),
        _("바꾼 것 하나와 그 앞뒤의 결과를 나란히 써 보세요. 숫자가 있으면 더 좋아요.")
    ),
    "learnt": Prompt(
        _("새로 알게 된 것은 무엇인가요?"), _("친구에게 설명한다고 생각하고 자기 말로 써 보세요.")
    ),
    "proud": Prompt(
        _("가장 뿌듯한 것은 무엇인가요?"), _("결과가 아니어도 돼요. 끝까지 해 본 일, 친구를 도운 일도 좋아요.")
    ),
    "people": Prompt(
        _("누구에게 도움이 되고, 누가 빠져 있나요?"), _("내가 만든 것을 쓸 사람과, 자료에 없는 사람을 생각해 보세요.")
    ),
    "next": Prompt(
        _("다음에는 무엇을 해 보고 싶나요?"), _("다음에 바꿔 볼 것 하나와 그 까닭을 써 보세요.")
    ),
    FREE: Prompt(_("자유롭게 쓰기"), _("남기고 싶은 것을 자유롭게 써 보세요.")),
}  # fmt: skip


def question_of(code: str) -> Promise:
    """The question; one that is no longer asked reads as free writing."""
    return PROMPTS.get(code, PROMPTS[FREE]).question
