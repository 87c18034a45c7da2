"""What is wrong with an author's notebook, what can be done about it, and what `saem author` did.

As in `content`: what is wrong, `.remedy` (what to do), and `.near` where a word was probably misspelt.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, Promise] = {
    # what was done
    "authoring.created": _("{file:을를} 만들었어요."),
    "authoring.changed": _("{file:을를} 고쳤어요."),
    "authoring.unchanged": _("{file:은는} 그대로예요."),
    "authoring.removed": _("{file:을를} 지웠어요."),
    "authoring.would_create": _("{file:을를} 만들 거예요."),
    "authoring.would_change": _("{file:을를} 고칠 거예요."),
    "authoring.would_remove": _("{file:을를} 지울 거예요."),
    "authoring.nothing_written": _("고칠 것이 있어서 아무것도 쓰지 않았어요."),
    "authoring.place": _("{file} {cell}번째 칸 {line}번째 줄"),
    # the notebook
    "authoring.not_notebook": _("노트북 파일을 읽을 수 없어요: {detail}"),
    "authoring.not_notebook.remedy": _("주피터에서 열어 다시 저장한 .ipynb 파일을 넣어 주세요."),
    "authoring.too_large": _("노트북이 {size} MB예요. {limit} MB까지 읽을 수 있어요."),
    "authoring.too_large.remedy": _("주피터에서 모든 출력을 지우고 다시 저장해 주세요."),
    "authoring.old_notebook": _("노트북의 형식이 {found}판이라 오래됐어요."),
    "authoring.old_notebook.remedy": _("지금의 주피터에서 열어 다시 저장하면 4판이 돼요."),
    "authoring.bad_cell": _("이 칸은 글도 코드도 아니어서 읽을 수 없어요."),
    "authoring.bad_cell.remedy": _("주피터에서 이 칸을 지우고 새로 만들어 주세요."),
    "authoring.no_question": _("문항이 하나도 없어요."),
    "authoring.no_question.remedy": _("학생이 풀 코드 칸의 첫 줄에 `# 문항: q1`처럼 적어 주세요."),
    "authoring.python": _("파이썬 문법에 맞지 않아요: {detail}"),
    "authoring.python.remedy": _("이 줄과 바로 윗줄의 괄호, 따옴표, 콜론(:), 들여쓰기를 확인해 주세요."),
    "authoring.starter_python": _("시작 노트북에서는 이 칸이 파이썬 문법에 맞지 않게 돼요: {text} ({detail})"),
    "authoring.starter_python.remedy": _("풀이 부분 안에 학생이 볼 코드를 적어 주세요. 예: `# 대신: return ...`"),
    # marks
    "authoring.region_unclosed": _("‘풀이 시작’이 닫히지 않았어요."),
    "authoring.region_unclosed.remedy": _("풀이가 끝나는 곳에 `# 풀이 끝`을 한 줄로 적어 주세요."),
    "authoring.region_unopened": _("‘풀이 끝’이 있지만 ‘풀이 시작’이 없어요."),
    "authoring.region_unopened.remedy": _("풀이가 시작하는 곳에 `# 풀이 시작`을 적거나 이 줄을 지워 주세요."),
    "authoring.region_nested": _("풀이 안에서 풀이가 또 시작해요. 앞의 것은 {opened}번째 줄에서 시작했어요."),
    "authoring.region_nested.remedy": _("앞의 풀이를 `# 풀이 끝`으로 먼저 닫아 주세요."),
    "authoring.region_in_markdown": _("글 칸에 ‘풀이 시작’이나 ‘풀이 끝’이 있어요. 학생에게 그대로 보여요."),
    "authoring.region_in_markdown.remedy": _("풀이에만 있을 글은 `<!-- 풀이 -->` 줄 아래에 적어 주세요."),
    "authoring.mark_in_markdown": _("‘{text}’ 표시가 글 칸에 있어요. 학생에게 그대로 보여요."),
    "authoring.mark_in_markdown.remedy": _("이 칸의 종류를 코드로 바꿔 주세요."),
    "authoring.instead_outside": _("‘대신’이 풀이 부분 밖에 있어요."),
    "authoring.instead_outside.remedy": _("`# 풀이 시작`과 `# 풀이 끝` 사이로 옮겨 주세요."),
    "authoring.language_unclosed": _("한 언어만을 위한 줄이 끝나지 않았어요."),
    "authoring.language_unclosed.remedy": _("두 언어가 다시 같아지는 곳에 `# @end`를 한 줄로 적어 주세요."),
    "authoring.missing_language": _("이 칸의 글이 한 언어로만 되어 있어요(`{language}` 없음)."),
    "authoring.missing_language.remedy": _(
        "`<!-- ko -->` 줄 아래에 한국어를, `<!-- en -->` 줄 아래에 영어를 적어 주세요."
    ),
    "authoring.near_mark": _("‘{text}’ 줄을 알아듣지 못했어요. 그대로 두면 학생에게 보여요."),
    "authoring.near_mark.remedy": _(
        "문항과 확인의 표시는 칸의 첫 줄에 `# 문항: q1`, `# 확인: q1-mean 2점`처럼, "
        "풀이의 표시는 `# 풀이 시작`, `# 풀이 끝`처럼 적어 주세요."
    ),
    # questions and checks
    "authoring.bad_id": _("‘{id}’는 이름으로 쓸 수 없어요."),
    "authoring.bad_id.remedy": _(
        "한글, 영문자, 숫자를 빈칸 없이 쓰고 점수는 뒤에 적어 주세요. 예: `# 확인: q1-mean 2점`"
    ),
    "authoring.duplicate_question": _("문항 {id:이가} 두 번 나와요. 처음은 {first}번째 칸이에요."),
    "authoring.duplicate_question.remedy": _("둘 가운데 하나의 이름을 바꿔 주세요."),
    "authoring.duplicate_check": _("확인 항목 {id:이가} 두 번 나와요. 처음은 {first}번째 칸이에요."),
    "authoring.duplicate_check.remedy": _("둘 가운데 하나의 이름을 바꿔 주세요."),
    "authoring.check_without_question": _("확인 칸 위에 문항이 없어요."),
    "authoring.check_without_question.remedy": _("확인 칸을 문항 칸 바로 아래로 옮겨 주세요."),
    "authoring.question_without_check": _("문항 {id:을를} 확인하는 칸이 없어요."),
    "authoring.question_without_check.remedy": _(
        "문항 아래에 코드 칸을 만들고 첫 줄에 `# 확인: {id}-value 1점`처럼 적어 주세요."
    ),
    "authoring.question_without_solution": _(
        "문항 ‘{id}’에 풀이로 표시한 부분이 없어요. 학생이 받을 때부터 풀려 있어요."
    ),
    "authoring.question_without_solution.remedy": _("답이 되는 줄을 `# 풀이 시작`과 `# 풀이 끝` 사이에 넣어 주세요."),
    "authoring.missing_title": _("문항 ‘{id}’의 제목이 없어요."),
    "authoring.missing_title.remedy": _(
        "`# 제목: …`과 `# title: …`을 적거나, 위의 글 칸에 두 언어로 제목을 적어 주세요."
    ),
    "authoring.missing_words": _("`# {key}:`의 글이 없어요."),
    "authoring.missing_words.remedy": _("한국어와 영어를 모두 적어 주세요. 예: `# 제목: 평균`과 `# title: Mean`"),
    "authoring.unknown_directive": _("‘{key}’라는 설정은 없어요."),
    "authoring.unknown_directive.remedy": _(
        "쓸 수 있는 것: {known}. 설명은 빈 줄을 하나 띄우고 그 아래에 적어 주세요."
    ),
    "authoring.unknown_directive.near": _("혹시 `# {suggestion}:`을 쓰려고 했나요?"),
    "authoring.duplicate_directive": _("`# {key}:`가 두 번 나와요."),
    "authoring.duplicate_directive.remedy": _("둘 가운데 하나를 지워 주세요."),
    "authoring.bad_number": _("‘{key}’의 ‘{value}’에서 숫자를 찾지 못했어요."),
    "authoring.bad_number.remedy": _("숫자로 시작해 주세요. 단위는 뒤에 적어도 돼요. 예: `# 시간: 5초`"),
    "authoring.bad_options": _("`# 설정:`의 ‘{value}’를 읽을 수 없어요."),
    "authoring.bad_options.remedy": _("중괄호 안에 `이름: 값`을 적어 주세요. 예: `# 설정: {{weight: 2}}`"),
    "authoring.check_empty": _("무엇을 확인할지 적혀 있지 않아요."),
    "authoring.check_empty.remedy": _("아래에 확인할 이름을 한 줄로 적어 주세요. 예: `mean_height`"),
    "authoring.check_two_kinds": _("확인 항목 {id:이가} 두 가지를 한꺼번에 확인해요."),
    "authoring.check_two_kinds.remedy": _("`# 확인:`을 하나 더 적어 둘로 나눠 주세요."),
    "authoring.call_arguments": _("{name} 함수에 넣은 값을 읽을 수 없어요."),
    "authoring.call_arguments.remedy": _("이름이나 계산 대신 값을 바로 적어 주세요. 예: `{name}(0.3)`"),
    "authoring.calls_student": _("이 확인은 학생의 함수 {name:을를} 다른 계산과 섞어 불러요."),
    "authoring.calls_student.remedy": _(
        "함수만 부르는 확인으로 나눠 주세요. 예: `assert {name}(3) == 9`. 값은 한 줄에 하나씩 적어요."
    ),
    "authoring.check_names_nothing": _("이 확인은 학생이 만든 이름을 하나도 보지 않아요."),
    "authoring.check_names_nothing.remedy": _("학생이 만들 이름을 넣어 주세요. 예: `assert mean_height == 12.5`"),
    "authoring.unknown_name": _("{name:이라라}는 이름을 만드는 칸이 없어요."),
    "authoring.unknown_name.remedy": _("풀이가 이 이름을 만드는지, 철자가 맞는지 확인해 주세요."),
    "authoring.unknown_name.near": _("혹시 {suggestion:을를} 쓰려고 했나요?"),
    "authoring.checks_twice": _("checks.py 칸이 둘이에요."),
    "authoring.checks_twice.remedy": _("하나로 합쳐 주세요."),
    # what must not reach a student
    "authoring.leak": _("풀이의 ‘{text}’ 부분이 시작 노트북({language})의 {starter_cell}번째 칸에도 나와요."),
    "authoring.leak.remedy": _(
        "그 칸에서 지워 주세요. 일부러 보여 준다면 풀이의 그 줄 끝에 `# 보여도 됨`을 적어 주세요."
    ),
    # the project
    "authoring.no_project": _("‘{name}’ 폴더에 project.yaml이 없어요."),
    "authoring.no_project.remedy": _(
        "프로젝트 폴더를 바로 적었는지 확인하거나, 제목과 데이터를 적은 project.yaml을 먼저 만들어 주세요."
    ),
    "authoring.yaml_flow": _("project.yaml의 `grading:` 부분을 나눌 수 없어요."),
    "authoring.yaml_flow.remedy": _("`grading:`과 `notebook:`을 중괄호 없이 한 줄에 하나씩 적어 주세요."),
    "authoring.no_solution_listed": _("`solutions`에 {name:이가} 없어요. 풀이가 만점인지 확인되지 않아요."),
    "authoring.no_solution_listed.remedy": _("`solutions:` 아래에 `- {{file: {name}, full: true}}`를 적어 주세요."),
    "authoring.hand_edited": _("{name:은는} 따로 만들었거나 손으로 고친 파일이에요. 덮어쓰지 않았어요."),
    "authoring.hand_edited.remedy": _("고친 내용을 원본 노트북에 옮겨 적은 뒤 `--force`를 붙여 다시 실행해 주세요."),
    # the way back, and moving over
    "authoring.cells_differ": _("{other:과와} 칸이 맞지 않아요({ko}개와 {en}개)."),
    "authoring.cells_differ.remedy": _("두 노트북에 같은 칸을 같은 순서로 두어 주세요."),
    "authoring.not_same": _("이 원본으로 다시 만들면 {name:이가} 지금과 달라져요."),
    "authoring.not_same.remedy": _(
        "`saem author 원본 --into 폴더 --dry-run --force`로 무엇이 바뀌는지 먼저 확인해 주세요."
    ),
    "authoring.source_exists": _("{name:은는} 이미 있어요. 덮어쓰지 않았어요."),
    "authoring.source_exists.remedy": _("다른 이름을 적거나, 바꿔도 된다면 `--force`를 붙여 주세요."),
    "authoring.nothing_marked": _("nbgrader나 otter의 표시를 찾지 못했어요."),
    "authoring.nothing_marked.remedy": _("학생에게 나눠 준 것이 아니라 선생님이 쓰던 원본 노트북을 골라 주세요."),
    "authoring.hand_graded": _("이 칸은 사람이 채점하던 칸이라 문항으로 옮기지 않았어요."),
    "authoring.hand_graded.remedy": _("자동으로 확인할 것이 있다면 `# 문항:`과 `# 확인:`을 적어 주세요."),
}
