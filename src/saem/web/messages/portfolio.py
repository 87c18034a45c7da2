"""What may stand in the way of writing or showing a portfolio."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "portfolio.guardian_refused": _("보호자가 안 된다고 답해서, 보호자의 동의를 새로 받아야 링크로 보일 수 있어요."),
    "portfolio.under_14": _("생일 기록으로는 아직 만 14세가 아니에요. 보호자 동의가 있으면 링크를 만들 수 있어요."),
    "portfolio.guardian_needed": _("보호자 동의가 있어야 링크를 만들 수 있어요. 담임 선생님께 말씀드려 보세요."),
    "portfolio.not_the_guardian": _("보호자만 답할 수 있어요. 보호자가 자기 기기에서 메일의 링크를 열어 주세요."),
    "portfolio.too_many_links": _("열려 있는 링크는 {most}개까지 만들 수 있어요. 쓰지 않는 링크를 거두어들여 주세요."),
    "portfolio.too_many_reflections": _("돌아보기는 {most}개까지 쓸 수 있어요. 오래된 것을 지우거나 이어 써 보세요."),
    "portfolio.too_many_versions": _("이 돌아보기는 {most}번 고쳤어요. 새로 하나 써 보세요."),
    "portfolio.link_unknown": _(
        "지금은 보여 주지 않는 포트폴리오예요. 링크의 기한이 지났거나, 보여 주기를 그만두었을 수 있어요."
    ),
    "portfolio.gone": _("포트폴리오에 이런 것이 없어요. 다시 열어 보세요."),
}
