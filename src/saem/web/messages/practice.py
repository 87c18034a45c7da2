"""Why an item was chosen, why an answer did not count, and why nothing is said of a skill."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "practice.why.review_due": _("전에 잘했던 ‘{skill}’ 문항을 잊지 않았는지 확인해 봐요."),
    "practice.why.weakest_skill": _("가장 도움이 필요한 ‘{skill}’ 문항이에요."),
    "practice.why.next_skill": _("지금 풀기에 알맞은 ‘{skill}’ 문항이에요."),
    "practice.why.uncertain": _("‘{skill}’ 실력을 알아보는 문항이에요."),
    "practice.why.stretch": _("모두 잘하고 있어요. ‘{skill}’ 문항으로 조금 더 나아가 봐요."),
    "practice.why.easiest_left": _("‘{skill}’에서 남은 문항 가운데 가장 쉬운 것이에요."),
    "practice.why.hardest_left": _("‘{skill}’에서 남은 문항 가운데 가장 어려운 것이에요."),
    "practice.why.only_one": _("지금 낼 수 있는 ‘{skill}’ 문항이에요."),
    "practice.busy": _("앞에서 보낸 답을 아직 실행하고 있어요. 잠시 뒤에 다시 눌러 주세요."),
    "practice.unavailable": _("지금은 코드를 실행할 수 없어요. 이 답은 세지 않았으니 잠시 뒤에 다시 눌러 주세요."),
    "practice.not_waiting": _(
        "다른 창에서 이미 다음으로 넘어갔어요. 방금 보낸 답은 세지 않았어요. 아래 문항을 풀어 주세요."
    ),
    "practice.stale": _("화면이 오래되었어요. 방금 보낸 것은 세지 않았어요. 아래 문항에서 이어 가 주세요."),
    "exits.stale": _("화면이 오래되었어요. 방금 보낸 답은 세지 않았어요. 다시 답해 주세요."),
    "practice.unusable": _("학습자 모형이 이 성취 요소는 아직 믿을 만하게 말하지 못해요."),
    "practice.unusable.unknown_skill": _("학습자 모형이 이 성취 요소를 아직 배우지 않았어요."),
    "practice.unusable.skill_seen_once": _("학습자 모형이 이 성취 요소의 풀이를 너무 적게 보았어요."),
    "practice.unusable.skill_all_right": _("모두가 맞힌 문항뿐이라 얼마나 아는지 가려낼 수 없어요."),
    "practice.unusable.skill_all_wrong": _("모두가 틀린 문항뿐이라 얼마나 아는지 가려낼 수 없어요."),
}
