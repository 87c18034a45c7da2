"""What grading says: why a file was not counted, what a check missed, and what is wrong with a spec.

Spec problems (`grading.…`) have `.remedy` for the author and `.near` in its place where `{suggestion}` was meant.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, Promise] = {
    # a file that could not be counted
    "not_csv": _(
        "CSV 파일로 읽을 수 없어요(찾은 형식: {found}). 표 프로그램에서 ‘다른 이름으로 저장’을 눌러 ‘CSV "
        "UTF-8’을 골라 주세요."
    ),
    "too_large": _(
        "파일이 {found_mb} MB예요. {limit_mb} MB까지 낼 수 있어요. 필요한 열만 남기거나, 노트북이라면 출력을 "
        "지우고 다시 저장해 주세요."
    ),
    "bad_encoding": _("{row}행의 글자를 읽을 수 없어요. 파일을 UTF-8로 다시 저장해 주세요."),
    "empty": _("파일에 자료가 없어요. 저장이 끝났는지 확인해 주세요."),
    "missing_column": _("‘{column}’ 열이 없어요. {row}행의 열 이름: {found}"),
    "duplicate_column": _("{row}행에 ‘{column}’ 열이 두 번 나와요. 하나만 남겨 주세요."),
    "ragged_row": _("{row}행은 칸이 {found}개예요. 첫 줄처럼 {expected}개여야 해요."),
    "broken_quote": _('{row}행의 따옴표(")가 닫히지 않았거나 잘못 놓였어요.'),
    "row_count": _("자료가 {found}행이에요. {expected}행이어야 해요."),
    "unknown_id": _("{row}행의 {column} 값 {value:은는} 시험 자료에 없어요."),
    "missing_id": _("{column} 값 {count}개가 빠졌어요. 예: {examples}"),
    "duplicate_id": _("{row}행의 {column} 값 {value:이가} {first_row}행에 이미 있어요."),
    "not_a_number": _("{row}행 {column} 열의 {value:은는} 수가 아니에요."),
    "not_finite": _("{row}행 {column} 열의 값이 무한대예요. 0으로 나눈 곳이 있는지 살펴보세요."),
    "missing_value": _("{row}행 {column} 열이 비어 있어요(또는 NaN이에요). 모든 행에 예측을 하나씩 적어 주세요."),
    "unknown_label": _("{row}행 {column} 열의 {value:은는} 쓸 수 없는 답이에요. 쓸 수 있는 답: {expected}"),
    "not_a_probability": _("{row}행 {column} 열의 값 {value:은는} 확률이 아니에요. 0과 1 사이의 수를 적어 주세요."),
    "unreadable_file": _("파일이 너무 크거나 복잡해서 읽다가 멈췄어요. 필요한 열과 행만 남겨 주세요."),
    "kind_not_asked": _("이 프로젝트는 이런 종류의 파일을 받지 않아요."),
    "not_a_notebook": _(
        "노트북(.ipynb)으로 읽을 수 없어요. 주피터나 코랩에서 ‘.ipynb로 다운로드’를 골라 다시 저장해 주세요."
    ),
    "no_code": _("노트북에 코드가 없어요. 코드 칸이 있는 노트북인지 확인해 주세요."),
    "too_many_cells": _("코드 칸이 {found}개이거나 코드가 너무 길어요. 코드 칸은 {limit}개까지 쓸 수 있어요."),
    # what was forgiven
    "header_spaces": _("열 이름 앞뒤의 빈칸은 지우고 읽었어요."),
    "other_encoding": _("{encoding} 파일로 읽었어요. 다음에는 UTF-8로 저장하는 것이 안전해요."),
    "other_delimiter": _("쉼표 대신 {delimiter:으로로} 나뉜 표로 읽었어요."),
    "extra_column": _("쓰지 않는 열은 빼고 읽었어요: {columns}"),
    # why a check did not pass; never what was expected
    "question_cell_missing": _(
        "문제 ‘{question}’의 코드 칸을 찾지 못했어요. 시작 노트북의 칸을 그대로 두고, 첫 줄에 ‘# "
        "{question}’라고 적어 주세요."
    ),
    "cell_stopped": _("이 문제의 코드가 끝까지 가지 못해서 답을 읽지 못했어요."),
    "not_reached": _("앞에서 실행이 멈춰 이 항목까지 가지 못했어요."),
    "missing_name": _("{name:이라라}는 이름을 찾지 못했어요. 이름을 똑같이 적었는지 확인해 보세요."),
    "unreadable_value": _("{name}에 든 값을 읽을 수 없어요. 수, 글자, 목록, 표 가운데 하나인지 확인해 보세요."),
    "unexpected_value": _(
        "답의 종류가 기대와 달라 확인할 수 없었어요. 수, 글자, 목록, 표 가운데 알맞은 것인지 확인해 보세요."
    ),
    "wrong_value": _("{name}의 값이 기대와 달라요."),
    "wrong_result": _("{name} 함수가 돌려준 값이 기대와 다른 경우가 있어요."),
    "not_a_function": _("{name:은는} 함수가 아니에요. def {name}(...): 으로 만들었는지 확인해 보세요."),
    "case_raised": _("{name} 함수를 불렀더니 오류({type})가 났어요."),
    "case_raised_at": _("{name} 함수를 불렀더니 {line}번째 줄에서 오류({type})가 났어요."),
    "case_timeout": _("{name} 함수가 정해진 시간 안에 끝나지 않았어요. 끝나지 않는 반복이 있는지 살펴보세요."),
    "case_memory": _("{name} 함수가 메모리를 너무 많이 썼어요."),
    "case_crashed": _("{name} 함수를 부르는 동안 파이썬이 멈췄어요."),
    "no_figure": _("이 칸에서 그린 그림을 찾지 못했어요."),
    "not_predictions": _("돌려준 값이 예측 목록이 아니에요. 행마다 예측이 하나씩 든 목록이나 열을 돌려주세요."),
    "wrong_length": _("예측의 개수가 받은 표의 행 수({expected}행)와 달라요. 행마다 하나씩 돌려주세요."),
    "not_finite_predictions": _("예측 가운데 비어 있거나(NaN) 무한대인 값이 있어요."),
    "below_threshold": _("예측이 아직 목표 점수에 닿지 못했어요."),
    "below_min": _("{row}행 {column} 열의 {value:은는} {min}보다 작아요. 그런 곳이 모두 {count}군데예요."),
    "above_max": _("{row}행 {column} 열의 {value:은는} {max}보다 커요. 그런 곳이 모두 {count}군데예요."),
    "metric_not_available": _("이 자료로는 점수를 계산할 수 없어요."),
    # the author's or the platform's mistake: the student is not charged
    "checker_failed": _(
        "확인 항목 ‘{check}’의 채점 코드에서 오류가 났어요(checks.py {line}번째 줄, {type}). 여러분의 잘못이 "
        "아니에요. 제출 횟수는 줄지 않았어요."
    ),
    "checker_answer": _(
        "확인 항목 ‘{check}’의 채점 코드가 참·거짓이 아닌 답을 돌려줬어요. 여러분의 잘못이 아니에요. 제출 "
        "횟수는 줄지 않았어요."
    ),
    "checker_timeout": _(
        "확인 항목 ‘{check}’의 채점 코드가 끝나지 않았어요. 여러분의 잘못이 아니에요. 제출 횟수는 줄지 않았어요."
    ),
    "checker_memory": _(
        "채점하는 동안 메모리가 모자랐어요(확인 항목 ‘{check}’). 여러분의 잘못이 아니에요. 제출 횟수는 줄지 않았어요."
    ),
    "checker_output": _(
        "채점 코드가 글자를 너무 많이 찍었어요(확인 항목 ‘{check}’). 여러분의 잘못이 아니에요. 제출 횟수는 "
        "줄지 않았어요."
    ),
    "checker_signal": _(
        "채점하던 프로그램이 갑자기 멈췄어요(확인 항목 ‘{check}’). 여러분의 잘못이 아니에요. 제출 횟수는 줄지 않았어요."
    ),
    "checker_error": _(
        "채점 프로그램에서 오류가 났어요(확인 항목 ‘{check}’). 여러분의 잘못이 아니에요. 제출 횟수는 줄지 않았어요."
    ),
    "checker_ok": _(
        "채점 프로그램이 답을 남기지 않고 끝났어요(확인 항목 ‘{check}’). 여러분의 잘못이 아니에요. 제출 "
        "횟수는 줄지 않았어요."
    ),
    "checker_stopped": _("채점을 마치지 못했어요. 잠시 뒤에 다시 해 보세요. 제출 횟수는 줄지 않았어요."),
    "hidden_table_broken": _(
        "이 프로젝트의 정답 자료에 문제가 있어요. 여러분의 잘못이 아니에요. 제출 횟수는 줄지 않았어요."
    ),
    # what is wrong with a spec
    "grading.missing_key": _("{key:이가} 빠졌어요."),
    "grading.missing_key.remedy": _("이 자리에 ‘{key}:’ 줄을 더해 주세요."),
    "grading.unknown_key": _("{key:은는} 여기에 쓰는 낱말이 아니에요."),
    "grading.unknown_key.remedy": _("지우거나 다음 가운데 하나로 고쳐 주세요: {known}"),
    "grading.unknown_key.near": _("혹시 {suggestion:을를} 쓰려던 것인가요?"),
    "grading.out_of_range": _("‘{key}’의 값 {value:이가} 쓸 수 있는 범위를 벗어났어요."),
    "grading.out_of_range.remedy": _("한계는 {limit}이에요. 그 안의 수로 고쳐 주세요."),
    "grading.bad_name": _("{value:은는} ‘{key}’에 쓸 수 없는 이름이에요."),
    "grading.bad_name.remedy": _("글자, 숫자, 밑줄(_)로 적어 주세요. 파이썬 이름은 숫자로 시작할 수 없어요."),
    "grading.not_one_of": _("‘{key}’에 {value:을를} 쓸 수 없어요."),
    "grading.not_one_of.remedy": _("다음 가운데 하나를 골라 주세요: {expected}"),
    "grading.not_text": _("‘{key}’에는 글자를 적어야 해요."),
    "grading.not_text.remedy": _("값을 따옴표로 감싸거나 {{ko: …, en: …}}처럼 적어 주세요."),
    "grading.not_number": _("‘{key}’에는 수를 적어야 해요."),
    "grading.not_number.remedy": _("따옴표 없이 수만 적어 주세요."),
    "grading.not_true_false": _("‘{key}’에는 true나 false를 적어야 해요."),
    "grading.not_true_false.remedy": _("true 또는 false로 고쳐 주세요."),
    "grading.not_list": _("‘{key}’에는 목록을 적어야 해요."),
    "grading.not_list.remedy": _("[a, b]처럼 대괄호로 묶거나, 줄마다 ‘- ’로 시작해 주세요."),
    "grading.not_mapping": _("‘{key}’에는 이름과 값의 짝을 적어야 해요."),
    "grading.not_mapping.remedy": _("{{이름: 값}}처럼 적거나, 아래 줄에 들여 써 주세요."),
    "grading.empty_list": _("‘{key}’ 목록이 비어 있어요."),
    "grading.empty_list.remedy": _("하나 이상 적어 주세요."),
    "grading.bad_value": _("‘{key}’에 {value:을를} 쓸 수 없어요."),
    "grading.bad_value.remedy": _("값의 모양을 다시 확인해 주세요."),
    "grading.nothing_to_grade": _("무엇을 채점할지 적혀 있지 않아요."),
    "grading.nothing_to_grade.remedy": _("predictions, notebook, script, functions, model 가운데 하나는 적어 주세요."),
    "grading.unknown_metric": _("{metric:이라라}는 지표를 몰라요."),
    "grading.unknown_metric.remedy": _("쓸 수 있는 지표: {known}"),
    "grading.unknown_metric.near": _("혹시 {suggestion:을를} 말하나요?"),
    "grading.metric_type": _("지표 ‘{metric}’에는 type: {expected:이가} 맞는데 {found:으로로} 적혀 있어요."),
    "grading.metric_type.remedy": _("지표를 바꾸거나 type을 {expected:으로로} 고쳐 주세요."),
    "grading.metric_two_labels": _("지표 {metric:은는} 답이 두 가지일 때만 쓸 수 있는데, labels가 {found}가지예요."),
    "grading.metric_two_labels.remedy": _("macro_f1처럼 여러 답에 쓰는 지표를 골라 주세요."),
    "grading.same_column": _("id와 target이 모두 ‘{column}’ 열이에요."),
    "grading.same_column.remedy": _("맞혀야 할 열을 target에 적어 주세요."),
    "grading.bounds_crossed": _("min({min})이 max({max})보다 커요."),
    "grading.bounds_crossed.remedy": _("두 수를 바꿔 적었는지 확인해 주세요."),
    "grading.bounds_without_limits": _("범위를 확인하는데 min도 max도 없어요."),
    "grading.bounds_without_limits.remedy": _("predictions에 min이나 max를 적어 주세요."),
    "grading.check_kind": _("확인 항목에는 {expected} 가운데 하나만 있어야 해요. 지금 있는 것: {found}"),
    "grading.check_kind.remedy": _("하나만 남기거나 하나를 적어 주세요. 둘을 확인하려면 항목을 나눠 주세요."),
    "grading.kind_not_here": _("수업의 문항에서는 {kind:을를} 쓸 수 없어요."),
    "grading.kind_not_here.remedy": _("다음 가운데 하나로 확인해 주세요: {expected}"),
    "grading.key_without_kind": _("{key:은는} ‘{kind}’ 항목에서 쓰이지 않아요."),
    "grading.key_without_kind.remedy": _("지우거나, 이 낱말을 쓰는 종류의 항목으로 옮겨 주세요."),
    "grading.unknown_baseline": _("{baseline:이라라}는 기준선이 없어요."),
    "grading.unknown_baseline.remedy": _("baselines에 적힌 이름을 써 주세요: {known}"),
    "grading.unknown_baseline.near": _("혹시 {suggestion:을를} 말하나요?"),
    "grading.no_checks": _("확인 항목이 없어요."),
    "grading.no_checks.remedy": _("‘checks:’ 아래에 항목을 하나 이상 적어 주세요."),
    "grading.expect_per_case": _("expect에는 경우마다 하나씩, 모두 {cases}개를 적어야 해요."),
    "grading.expect_per_case.remedy": _(
        "cases와 같은 개수의 목록으로 적거나 expect를 지워 주세요. 지우면 해답의 값과 견주어요."
    ),
    "grading.repeated_id": _("{id:이라라}는 이름이 두 번 쓰였어요."),
    "grading.repeated_id.remedy": _("하나의 이름을 바꿔 주세요."),
    # preparing a project
    "grading.prepare_failed": _("prepare.py {line}번째 줄에서 오류가 났어요. {type}: {message}"),
    "grading.prepare_failed.remedy": _("자료 파일은 prepare.py 옆에 ‘이름.csv’로 놓여요. 그 줄을 고쳐 주세요."),
    "grading.prepare_stopped": _("prepare.py가 끝까지 실행되지 못했어요({status})."),
    "grading.prepare_stopped.remedy": _("시간과 메모리를 덜 쓰게 고쳐 주세요."),
    "grading.file_not_written": _("prepare.py가 ‘{file}’ 파일을 만들지 않았어요."),
    "grading.file_not_written.remedy": _("prepare.py에서 이 파일을 쓰게 하거나, 적힌 이름을 고쳐 주세요."),
    "grading.unknown_column": _("‘{file}’ 파일에 ‘{column}’ 열이 없어요."),
    "grading.unknown_column.remedy": _("파일에 있는 열: {found}"),
    "grading.bad_file": _("‘{file}’ 파일을 채점에 쓸 수 없어요({reason}, {row}행)."),
    "grading.bad_file.remedy": _(
        "prepare.py가 id와 target 열을 빠짐없이, 겹치지 않게 쓰는지 확인해 주세요. 자세히: {details}"
    ),
    "grading.metric_not_available": _("이 기준선으로는 {metric:을를} 계산할 수 없어요."),
    "grading.metric_not_available.remedy": _("공개 부분에 두 가지 답이 모두 들어 있는지 확인해 주세요."),
    "grading.checker_stopped": _("기준선을 채점하다가 멈췄어요({status})."),
    "grading.checker_stopped.remedy": _("정답 파일이 너무 크지 않은지 확인해 주세요."),
    "grading.checks_syntax": _("checks.py {line}번째 줄이 파이썬 문법에 맞지 않아요: {message}"),
    "grading.checks_syntax.remedy": _("그 줄을 고쳐 주세요."),
    "grading.unknown_function": _("checks.py에 {name} 함수가 없어요."),
    "grading.unknown_function.remedy": _("checks.py에 있는 함수: {known}"),
    "grading.no_solution_notebook": _("해답의 값과 견주는 항목이 있는데 해답 노트북이 없어요."),
    "grading.no_solution_notebook.remedy": _("solutions에 .ipynb 파일을 적거나, 항목마다 expect를 적어 주세요."),
    "grading.solution_not_a_notebook": _("해답 노트북을 읽을 수 없어요({reason})."),
    "grading.solution_not_a_notebook.remedy": _("주피터에서 열어 다시 저장해 주세요."),
    "grading.solution_cell_missing": _("해답 노트북에 문제 ‘{question}’의 코드 칸이 없어요."),
    "grading.solution_cell_missing.remedy": _("칸의 첫 줄에 ‘# {question}’라고 적어 주세요."),
    "grading.solution_fails": _("해답이 확인 항목 {check:을를} 통과하지 못했어요({reason})."),
    "grading.solution_fails.remedy": _("해답과 항목 가운데 틀린 쪽을 고쳐 주세요. 아무도 통과할 수 없는 항목이에요."),
    "grading.solution_raises": _("해답에서 오류가 났어요({cell}, {line}번째 줄). {type}: {message}"),
    "grading.solution_raises.remedy": _("해답의 그 줄을 고쳐 주세요."),
    "grading.cell_above_raises": _("문항 위의 코드 칸에서 오류가 났어요({cell}, {line}번째 줄). {type}: {message}"),
    "grading.cell_above_raises.remedy": _("앞 칸이 해답과 함께 끝까지 실행되는지 확인해 주세요."),
    "grading.solution_stops": _("해답이 끝까지 실행되지 못했어요({status})."),
    "grading.solution_stops.remedy": _("시간과 메모리를 덜 쓰게 고쳐 주세요."),
    # rehearsing solutions and wrong answers
    "grading.submission_missing": _("‘{file}’ 파일이 없어요."),
    "grading.submission_missing.remedy": _("파일을 넣거나 적힌 이름을 고쳐 주세요."),
    "grading.script_raises": _("{file} {line}번째 줄에서 오류가 났어요. {type}: {message}"),
    "grading.script_raises.remedy": _("공개 파일이 옆에 놓여 있어요. 그 줄을 고쳐 주세요."),
    "grading.script_stopped": _("{file:이가} 끝까지 실행되지 못했어요({status})."),
    "grading.script_stopped.remedy": _("시간과 메모리를 덜 쓰게 고쳐 주세요."),
    "grading.script_wrote_nothing": _("{file:이가} {expected:을를} 만들지 않았어요."),
    "grading.script_wrote_nothing.remedy": _("예측을 {expected} 파일로 저장하게 해 주세요."),
    "grading.solution_rejected": _("해답 {file:이가} 접수되지 않았어요({reasons})."),
    "grading.solution_rejected.remedy": _("해답이 쓰는 파일의 열과 행을 확인해 주세요."),
    "grading.solution_not_beating": _("해답 {file:이가} 기준선 {baseline:을를} 이기지 못했어요."),
    "grading.solution_not_beating.remedy": _("더 나은 해답을 쓰거나 beats에서 이 기준선을 빼 주세요."),
    "grading.solution_not_full": _(
        "해답 {file:이가} 만점이 아니에요({score}/{max_score}). 통과하지 못한 항목: {checks}"
    ),
    "grading.solution_not_full.remedy": _("해답과 항목 가운데 틀린 쪽을 고쳐 주세요."),
    "grading.wrong_passes": _("오답이 통과했어요: {checks}"),
    "grading.wrong_passes.remedy": _("항목이 이 실수를 알아차리도록 고치거나, fails를 고쳐 주세요."),
    "grading.wrong_fails_more": _("적어 두지 않은 항목도 통과하지 못했어요: {checks}"),
    "grading.wrong_fails_more.remedy": _("뜻한 것이라면 fails에 더해 주세요."),
    "grading.wrong_not_rejected": _("‘{expected}’ 때문에 접수되지 않아야 할 {file}의 결과가 달라요: {found}"),
    "grading.wrong_not_rejected.remedy": _("오답 파일이나 rejected를 고쳐 주세요."),
    "grading.wrong_rejected": _("오답 {file:은는} 채점되어야 하는데 접수되지 않았어요({reasons})."),
    "grading.wrong_rejected.remedy": _("파일의 모양을 고치거나, fails 대신 rejected를 적어 주세요."),
    "grading.checker_failed": _("checks.py {line}번째 줄에서 오류가 났어요(확인 항목 ‘{check}’). {type}: {message}"),
    "grading.checker_failed.remedy": _("그 함수가 어떤 답에도 참·거짓을 돌려주게 고쳐 주세요."),
    "grading.checker_answer": _("확인 항목 ‘{check}’의 함수가 참·거짓 대신 {found:을를} 돌려줬어요."),
    "grading.checker_answer.remedy": _("bool이나 (bool, 0부터 1까지의 수)를 돌려주게 고쳐 주세요."),
    "grading.checker_timeout": _("확인 항목 ‘{check}’의 함수가 끝나지 않았어요."),
    "grading.checker_timeout.remedy": _("끝나지 않는 반복이 있는지 살펴보세요."),
    "grading.checker_memory": _("확인 항목 ‘{check}’의 함수가 메모리를 너무 많이 썼어요."),
    "grading.checker_memory.remedy": _("한꺼번에 만드는 자료를 줄여 주세요."),
    "grading.checker_output": _("확인 항목 ‘{check}’의 함수가 글자를 너무 많이 찍었어요."),
    "grading.checker_output.remedy": _("print를 지워 주세요."),
    "grading.checker_signal": _("확인 항목 ‘{check}’의 함수에서 파이썬이 멈췄어요."),
    "grading.checker_signal.remedy": _("재귀나 외부 라이브러리 호출을 살펴보세요."),
    "grading.checker_error": _("확인 항목 {check:을를} 채점하다가 오류가 났어요."),
    "grading.checker_error.remedy": _("checks.py의 그 함수를 살펴보세요."),
    "grading.checker_ok": _("확인 항목 ‘{check}’의 함수가 채점을 도중에 끝냈어요."),
    "grading.checker_ok.remedy": _("checks.py에서 exit()나 os._exit()를 지워 주세요."),
    "grading.hidden_table_broken": _("정답 파일을 채점에 쓸 수 없어요: {codes}"),
    "grading.hidden_table_broken.remedy": _("prepare.py가 쓰는 hidden/solution.csv를 확인해 주세요."),
    "grading.leak_near_duplicates": _("시험 자료 {count}행이 훈련 자료와 거의 같아요. 예: test.csv {rows}행"),
    "grading.leak_near_duplicates.remedy": _("같은 사람·날·장소의 행이 나뉘지 않게 묶어서 나눠 주세요."),
    "grading.leak_lag": _("test.csv의 ‘{column}’ 열에 앞 행의 정답이 그대로 들어 있어요."),
    "grading.leak_lag.remedy": _("시험 자료를 띄엄띄엄 고르거나, 이 열을 시험 자료에서 빼 주세요."),
}
