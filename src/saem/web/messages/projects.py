"""Why a file was not taken in, before anybody graded it."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "attempts_used_up": _(
        "오늘 낼 수 있는 {limit}번을 모두 썼어요. 이번 파일은 내지 않았어요. 내일 0시부터 다시 낼 수 있어요."
    ),
    "upload_too_large": _(
        "파일이 너무 커요. {limit_mb}MB까지 낼 수 있어요. 필요한 열만 남겼는지 확인해 주세요. "
        "제출 횟수는 줄지 않았어요."
    ),
    "only_predictions": _(
        "이 프로젝트는 예측을 담은 CSV 파일을 받아요. 노트북이 아니라 노트북이 저장한 CSV 파일을 골라 주세요."
    ),
    "only_notebook": _("이 프로젝트는 노트북(.ipynb) 파일을 받아요. 노트북을 저장한 뒤 그 파일을 골라 주세요."),
    "only_script": _("이 프로젝트는 파이썬 스크립트(.py) 파일을 받아요. 편집기에서 저장한 .py 파일을 골라 주세요."),
    "only_functions": _(
        "이 프로젝트는 함수를 담은 파이썬 파일(.py)을 받아요. 편집기에서 저장한 .py 파일을 골라 주세요."
    ),
    "only_model": _("이 프로젝트는 모델 코드를 담은 파이썬 파일(.py)을 받아요. 예측 파일이 아니라 코드를 골라 주세요."),
    "final_closed": _("비공개 점수가 열려서 최종 제출은 이제 바꿀 수 없어요."),
    "final_unscored": _("채점된 제출만 최종 제출로 정할 수 있어요."),
    "regrade_unfinished": _("아직 미리 채점하고 있어요. 다 끝난 뒤에 적용해 주세요."),
}
