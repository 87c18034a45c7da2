"""What models say about responses and themselves, by code, in two languages; `{where}` is a skill, item or student."""

# code → Korean, English
FINDINGS: dict[str, tuple[str, str]] = {
    # the responses
    "one_outcome": ("모든 응답의 결과가 같아요({where}).", "All outcomes are alike ({where})."),
    "one_response": ("응답이 하나뿐이라 정할 수 있는 것이 없어요: {where}", "One response settles nothing: {where}"),
    "never_repeated": (
        "두 번 푼 학생이 없어 배움을 알 수 없어요: {where}",
        "Nobody met it twice, so learning cannot be seen: {where}",
    ),
    "skill_seen_once": ("응답이 하나뿐인 성취 요소: {where}", "A skill with one response: {where}"),
    "skill_all_right": ("모두 맞힌 성취 요소: {where}", "A skill that everybody got right: {where}"),
    "skill_all_wrong": ("모두 틀린 성취 요소: {where}", "A skill that everybody got wrong: {where}"),
    "skill_scarce": ("응답이 적은 성취 요소: {where}", "A skill with few responses: {where}"),
    "all_right": ("모두 맞혔어요: {where}", "Everybody got it right: {where}"),
    "all_wrong": ("모두 틀렸어요: {where}", "Everybody got it wrong: {where}"),
    "item_seen_once": ("응답이 하나뿐인 문항: {where}", "An item with one response: {where}"),
    "item_answered_once": ("응답이 하나뿐인 문항: {where}", "An item with one response: {where}"),
    "item_never_answered": ("응답이 없는 문항: {where}", "An item without a response: {where}"),
    "item_all_right": ("모두 맞힌 문항: {where}", "An item that everybody got right: {where}"),
    "item_all_wrong": ("모두 틀린 문항: {where}", "An item that everybody got wrong: {where}"),
    "item_one_category": ("모두 같은 점수를 받은 문항: {where}", "An item where everybody has the same score: {where}"),
    "item_scarce": ("응답이 적은 문항: {where}", "An item with few responses: {where}"),
    "item_asked_again": (
        "한 학생이 두 번 이상 푼 문항이 있어요: {where}",
        "An item that a student met more than once: {where}",
    ),
    "item_tags_differ": (
        "줄마다 성취 요소가 다른 문항: {where}",
        "An item whose skills differ from row to row: {where}",
    ),
    "item_without_skill": ("성취 요소가 없는 문항: {where}", "An item without a skill: {where}"),
    "student_seen_once": ("응답이 하나뿐인 학생이 있어요: {where}", "Students with one response: {where}"),
    "category_never_used": ("아무도 받지 않은 점수가 있어요: {where}", "A score that nobody got: {where}"),
    "score_never_seen": (
        "학습 자료에 없던 점수가 있어요: {where}",
        "A score that the training responses do not have: {where}",
    ),
    "score_not_whole": ("점수는 0 이상의 정수여야 해요.", "A score must be a whole number from 0."),
    "score_outside_categories": ("이 문항에 없는 점수예요: {where}", "A score that this item does not have: {where}"),
    "too_many_categories": ("점수의 종류가 너무 많아요: {where}", "Too many different scores: {where}"),
    "time_missing": ("이 모형에는 ‘time’ 열이 필요해요.", "This model needs the column “time”."),
    "time_not_in_order": ("시간 순서가 아니에요: {where}", "Not in the order of time: {where}"),
    "time_goes_back": ("시간이 거꾸로 가는 줄이 있어요. {where}", "Time goes back. {where}"),
    # the fit
    "starts_disagree": (
        "시작점마다 다른 결과가 나왔어요. {where}",
        "Different starts ended in different places. {where}",
    ),
    "perfect_separation": (
        "맞고 틀림이 완전히 갈려 계수를 믿기 어려워요. {where}",
        "Right and wrong separate perfectly; coefficients mean little. {where}",
    ),
    "standard_errors_missing": ("표준오차를 구할 수 없었어요. {where}", "There are no standard errors. {where}"),
    "information_singular": (
        "정보 행렬이 특이해 표준오차를 구할 수 없어요.",
        "The information is singular: no standard errors.",
    ),
    "errors_without_covariances": (
        "표준오차에 문항 사이의 공분산이 빠져 있어요.",
        "Standard errors leave out covariances between items.",
    ),
    "chance_at_bound": ("확률이 경계에 닿은 문항: {where}", "An item with a chance at its bound: {where}"),
    "discrimination_at_bound": (
        "변별도가 경계에 닿은 문항: {where}",
        "An item whose discrimination is at its bound: {where}",
    ),
    "discrimination_negative": ("변별도가 음수인 문항: {where}", "An item with negative discrimination: {where}"),
    "item_separates_nobody": (
        "아는 학생과 모르는 학생을 가르지 못하는 문항: {where}",
        "An item that separates nobody: {where}",
    ),
    "item_reversed": (
        "아는 학생이 더 자주 틀리는 문항: {where}",
        "An item that those who know get wrong more often: {where}",
    ),
    "skill_not_identified": (
        "이 성취 요소만 묻는 문항이 없어 판단하지 않아요: {where}",
        "No item needs this skill alone, so nothing is concluded: {where}",
    ),
    "skill_in_few_items": ("묻는 문항이 적은 성취 요소: {where}", "A skill in few items: {where}"),
    "not_identified": ("자료만으로는 정할 수 없어요: {where}", "The responses do not settle it: {where}"),
    "guess_over_half": ("추측 확률이 절반을 넘어요: {where}", "A guess above one half: {where}"),
    "slip_over_half": ("실수 확률이 절반을 넘어요: {where}", "A slip above one half: {where}"),
    "guess_and_slip_near_one": (
        "맞힘과 앎이 거의 이어지지 않아요(추측 + 실수 ≈ 1): {where}",
        "Answers hardly tell who knows (guess + slip near 1): {where}",
    ),
    "learn_near_zero": ("배울 확률이 0에 가까워요: {where}", "A chance to learn near 0: {where}"),
    "learn_near_one": ("배울 확률이 1에 가까워요: {where}", "A chance to learn near 1: {where}"),
}
