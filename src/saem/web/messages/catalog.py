"""What is wrong with a program that reads well: what its solutions and wrong answers do when they run.

As in `content`: what is wrong, and `.remedy`, what its author can do.
"""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "catalog.version_unreadable": _("이 판의 내용을 읽지 못했어요. 운영 담당자에게 알려 주세요."),
    "catalog.cell_stops": _("코드 칸 ‘{cell}’의 {line}번째 줄에서 멈춰요: {detail}"),
    "catalog.cell_stops.remedy": _("위에서부터 차례로 실행해 보고 고쳐 주세요. 일부러 틀린 칸이라면 그대로 두어도 돼요."),
    "catalog.solution_stops": _("모범 답안이 {line}번째 줄에서 멈춰요: {detail}"),
    "catalog.solution_stops.remedy": _("앞의 칸까지 실행한 다음 답안을 실행해 보고 고쳐 주세요."),
    "catalog.solution_fails": _("모범 답안이 확인 항목 ‘{check}’을 통과하지 못해요."),
    "catalog.solution_fails.remedy": _("답안이나 확인 항목을 고쳐서 둘을 맞춰 주세요."),
    "catalog.solution_rejected": _("모범 답안 ‘{file}’의 제출이 받아들여지지 않아요: {reason}"),
    "catalog.solution_rejected.remedy": _("제출 파일의 열, 번호, 행의 수를 확인해 주세요."),
    "catalog.solution_loses": _("모범 답안 ‘{file}’이 기준 ‘{baseline}’을 넘지 못해요."),
    "catalog.solution_loses.remedy": _("답안을 낫게 하거나 `beats`에서 이 기준을 빼 주세요."),
    "catalog.solution_no_file": _("‘{file}’을 실행해도 submission.csv가 생기지 않아요."),
    "catalog.solution_no_file.remedy": _("예측을 submission.csv에 저장하는 줄이 있는지 확인해 주세요."),
    "catalog.grading_broken": _("‘{file}’을 채점하다가 채점 쪽에서 멈췄어요: {reason}"),
    "catalog.grading_broken.remedy": _("checks.py와 prepare.py가 만드는 파일을 확인해 주세요."),
    "catalog.wrong_passes": _("틀린 답안이 확인 항목 ‘{check}’을 통과해요."),
    "catalog.wrong_passes.remedy": _("확인 항목이 이 실수를 알아보게 하거나, `fails`를 고쳐 주세요."),
    "catalog.wrong_fails_more": _("틀린 답안이 적어 둔 것 말고 ‘{check}’도 통과하지 못해요."),
    "catalog.wrong_fails_more.remedy": _("그것도 바라던 일이라면 `fails`에 더해 주세요."),
    "catalog.wrong_stops": _("틀린 답안이 {line}번째 줄에서 멈춰서 확인 항목까지 가지 못해요: {detail}"),
    "catalog.wrong_stops.remedy": _("끝까지 실행되지만 답이 틀린 코드로 바꿔 주세요."),
    "catalog.wrong_accepted": _("‘{file}’은 {expected} 때문에 거절되어야 하는데 받아들여져요."),
    "catalog.wrong_accepted.remedy": _("파일이나 `rejected`를 고쳐 주세요."),
    "catalog.wrong_rejected": _("‘{file}’이 적어 둔 것과 다른 까닭으로 거절돼요: {reason}"),
    "catalog.wrong_rejected.remedy": _("파일이나 `rejected`를 고쳐 주세요."),
    "catalog.starter_passes": _("처음 코드 그대로 실행해도 연습을 통과해요."),
    "catalog.starter_passes.remedy": _("처음 코드에서 답을 빼거나, 확인 항목을 더 엄격하게 해 주세요."),
    "catalog.starter_full": _("시작 노트북을 그대로 내도 만점이에요."),
    "catalog.starter_full.remedy": _("시작 노트북에서 답을 빼 주세요."),
    "catalog.starter_rejected": _("시작 노트북이 제출로 받아들여지지 않아요: {reason}"),
    "catalog.starter_rejected.remedy": _("노트북을 열어 다시 저장하고, 문항의 칸이 모두 있는지 확인해 주세요."),
    "catalog.download_missing": _("내려받을 파일 ‘{file}’을 prepare.py가 만들지 않아요."),
    "catalog.download_missing.remedy": _("`downloads`의 이름을 고치거나, prepare.py가 public/에 쓰게 해 주세요."),
}
