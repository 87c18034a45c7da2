"""What grading says of scripts, functions, models and an author's own metric; `grading.…` as beside."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, Promise] = {
    # a file that could not be taken
    "not_python": _(
        "파이썬 파일(.py)로 읽을 수 없어요(찾은 형식: {found}). 편집기에서 ‘.py’로 저장한 파일을 골라 "
        "주세요. 노트북이라면 ‘파이썬 파일로 다운로드’를 골라요."
    ),
    "weights_not_asked": _("이 프로젝트는 ZIP 파일을 받지 않아요. 파이썬 파일(.py) 하나만 내 주세요."),
    "zip_broken": _("ZIP 파일을 열 수 없어요. 암호 없이 다시 압축해 주세요."),
    "zip_too_many": _("ZIP 안에 파일이 {found}개예요. {limit}개까지 넣을 수 있어요."),
    "zip_too_large": _("ZIP을 풀면 {limit_mb} MB를 넘어요. 가중치를 줄이거나 필요 없는 파일을 빼 주세요."),
    "zip_name": _(
        "ZIP 안에 쓸 수 없는 이름이나 링크가 있어요: {name}. 실제 파일만, 폴더 밖을 가리키지 않는 이름으로 넣어 주세요."
    ),
    "zip_kind": _("{name:은는} 넣을 수 없는 종류의 파일이에요. 넣을 수 있는 종류: {known}"),
    "zip_pickle": _(
        "{name:은는} 여는 순간 코드가 실행될 수 있는 형식이라서 받지 않아요. 가중치를 np.savez로 .npz에 "
        "저장하거나 json으로 저장해 주세요."
    ),
    "zip_unusable": _(
        "ZIP 안의 파일을 펼쳐 놓을 수 없어요. 이름이 너무 길거나, 폴더가 너무 깊거나, 받은 자료와 "
        "이름이 겹치는지 확인해 주세요."
    ),
    "zip_without_model": _(
        "ZIP 안에서 {name:을를} 찾지 못했어요. 모델 코드를 그 이름으로 넣어 주세요. 지금 있는 파일: {found}"
    ),
    # how a script, a function or a model ran
    "script_raised_at": _("{line}번째 줄에서 오류({type})가 나서 멈췄어요."),
    "script_raised": _("실행하다가 오류({type})가 나서 멈췄어요."),
    "script_timeout": _("정해진 시간 안에 끝나지 않았어요. 끝나지 않는 반복이 있는지 살펴보세요."),
    "script_memory": _("메모리를 너무 많이 썼어요. 한꺼번에 담아 두는 데이터를 줄여 보세요."),
    "script_output": _("글자를 너무 많이 찍었어요. 반복 안에 print가 있는지 살펴보세요."),
    "script_crashed": _("실행하는 동안 파이썬이 갑자기 멈췄어요."),
    "no_output": _("찍힌 글자가 없어요. 답을 print로 찍었는지 확인해 보세요."),
    "no_output_file": _("정해진 이름의 파일을 남기지 않았어요. 파일 이름을 똑같이 적었는지 확인해 보세요."),
    "unreadable_output": _("남긴 답을 읽을 수 없어요. 정해진 모양(표나 JSON)으로 적었는지 확인해 보세요."),
    "wrong_output": _("나온 답이 기대와 달라요."),
    "wrong_output_at": _("나온 답이 {row}번째 줄에서 기대와 달라요."),
    "case_recursion": _("{name} 함수가 자기 자신을 너무 여러 번 불렀어요. 언제 멈추는지 적은 조건을 확인해 보세요."),
    "model_load_stopped": _("코드를 읽어 들이다가 멈춰서 학습을 시작하지 못했어요."),
    "model_fit_stopped": _("학습이 끝나지 못해서 예측을 시작하지 못했어요."),
    "model_predict_stopped": _("새 자료를 예측하다가 멈췄어요."),
    "strange_labels": _("예측 가운데 {count}개가 쓸 수 없는 답이에요. 쓸 수 있는 답: {expected}"),
    "strange_probabilities": _("예측 가운데 확률이 아닌 값이 있어요. 0과 1 사이의 수를 돌려주세요."),
    "some_below_min": _("{min}보다 작은 예측이 {count}개 있어요."),
    "some_above_max": _("{max}보다 큰 예측이 {count}개 있어요."),
    "model_varies": _(
        "똑같이 두 번 학습했는데 예측의 {percent}%가 달라졌어요. random_state를 정하면 점수가 운에 따라 바뀌지 않아요."
    ),
    # an author's own metric: the student is not charged
    "metric_answer": _(
        "채점에 쓰는 지표 {metric:이가} 점수를 돌려주지 못했어요. 여러분의 잘못이 아니에요. 제출 횟수는 줄지 않았어요."
    ),
    "metric_range": _(
        "채점에 쓰는 지표 {metric:이가} 범위를 벗어난 점수를 돌려줬어요. 여러분의 잘못이 아니에요. 제출 "
        "횟수는 줄지 않았어요."
    ),
    "grading.metric_answer": _("지표 함수 {metric:이가} 수를 돌려주지 않았어요: {found}"),
    "grading.metric_answer.remedy": _(
        "어떤 예측에도 유한한 수 하나를 돌려주게 고쳐 주세요. 0으로 나누는 곳이 있는지 살펴보세요."
    ),
    "grading.metric_range": _("지표 함수 {metric:이가} {found:을를} 돌려줬어요. 적어 둔 범위는 {range}예요."),
    "grading.metric_range.remedy": _("함수나 range를 고쳐 주세요."),
    # what is wrong with a spec
    "grading.one_python_part": _("파이썬 파일을 받는 종류가 둘이에요: {found}. 낸 파일이 어느 쪽인지 알 수 없어요."),
    "grading.one_python_part.remedy": _("하나만 남기거나 프로젝트를 둘로 나눠 주세요."),
    "grading.two_tables": _("predictions와 model의 ‘{key}’가 서로 달라요. 순위표는 하나라서 같아야 해요."),
    "grading.two_tables.remedy": _("두 곳의 {key:을를} 같게 맞춰 주세요."),
    "grading.every_case_shown": _("모든 경우가 학생에게 보여요. 답을 그대로 찍기만 해도 만점이에요."),
    "grading.every_case_shown.remedy": _("shown이 아닌 경우를 하나 이상 더해 주세요."),
    "grading.metric_name_taken": _("{metric:은는} 이미 있는 지표의 이름이에요."),
    "grading.metric_name_taken.remedy": _("함수에 다른 이름을 지어 주세요."),
    "grading.metric_needs_group": _(
        "지표 {metric:은는} 질문마다 순서를 매겨서 재는데, 어느 질문의 행인지 적힌 group 열이 없어요."
    ),
    "grading.metric_needs_group.remedy": _("prepare.py에서 hidden/solution.csv에 group 열을 써 주세요."),
    "grading.no_solution_code": _("해답 파이썬 파일이 없어요."),
    "grading.no_solution_code.remedy": _("solutions에 해답 .py 파일을 적어 주세요."),
    "grading.rows_differ": _("‘{file}’의 {found}행이 hidden/solution.csv의 {expected}행과 서로 맞지 않아요."),
    "grading.rows_differ.remedy": _("두 파일에 같은 id를 한 번씩 써 주세요."),
    "grading.no_shared_columns": _("‘{train}’과 ‘{test}’에 함께 있는 열이 없어서 학습할 것이 없어요."),
    "grading.no_shared_columns.remedy": _("prepare.py가 두 파일에 같은 이름의 열을 쓰게 해 주세요."),
}
