"""What the item bank says of items and models: alarms and what to do about them, notes of a refit, names of models."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "itembank.negative_discrimination": _("잘하는 학생이 더 틀려요"),
    "itembank.negative_discrimination.advice": _(
        "다른 문항을 잘 푸는 학생일수록 이 문항을 틀려요. "
        "정답이 바르게 적혔는지, 질문이 두 가지로 읽히지 않는지 먼저 확인해 주세요."
    ),
    "itembank.better_learners_choose_a_distractor": _("잘하는 학생이 틀린 선택지를 골라요"),
    "itembank.better_learners_choose_a_distractor.advice": _(
        "어떤 틀린 선택지를 고른 학생이 맞힌 학생보다 다른 문항을 더 잘 풀어요. "
        "아래 표에서 그 선택지를 찾아, 그것도 맞는 답은 아닌지 살펴 주세요."
    ),
    "itembank.misfits": _("학습자 모형과 맞지 않아요"),
    "itembank.misfits.advice": _(
        "실력으로 짐작한 것보다 답이 들쭉날쭉해요. "
        "찍어서 맞힐 수 있는지, 배우지 않은 것을 함께 묻지 않는지 살펴 주세요."
    ),
    "itembank.drifts": _("난이도가 달라졌어요"),
    "itembank.drifts.advice": _(
        "다른 문항에 견주어 전보다 쉬워지거나 어려워졌어요. "
        "답이 퍼졌는지, 수업 내용이나 문항이 바뀌었는지 확인해 주세요."
    ),
    "itembank.too_hard": _("너무 어려워요"),
    "itembank.too_hard.advice": _(
        "다섯 명 가운데 한 명도 맞히지 못해요. "
        "정답을 확인하고, 수업에서 다룬 내용인지 살펴 주세요. 힌트를 더하는 것도 좋아요."
    ),
    "itembank.too_easy": _("너무 쉬워요"),
    "itembank.too_easy.advice": _(
        "거의 모두 맞혀서 누가 아는지 알려 주지 못해요. "
        "자신감을 주는 첫 문항이면 그대로 두고, 아니면 한 걸음 더 묻게 고쳐 주세요."
    ),
    "itembank.distractor_unused": _("아무도 고르지 않는 선택지가 있어요"),
    "itembank.distractor_unused.advice": _(
        "아래 표에서 거의 고르지 않은 틀린 선택지를 찾아, 학생들이 실제로 하는 실수로 바꾸거나 빼 주세요."
    ),
    "itembank.rarely_met": _("만난 학생이 적어요"),
    "itembank.rarely_met.advice": _(
        "이 문항이 거의 나가지 않아요. "
        "난이도 짐작이 너무 높거나 낮은지, 같은 성취 요소의 문항이 너무 많은지 살펴 주세요."
    ),
    "itembank.note.too_little_data": _("통계만 계산했어요. 답이 더 모이면 학습자 모형도 견주어 제안해요."),
    "itembank.note.one_outcome": _("통계만 계산했어요. 모든 답의 맞고 틀림이 같아서 학습자 모형을 견줄 수 없어요."),
    "itembank.note.nothing_better": _("통계를 계산했어요. 지금보다 나은 학습자 모형은 없었어요."),
    "itembank.note.proposed": _("통계를 계산했고, 새 학습자 모형을 제안했어요."),
    "itembank.note.in_force_changed": _(
        "통계를 계산했어요. 계산하는 동안 쓰는 모형이 바뀌어서 새 모형은 제안하지 않았어요."
    ),
    "itembank.note.refused_before": _(
        "통계를 계산했어요. 가장 나은 모형은 지난번에 쓰지 않기로 한 것과 같은 종류예요. 답이 더 모이면 다시 제안해요."
    ),
    "itembank.model.elo": _("온라인 평점 (Elo)"),
    "itembank.model.online-irt": _("온라인 문항 반응 모형"),
    "itembank.model.irt-1pl": _("문항 반응 모형 (1PL)"),
    "itembank.model.irt-2pl": _("문항 반응 모형 (2PL)"),
    "itembank.model.bkt": _("베이즈 지식 추적 (BKT)"),
    "itembank.model.best-lr": _("로지스틱 회귀 (Best-LR)"),
    "itembank.limit.skill": _("이 성취 요소는 답이 너무 적거나 모두 같아서 믿을 수 없어요: {where}"),
    "itembank.limit.item": _("이 문항은 답이 너무 적거나 모두 같거나 값이 이상해요: {where}"),
    "itembank.limit.not_converged": _("계산이 끝까지 모이지 않았어요."),
    "itembank.decided.accept": _("이제 이 모형을 써요. 전에 쓰던 모형은 물러났어요."),
    "itembank.decided.refuse": _("이 모형은 쓰지 않기로 했어요."),
    "itembank.decided.reinstate": _("이 모형을 다시 써요. 그동안 쓰던 모형은 물러났어요."),
    "itembank.unreadable_model": _(
        "이 모형은 지금 판의 샘이 읽지 못해서 다시 쓸 수 없어요. 쓰던 모형이 그대로 남았어요."
    ),
    "itembank.limit.other": _("모형이 알린 점: {code} {where}"),
}
