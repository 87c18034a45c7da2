"""What is wrong with a program that reads well: what its first code does when it runs.

As in `content`: what is wrong, and `.remedy`, what its author can do.
"""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "catalog.version_unreadable": _("이 판의 내용을 읽지 못했어요. 운영 담당자에게 알려 주세요."),
    "catalog.version_changed": _("이 판의 내용이 공개한 때와 달라서 열지 않았어요. 운영 담당자에게 알려 주세요."),
    "catalog.cell_stops": _("코드 칸 ‘{cell}’의 {line}번째 줄에서 멈춰요: {detail}"),
    "catalog.cell_stops.remedy": _("위에서부터 실행해 보고 고쳐 주세요. 일부러 틀린 칸이라면 그대로 두어도 돼요."),
    "catalog.starter_passes": _("처음 코드 그대로 실행해도 연습을 통과해요."),
    "catalog.starter_passes.remedy": _("처음 코드에서 답을 빼거나, 확인 항목을 더 엄격하게 해 주세요."),
    "catalog.flavour_missing": _("이 컴퓨터의 샌드박스에는 ‘{flavour}’ 환경이 없어요."),
    "catalog.flavour_missing.remedy": _("그 라이브러리를 설치하거나, `flavour`를 지우고 기본 환경에서 돌려 주세요."),
    "catalog.starter_full": _("시작 노트북을 그대로 내도 만점이에요."),
    "catalog.starter_full.remedy": _("시작 노트북에서 답을 빼 주세요."),
    "catalog.starter_rejected": _("시작 노트북이 제출로 받아들여지지 않아요: {reason}"),
    "catalog.starter_rejected.remedy": _("노트북을 열어 다시 저장하고, 문항의 칸이 모두 있는지 확인해 주세요."),
    "catalog.no_such_project": _("프로그램의 단계에 프로젝트 ‘{name}’이 없어요."),
    "catalog.no_such_project.remedy": _(
        "프로젝트 폴더를 바로 적었는지, program.yaml의 `steps`에 있는지 확인해 주세요."
    ),
    "catalog.badge_without_points": _("프로젝트 ‘{name}’에는 점수가 없어서 점수 비율로 배지를 줄 수 없어요."),
    "catalog.badge_without_points.remedy": _(
        "`percent` 대신 `beats: 기준 모델의 id`를 적거나, 프로젝트의 확인 항목에 점수를 넣어 주세요."
    ),
    "catalog.download_missing": _("내려받을 파일 ‘{file}’을 prepare.py가 만들지 않아요."),
    "catalog.download_missing.remedy": _("`downloads`의 이름을 고치거나, prepare.py가 public/에 쓰게 해 주세요."),
}
