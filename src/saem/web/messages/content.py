"""What is wrong with a program, and what its author can do about it.

Each code has three entries at most: what is wrong, `.remedy` (what to do), and `.near` in its place where a name was
probably misspelt and `{suggestion}` is the name that was meant.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, Promise] = {
    # the folder and its files
    "content.no_folder": _("‘{name}’ 폴더를 찾지 못했어요."),
    "content.no_folder.remedy": _("폴더의 위치와 이름을 다시 확인해 주세요."),
    "content.missing_file": _("‘{name}’ 파일이 없어요."),
    "content.missing_file.remedy": _("파일을 만들거나, 적힌 이름을 고쳐 주세요. 같은 폴더에 있는 파일: {known}"),
    "content.missing_file.near": _("혹시 ‘{suggestion}’ 파일을 말하나요? 두 이름을 같게 맞춰 주세요."),
    "content.not_utf8": _("‘{name}’ 파일의 글자를 읽을 수 없어요. UTF-8이 아니에요."),
    "content.not_utf8.remedy": _("편집기에서 ‘UTF-8로 저장’을 골라 다시 저장해 주세요."),
    "content.huge_file": _("‘{name}’ 파일이 {size} MB예요. 파일 하나는 {limit} MB까지 넣을 수 있어요."),
    "content.huge_file.remedy": _("그림은 크기를 줄이고, 데이터는 파일 대신 `data:`에 주소로 적어 주세요."),
    "content.symlink": _("{name:은는} 다른 곳을 가리키는 바로 가기(링크)예요."),
    "content.symlink.remedy": _("링크를 지우고 실제 파일을 넣어 주세요."),
    "content.file_name": _("파일 이름 ‘{name}’에 쓸 수 없는 글자가 있어요."),
    "content.file_name.remedy": _("영문자, 숫자, 하이픈(-), 밑줄(_), 점(.)만 써서 이름을 바꿔 주세요."),
    "content.case_clash": _("{name:과와} {other:은는} 대문자와 소문자만 달라요."),
    "content.case_clash.remedy": _("어떤 컴퓨터에서는 둘이 같은 파일이 돼요. 하나의 이름을 바꿔 주세요."),
    "content.unreadable": _("‘{name}’ 파일을 열 수 없어요."),
    "content.unreadable.remedy": _("파일의 읽기 권한을 확인해 주세요."),
    "content.unused_folder": _("‘{folder}’ 폴더가 있지만 `steps`에 없어요. 학생에게 보이지 않아요."),
    "content.unused_folder.remedy": _("보여 주려면 `steps`에 적어 주세요. 아직 쓰는 중이라면 그대로 두어도 괜찮아요."),
    # drawings
    "content.svg_broken": _("그림 ‘{name}’을 읽을 수 없어요: {detail}"),
    "content.svg_broken.remedy": _("그림 편집기에서 열어 다시 저장하거나 PNG로 바꿔 주세요."),
    "content.svg_large": _("그림 ‘{name}’이 너무 커요(지금 {size}, 한도 {limit} {unit})."),
    "content.svg_large.remedy": _("그림을 단순하게 만들거나 PNG로 바꿔 주세요."),
    "content.svg_size": _("그림 ‘{name}’의 크기를 알 수 없어요."),
    "content.svg_size.remedy": _('첫 줄의 `<svg …>` 안에 `viewBox="0 0 너비 높이"`를 적어 주세요.'),
    "content.svg_script": _("그림 ‘{name}’ 안에 실행되는 코드가 있어요: {part}"),
    "content.svg_script.remedy": _("그림 편집기에서 ‘일반 SVG’로 다시 저장하거나 PNG로 바꿔 주세요."),
    "content.svg_outside": _("그림 ‘{name}’이 파일 밖의 것을 불러와요: {target}"),
    "content.svg_outside.remedy": _(
        "그림에 필요한 것은 모두 그 파일 안에 그려 주세요. 사진이 들어 있다면 PNG로 바꿔 주세요."
    ),
    "content.svg_part": _("그림 ‘{name}’에 페이지에 넣을 수 없는 부분이 있어요: {part}"),
    "content.svg_part.remedy": _(
        '모양은 `fill="…"` 같은 속성으로 적어 주세요(편집기에서 ‘프레젠테이션 속성’으로 저장). '
        "그래도 남으면 PNG로 바꿔 주세요."
    ),
    # YAML
    "content.yaml_syntax": _("YAML 문법에 맞지 않아요: {detail}"),
    "content.yaml_syntax.remedy": _(
        "이 줄과 바로 윗줄의 들여쓰기, 괄호, 따옴표를 확인해 주세요. 글에 ‘: ’이나 ‘#’이 있으면 따옴표로 감싸 주세요."
    ),
    "content.yaml_tab": _("들여쓰기에 탭 문자가 있어요."),
    "content.yaml_tab.remedy": _("탭을 지우고 빈칸 두 개씩으로 들여 써 주세요."),
    "content.yaml_alias": _("`&`와 `*`로 내용을 다시 쓰는 표기는 쓸 수 없어요."),
    "content.yaml_alias.remedy": _("필요한 곳에 내용을 그대로 적어 주세요."),
    "content.duplicate_key": _("{key:이가} 두 번 나와요. 처음은 {first_line}번째 줄이에요."),
    "content.duplicate_key.remedy": _("둘 가운데 하나를 지우거나 이름을 바꿔 주세요."),
    # the shape of a file
    "content.missing_key": _("‘{key}’ 항목이 빠졌어요."),
    "content.missing_key.remedy": _("이 자리에 `{key}:`를 적어 주세요."),
    "content.unknown_key": _("{key:은는} 여기에서 쓰지 않는 항목이에요."),
    "content.unknown_key.remedy": _("지우거나 이름을 고쳐 주세요. 쓸 수 있는 항목: {known}"),
    "content.unknown_key.near": _("혹시 {suggestion:을를} 쓰려고 했나요?"),
    "content.comma_in_braces": _("쉼표 뒤의 ‘{key}’ 부분이 글에서 떨어져 나왔어요."),
    "content.comma_in_braces.remedy": _("중괄호 안의 글에 쉼표가 있으면 글 전체를 큰따옴표로 감싸 주세요."),
    "content.missing_translation": _("‘{key}’에 `{language}:` 글이 없어요."),
    "content.missing_translation.remedy": _(
        "`ko:`와 `en:`을 모두 적어 주세요. 예: {{ko: 표 읽기, en: Reading a table}}"
    ),
    "content.not_text": _("‘{key}’에는 글이 와야 해요."),
    "content.not_text.remedy": _("숫자나 true·false를 글로 쓰려면 따옴표로 감싸 주세요."),
    "content.not_two_languages": _("‘{key}’에는 한국어와 영어가 모두 있어야 해요."),
    "content.not_two_languages.remedy": _("이렇게 적어 주세요: `{key}: {{ko: …, en: …}}`"),
    "content.not_number": _("‘{key}’에는 숫자가 와야 해요."),
    "content.not_number.remedy": _("따옴표와 단위를 빼고 숫자만 적어 주세요."),
    "content.not_whole_number": _("‘{key}’에는 정수가 와야 해요."),
    "content.not_whole_number.remedy": _("따옴표와 소수점을 빼고 정수만 적어 주세요."),
    "content.not_true_false": _("‘{key}’에는 true나 false가 와야 해요."),
    "content.not_true_false.remedy": _("따옴표 없이 true 또는 false로 적어 주세요."),
    "content.not_list": _("‘{key}’에는 목록이 와야 해요."),
    "content.not_list.remedy": _("`[하나, 둘]`처럼 대괄호로 묶거나, 줄마다 `- `로 시작해 주세요."),
    "content.not_mapping": _("‘{key}’에는 ‘이름: 값’ 모양이 와야 해요."),
    "content.not_mapping.remedy": _("`이름: 값`을 한 줄에 하나씩, 한 단계 들여 써 주세요."),
    "content.not_choice": _("‘{key}’에 {value:은는} 쓸 수 없어요."),
    "content.not_choice.remedy": _("이 가운데에서 골라 주세요: {choices}"),
    "content.empty_value": _("{key:이가} 비어 있어요."),
    "content.empty_value.remedy": _("내용을 적거나, 필요 없는 항목이면 지워 주세요."),
    "content.out_of_range": _("‘{key}’의 값 {value:은는} 정해진 범위를 벗어나요."),
    "content.out_of_range.remedy": _("{low}부터 {high}까지의 수를 적어 주세요."),
    "content.too_long": _("‘{key}’의 글이 {size}자예요. {limit}자까지 쓸 수 있어요."),
    "content.too_long.remedy": _("한국어와 영어를 모두 {limit}자 안으로 줄여 주세요."),
    "content.bad_id": _("‘{key}’의 값 ‘{value}’에 이름으로 쓸 수 없는 글자가 있어요."),
    "content.bad_id.remedy": _(
        "영어 소문자와 숫자를 쓰고, 사이는 하이픈(-)이나 밑줄(_)로 이어 주세요. "
        "파일 이름에는 대문자와 점(.)도 괜찮아요."
    ),
    "content.bad_value": _("‘{key}’의 값 {value:은는} 여기에 맞지 않아요."),
    "content.bad_value.remedy": _("프로그램 형식 설명서에서 이 항목의 예를 확인해 주세요."),
    "content.unknown_format": _("형식 번호 {found:은는} 아직 읽을 수 없어요."),
    "content.unknown_format.remedy": _("`format: {expected}`로 적어 주세요."),
    # names that must agree with each other
    "content.id_not_folder": _("프로그램의 `id`는 ‘{id}’인데 폴더 이름은 ‘{folder}’예요."),
    "content.id_not_folder.remedy": _("둘을 같게 하면 나중에 찾기 쉬워요."),
    "content.duplicate_id": _("{id:이가} 두 번 나와요. 처음은 {first_line}번째 줄이에요."),
    "content.duplicate_id.remedy": _("둘 가운데 하나의 이름을 바꿔 주세요."),
    "content.unknown_step": _("`steps`에 적힌 ‘{name}’의 폴더 {folder:이가} 없어요."),
    "content.unknown_step.remedy": _("폴더를 만들거나 이름을 고쳐 주세요. 지금 있는 폴더: {known}"),
    "content.unknown_step.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.step_shape": _("단계 하나에는 수업이나 프로젝트를 하나만 적을 수 있어요."),
    "content.step_shape.remedy": _("`- lesson: 이름` 또는 `- project: 이름` 가운데 하나로 적어 주세요."),
    "content.unknown_skill": _("성취 요소 {name:이가} `skills`에 없어요."),
    "content.unknown_skill.remedy": _("program.yaml의 `skills`에 더하거나 이름을 고쳐 주세요. 지금 있는 것: {known}"),
    "content.unknown_skill.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.unknown_source": _("데이터 {name:이가} `data`에 없어요."),
    "content.unknown_source.remedy": _("program.yaml의 `data`에 더하거나 이름을 고쳐 주세요. 지금 있는 것: {known}"),
    "content.unknown_source.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.unknown_source_kind": _("{source:은는} 알지 못하는 데이터 출처예요."),
    "content.unknown_source_kind.remedy": _("쓸 수 있는 종류: {known}. 예: `sklearn:digits`, `vega:seattle-weather`"),
    "content.unknown_source_kind.near": _("혹시 {suggestion:을를} 쓰려고 했나요?"),
    "content.unknown_source_name": _("{source:이라라}는 데이터는 없어요."),
    "content.unknown_source_name.remedy": _("쓸 수 있는 이름: {known}"),
    "content.unknown_source_name.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.source_without_url": _("데이터 ‘{name}’에 주소가 없어요."),
    "content.source_without_url.remedy": _("`url: https://…`를 적어 주세요."),
    "content.source_without_fingerprint": _("데이터 ‘{name}’에 지문(fingerprint)이 없어요."),
    "content.source_without_fingerprint.remedy": _(
        "밖에서 받는 파일은 바뀔 수 있어요. `fingerprint: {{rows: 행의 수, sums: {{열: 합}}}}`을 적어 주세요."
    ),
    "content.unknown_cell": _("{name:이라라}는 코드 칸이 없어요."),
    "content.unknown_cell.remedy": _("ko.md와 en.md에 그 이름의 코드 칸을 만들어 주세요. 지금 있는 칸: {known}"),
    "content.unknown_cell.near": _("혹시 ‘{suggestion}’ 칸을 말하나요?"),
    "content.unknown_check": _("확인 항목 {name:이가} 없어요."),
    "content.unknown_check.remedy": _("`checks`에 있는 id를 적어 주세요. 지금 있는 것: {known}"),
    "content.unknown_check.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.unknown_baseline": _("기준 모델 {name:이가} 없어요."),
    "content.unknown_baseline.remedy": _("`baselines`에 있는 id를 적어 주세요. 지금 있는 것: {known}"),
    "content.unknown_baseline.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.unknown_tag": _("역량 태그 ‘{name}’ 같은 것은 없어요."),
    "content.unknown_tag.remedy": _("`체계/코드`로 적어 주세요. 쓸 수 있는 것: {known}"),
    "content.unknown_tag.near": _("체계 이름이 혹시 {suggestion:이가} 아닌가요?"),
    # what lessons say of each other and of items
    "content.unknown_need": _("먼저 배울 수업 {name:이가} `steps`에 없어요."),
    "content.unknown_need.remedy": _("`steps`에 있는 수업의 id를 적어 주세요. 지금 있는 것: {known}"),
    "content.unknown_need.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.needs_cycle": _("먼저 배울 수업이 돌고 돌아 제자리로 와요: {way}"),
    "content.needs_cycle.remedy": _("어느 수업이 먼저인지 정하고, 다른 쪽의 `needs`에서 지워 주세요."),
    "content.needs_later": _("먼저 배워야 한다는 {name:이가} `steps`에서는 이 수업보다 뒤에 있어요."),
    "content.needs_later.remedy": _("`steps`의 차례를 바꾸거나 `needs`에서 지워 주세요."),
    "content.unknown_exit": _("나가기 문항 {name:이가} `items` 폴더에 없어요."),
    "content.unknown_exit.remedy": _("`items` 폴더에 있는 문항의 id를 적어 주세요. 지금 있는 것: {known}"),
    "content.unknown_exit.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.exit_skill": _("나가기 문항 {name:이가} 묻는 성취 요소({skills})를 이 수업에서 다루지 않아요."),
    "content.exit_skill.remedy": _(
        "이 수업의 `skills` 가운데 하나를 묻는 문항을 고르거나, 수업의 `skills`에 더해 주세요."
    ),
    "content.exit_use": _("나가기 문항 {name:은는} 진단에만 쓰는 문항이에요."),
    "content.exit_use.remedy": _("문항의 `use`를 `both`나 `practice`로 바꾸거나 다른 문항을 골라 주세요."),
    "content.exit_twice": _("나가기 문항 {name:은는} 다른 수업에서도 물어요. 처음 나오는 곳: {first}"),
    "content.exit_twice.remedy": _("한 문항은 한 번만 답하니, 수업마다 다른 문항을 골라 주세요."),
    # whose the pictures are
    "content.unknown_asset": _("`assets`에 적힌 ‘{name}’ 파일이 `images`나 `files` 폴더에 없어요."),
    "content.unknown_asset.remedy": _(
        "program.yaml이 있는 폴더부터 적은 파일의 위치가 맞는지 확인해 주세요. 지금 있는 것: {known}"
    ),
    "content.unknown_asset.near": _("혹시 ‘{suggestion}’ 파일을 말하나요?"),
    "content.asset_without_licence": _("그림 ‘{name}’의 이용 허락이 적혀 있지 않아요."),
    "content.asset_without_licence.remedy": _(
        "program.yaml의 `assets`에 `{name}: {{licence: CC-BY-4.0, credit: 만든 사람}}`처럼 적어 주세요. "
        "직접 찍거나 그렸다면 `credit`은 빼도 돼요."
    ),
    "content.asset_without_credit": _(
        "그림 ‘{name}’의 이용 허락이 프로그램과 다른데, 누가 만들었는지 적혀 있지 않아요."
    ),
    "content.asset_without_credit.remedy": _("`credit`에 만든 사람과 가져온 곳을 적어 주세요."),
    # hints on lessons
    "content.hard_korean": _(
        "한국어 글이 이 수준의 학생에게 어려울 수 있어요. 지금 {found}, 권하는 한도는 {bound}이에요."
    ),
    "content.hard_korean.remedy": _(
        "한 문장에 어절이 평균 {length}개예요. 긴 문장을 둘로 나누고, 다섯 글자 이상인 낱말을 쉬운 말로 바꿔 보세요."
    ),
    "content.hard_english": _(
        "영어 글이 이 수준의 학생에게 어려울 수 있어요. 플레시-킨케이드 {found}학년, 권하는 한도는 {bound}학년이에요."
    ),
    "content.hard_english.remedy": _(
        "한 문장에 낱말이 평균 {length}개예요. 긴 문장을 둘로 나누고, 음절이 많은 낱말을 쉬운 말로 바꿔 보세요."
    ),
    "content.lesson_too_full": _("{minutes}분 수업인데, 읽고 실행하고 푸는 데 {estimate}분쯤 걸릴 것 같아요."),
    "content.lesson_too_full.remedy": _("`minutes`를 늘리거나, 글을 줄이거나, 확인 문제({exercises}개)를 줄여 보세요."),
    # badges
    "content.badge_shape": _("배지를 무엇으로 받는지 한 가지로 정해지지 않았어요."),
    "content.badge_shape.remedy": _(
        "`{{project: 이름, percent: 80}}`, `{{project: 이름, beats: 기준 모델}}`, `{{completion: true}}` "
        "가운데 하나로 적어 주세요."
    ),
    "content.badge_project": _("배지에 적힌 프로젝트 {name:이가} `steps`에 없어요."),
    "content.badge_project.remedy": _("`steps`에 있는 프로젝트를 적어 주세요. 지금 있는 것: {known}"),
    "content.badge_project.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.same_badge": _("같은 기준으로 받는 배지가 또 있어요. 처음은 {first_line}번째 줄이에요."),
    "content.same_badge.remedy": _("둘을 하나로 합치거나 기준을 다르게 적어 주세요."),
    "content.badge_out_of_reach": _("만든 사람의 풀이 가운데 ‘{name}’보다 낫다고 적은 것이 없어요."),
    "content.badge_out_of_reach.remedy": _(
        "받을 수 있는 배지인지 확인해 주세요. 이기는 풀이가 있으면 `solutions`의 `beats`에 적어 주세요."
    ),
    "content.milestones_without_team": _("`milestones`가 있는데 `team`이 없어요."),
    "content.milestones_without_team.remedy": _(
        "모둠으로 하는 프로젝트라면 `team: {{most: 4}}`처럼 적어 주세요. 혼자 하면 `most: 1`이에요."
    ),
    "content.rubric_without_team": _("`rubric`가 있는데 `team`이 없어요."),
    "content.rubric_without_team.remedy": _(
        "평가 기준표는 모둠을 평가하는 데 써요. `team: {{most: 4}}`처럼 적거나 `rubric`을 빼 주세요."
    ),
    "content.rubric_weights": _("평가 기준의 `weight`를 모두 더하면 {sum}이에요."),
    "content.rubric_weights.remedy": _("더해서 100이 되게 고쳐 주세요."),
    "content.unknown_stage": _("단계 {name:이가} 없어요."),
    "content.unknown_stage.remedy": _("`milestones`에 있는 id를 적어 주세요. 지금 있는 것: {known}"),
    "content.unknown_stage.near": _("혹시 {suggestion:을를} 말하나요?"),
    # pages
    "content.cell_without_name": _("코드 칸에 이름이 없어요."),
    "content.cell_without_name.remedy": _(
        "코드 칸의 첫 줄에 `:name: 이름`을 적어 주세요. 두 언어에서 같은 이름을 써요."
    ),
    "content.cell_language": _("코드 칸에서는 파이썬만 실행할 수 있어요. {language:은는} 쓸 수 없어요."),
    "content.cell_language.remedy": _(
        "`{{code-cell}} python`으로 적거나, 보여 주기만 할 코드는 `{{code-cell}}`을 빼 주세요."
    ),
    "content.cell_option": _("코드 칸에 ‘:{option}:’ 설정은 쓸 수 없거나 값이 비어 있어요."),
    "content.cell_option.remedy": _("코드 칸에는 {known}만 쓸 수 있어요. `:hint: 힌트 글`처럼 값을 함께 적어 주세요."),
    "content.cell_option.near": _("혹시 `:{suggestion}:` 설정을 쓰려고 했나요? 값도 함께 적어 주세요."),
    "content.cells_differ": _("코드 칸 {cell:이가} {other}에는 없어요."),
    "content.cells_differ.remedy": _("두 언어에 같은 이름의 코드 칸을 두어 주세요."),
    "content.cell_order": _(
        "코드 칸의 순서가 ko.md와 달라요. 여기에는 {expected:이가} 와야 하는데 {cell:이가} 있어요."
    ),
    "content.cell_order.remedy": _("두 언어에서 코드 칸을 같은 순서로 놓아 주세요."),
    "content.hints_differ": _("코드 칸 ‘{cell}’의 힌트가 한국어는 {ko}개, 영어는 {en}개예요."),
    "content.hints_differ.remedy": _("두 언어의 힌트 수를 같게 맞춰 주세요."),
    "content.sections_differ": _("절의 구성이 달라요. 한국어는 {ko}개({ko_ids}), 영어는 {en}개({en_ids})예요."),
    "content.sections_differ.remedy": _("두 언어에서 `##` 제목의 수와, 제목 위에 적은 `(이름)=`을 같게 맞춰 주세요."),
    "content.parts_differ": _("‘{section}’ 부분의 문단, 목록, 표, 그림이 한국어에는 {ko}개, 영어에는 {en}개예요."),
    "content.parts_differ.remedy": _(
        "한쪽에서 빠진 것이 있는지 견주어 보세요. 일부러 나누거나 합쳤다면 그대로 두어도 돼요."
    ),
    "content.nested_cell": _("코드 칸이 목록이나 상자 안에 들어 있어요."),
    "content.nested_cell.remedy": _("코드 칸을 밖으로 꺼내 줄의 맨 앞에서 시작해 주세요."),
    "content.cell_for_teachers": _("교사용 안내에는 실행하는 코드 칸을 둘 수 없어요."),
    "content.cell_for_teachers.remedy": _("`{{code-cell}}`을 빼고 ` ```python `으로 적으면 보여 주는 코드가 돼요."),
    "content.cell_in_brief": _("과제 설명에는 실행하는 코드 칸을 둘 수 없어요."),
    "content.cell_in_brief.remedy": _(
        "`{{code-cell}}`을 빼면 보여 주는 코드가 돼요. 실행할 코드는 시작 노트북에 넣어 주세요."
    ),
    "content.title_in_page": _("글 안에 `#` 제목이 있어요. 제목은 YAML 파일에서 가져와요."),
    "content.title_in_page.remedy": _("`#` 제목을 지우거나 `##`으로 바꿔 주세요."),
    "content.missing_link": _("링크가 가리키는 파일 {path:이가} 없어요."),
    "content.missing_link.remedy": _(
        "주소를 고쳐 주세요. 다른 수업은 `lesson:이름`, 프로젝트는 `project:이름`으로 이어요."
    ),
    "content.missing_image": _("그림 {path:이가} 없어요."),
    "content.missing_image.remedy": _(
        "그림을 `images` 폴더에 넣거나 주소를 고쳐 주세요. 대문자와 소문자도 같아야 해요."
    ),
    "content.outside_image": _("다른 사이트의 그림 {path:을를} 쓰고 있어요."),
    "content.outside_image.remedy": _("이용 허락을 확인하고 그림을 내려받아 `images` 폴더에 넣어 주세요."),
    "content.private_file": _("{path:은는} 학생에게 보여 줄 수 없는 파일이에요."),
    "content.private_file.remedy": _("보여 줄 파일은 `images`나 `files` 폴더에 넣어 주세요."),
    "content.missing_alt": _("그림 ‘{path}’에 설명이 없어요."),
    "content.missing_alt.remedy": _(
        "`![그림에 무엇이 보이는지](…)`처럼 대괄호 안에 적어 주세요. 그림을 볼 수 없는 사람이 들어요."
    ),
    "content.missing_step_link": _("{path:이라라}는 단계가 `steps`에 없어요."),
    "content.missing_step_link.remedy": _(
        "`lesson:이름`이나 `project:이름`의 이름을 program.yaml의 `steps`와 맞춰 주세요."
    ),
    "content.missing_anchor": _("이 글에 #{anchor:이라라}는 자리가 없어요."),
    "content.missing_anchor.remedy": _("가리킬 제목 바로 윗줄에 `({anchor})=`를 적어 주세요. 지금 있는 자리: {known}"),
    "content.missing_anchor.near": _("혹시 #{suggestion:을를} 말하나요?"),
    "content.link_scheme": _("‘{path}’ 같은 주소는 쓸 수 없어요."),
    "content.link_scheme.remedy": _("https://로 시작하는 주소나, 이 프로그램 안의 파일 이름을 적어 주세요."),
    "content.bad_math": _("수식을 읽을 수 없어요: {tex} ({detail})"),
    "content.bad_math.remedy": _(
        "중괄호의 짝과 명령의 철자를 확인해 주세요. 수식이 아니라 돈을 뜻하는 $라면 `\\$`로 적어 주세요."
    ),
    "content.unknown_math": _("수식 명령 {command:을를} 알지 못해요. 적힌 그대로 보여요."),
    "content.unknown_math.remedy": _("철자를 확인하거나 다른 명령으로 바꿔 주세요."),
    "content.raw_html": _("글 안에 HTML 태그가 있어요. 태그는 글자 그대로 보여요."),
    "content.raw_html.remedy": _("마크다운으로 바꿔 주세요. 부등호를 쓰려던 것이라면 `` `<` ``처럼 적어 주세요."),
    "content.active_html": _("글 안에 무언가를 실행하거나 불러오는 HTML(`{tag}`)이 있어요."),
    "content.active_html.remedy": _(
        "지워 주세요. 실행할 것은 코드 칸으로, 그림은 `images` 폴더의 파일로 넣어요. "
        "보여 주려는 글자라면 `` ` ``로 감싸 주세요."
    ),
    "content.unknown_block": _("{name:이라라}는 상자는 없어요."),
    "content.unknown_block.remedy": _("쓸 수 있는 것: {known}. 상자는 `:::{{note}}`로 열고 `:::`으로 닫아요."),
    "content.unknown_block.near": _("혹시 {suggestion:을를} 쓰려고 했나요?"),
    "content.unclosed_block": _("`{mark}`로 연 상자나 코드가 닫히지 않았어요."),
    "content.unclosed_block.remedy": _(
        "끝나는 곳에 `{mark}`만 있는 줄을 넣어 주세요. 상자 안의 상자는 바깥쪽 콜론을 더 많이 써요."
    ),
    "content.stray_asterisks": _("굵은 글씨가 되지 못한 `**`가 글에 그대로 보여요."),
    "content.stray_asterisks.remedy": _("`**`의 짝을 맞추고, `**`와 글자 사이의 빈칸을 없애 주세요."),
    # code and notebooks
    "content.python_syntax": _("파이썬 문법에 맞지 않아요: {detail}"),
    "content.python_syntax.remedy": _("이 줄과 바로 윗줄의 괄호, 따옴표, 콜론(:), 들여쓰기를 확인해 주세요."),
    "content.notebook_broken": _("노트북 파일을 읽을 수 없어요: {detail}"),
    "content.notebook_broken.remedy": _("주피터에서 열어 다시 저장한 .ipynb 파일을 넣어 주세요."),
    "content.notebook_python": _("{cell}번째 칸의 {cell_line}번째 줄이 파이썬 문법에 맞지 않아요: {detail}"),
    "content.notebook_python.remedy": _("그 칸을 고쳐 주세요. 학생이 채울 자리에는 `...`을 적으면 돼요."),
    "content.notebook_cell_missing": _("문항 ‘{question}’의 칸이 노트북에 없어요."),
    "content.notebook_cell_missing.remedy": _("문항의 코드 칸을 `# {question}` 줄로 시작해 주세요."),
    "content.notebook_cell_twice": _("문항 ‘{question}’의 칸이 여러 개예요({cells}번째)."),
    "content.notebook_cell_twice.remedy": _("하나만 남기고 표시를 지워 주세요."),
    # fetching a source
    "content.source_offline": _("이 컴퓨터는 밖에서 데이터를 받을 수 없게 되어 있어요: {url}"),
    "content.source_offline.remedy": _(
        "그 주소의 파일을 다른 컴퓨터에서 내려받아 {name:이라라}는 이름으로 "
        "데이터 사본 폴더(SAEM_DATA_MIRRORS)에 넣어 주세요."
    ),
    "content.source_not_https": _("데이터 주소는 https://로 시작해야 해요: {url}"),
    "content.source_not_https.remedy": _("https 주소를 찾아 적어 주세요."),
    "content.source_unreachable": _("{host}에서 데이터를 받지 못했어요({detail})."),
    "content.source_unreachable.remedy": _(
        "잠시 뒤에 다시 해 보세요. 계속 안 되면 다른 컴퓨터에서 {url} 파일을 내려받아 {name:이라라}는 이름으로 "
        "데이터 사본 폴더(SAEM_DATA_MIRRORS)에 넣어 주세요."
    ),
    "content.source_too_large": _("데이터 파일이 {limit} MB보다 커요."),
    "content.source_too_large.remedy": _("필요한 부분만 담은 더 작은 파일을 써 주세요."),
    "content.source_package": _("{source:은는} 표로 바꿀 수 없는 데이터예요."),
    "content.source_package.remedy": _("행과 열로 된 다른 데이터를 골라 주세요."),
    "content.source_file": _("프로그램 폴더 안에 ‘{path}’ 파일이 없어요."),
    "content.source_file.remedy": _("파일을 넣거나 `file:` 뒤의 이름을 고쳐 주세요."),
    "content.source_zip": _("압축 파일에서 표를 고르지 못했어요(member: {member}). 안에 있는 것: {found}"),
    "content.source_zip.remedy": _("`member:`에 읽을 파일의 이름을 적어 주세요."),
    "content.source_encoding": _("데이터의 글자를 {encoding:으로로} 읽을 수 없어요."),
    "content.source_encoding.remedy": _(
        "`encoding:`을 고쳐 주세요. 이 파일을 읽을 수 있는 것: {works}. 우리나라 공공 데이터는 cp949일 때가 많아요."
    ),
    "content.source_csv": _("데이터 {row}행의 모양이 달라요. 칸이 {expected}개여야 하는데 {found}개예요."),
    "content.source_csv.remedy": _("`separator:`와 `header:`가 파일과 맞는지 확인해 주세요."),
    "content.source_not_table": _("데이터에서 표를 찾지 못했어요: {detail}"),
    "content.source_not_table.remedy": _("주소가 CSV 파일이나 그 압축 파일을 바로 가리키는지 확인해 주세요."),
    "content.source_columns": _("데이터에 {missing} 열이 없어요."),
    "content.source_columns.remedy": _("열 이름을 고쳐 주세요. 데이터에 있는 열: {found}"),
    "content.source_column_count": _("열이 {expected}개여야 하는데 데이터에는 {found}개 있어요."),
    "content.source_column_count.remedy": _(
        "데이터의 모든 열을 순서대로 적어 주세요. 적혀 있는 열: {wanted}. 데이터의 열: {names}"
    ),
    "content.source_date": _("{row}번째 자료의 {column} 값 {value:을를} 날짜로 읽을 수 없어요."),
    "content.source_date.remedy": _("`dates:`에 적은 모양({form})이 데이터와 맞는지 확인해 주세요."),
    "content.source_rows": _("데이터가 {expected}행이어야 하는데 {found}행이에요."),
    "content.source_rows.remedy": _("출처의 파일이 바뀌었을 수 있어요. 내용을 확인하고 `fingerprint`를 고쳐 주세요."),
    "content.source_sum": _("{column} 열의 합이 {expected:이가} 되어야 하는데 {found:이에요예요}."),
    "content.source_sum.remedy": _("출처의 파일이 바뀌었을 수 있어요. 내용을 확인하고 `fingerprint`를 고쳐 주세요."),
    # items
    "content.items_not_list": _("‘{name}’ 파일은 문항의 목록이어야 해요."),
    "content.items_not_list.remedy": _("문항마다 `- id: …`로 시작해 주세요."),
    "content.item_twice": _("문항 {id:이가} 두 번 나와요. 처음은 {first:이에요예요}."),
    "content.item_twice.remedy": _(
        "둘 가운데 하나의 id를 바꿔 주세요. 학습 기록이 id로 이어지니, 이미 쓰던 문항의 id는 그대로 두세요."
    ),
    "content.unknown_item_kind": _("{name:이라라}는 문항 종류는 없어요."),
    "content.unknown_item_kind.remedy": _("쓸 수 있는 종류: {known}"),
    "content.unknown_item_kind.near": _("혹시 {suggestion:을를} 쓰려고 했나요?"),
    "content.no_right_option": _("맞는 선택지가 없어요."),
    "content.no_right_option.remedy": _("맞는 선택지에 `right: true`를 적어 주세요."),
    "content.two_right_options": _("맞는 선택지가 둘 이상이에요."),
    "content.two_right_options.remedy": _("하나만 남기거나 `kind: choices`로 바꿔 주세요."),
    "content.same_options": _("문항 {item}의 선택지 둘이 똑같아요: {text} (변형 {seed})"),
    "content.same_options.remedy": _("선택지의 글을 바꾸거나, `where`로 값이 겹치지 않게 해 주세요."),
    "content.no_feedback": _("선택지 {id:이가} 왜 틀렸는지 적혀 있지 않아요."),
    "content.no_feedback.remedy": _("`feedback:`에 어떤 오해에서 나온 답인지 적어 주세요."),
    "content.unit_size": _("단위 {unit}의 크기는 0보다 커야 해요."),
    "content.unit_size.remedy": _("기본 단위의 몇 배인지 적어 주세요. `unit: m`이면 km는 1000이에요."),
    "content.drawn_shape": _("값 {name:을를} 어떻게 뽑을지 분명하지 않아요."),
    "content.drawn_shape.remedy": _("`low`와 `high`를 함께 적거나 `one_of`만 적어 주세요."),
    "content.bad_expression": _("계산식 ‘{expression}’에서 ‘{part}’ 부분을 쓸 수 없어요."),
    "content.bad_expression.remedy": _(
        "수와 위에 적은 이름, + - * / // % **, 비교, and·or·not과 "
        "min, max, round, abs, sum, mean, median, sqrt, len만 쓸 수 있어요."
    ),
    "content.unknown_parameter": _("{name:이라라}는 값이 `parameters`에 없어요."),
    "content.unknown_parameter.remedy": _(
        "이름을 고치거나 `parameters`에 더해 주세요. 여기에서 쓸 수 있는 이름: {known}"
    ),
    "content.unknown_parameter.near": _("혹시 {suggestion:을를} 말하나요?"),
    "content.expression_fails": _("문항 {item}의 계산식 ‘{expression}’을 셈할 수 없어요: {detail}"),
    "content.expression_fails.remedy": _("0으로 나누거나 목록을 수처럼 쓰지 않았는지 확인해 주세요."),
    "content.no_variant": _("문항 {item}에서 조건 ‘{condition}’에 맞는 값을 {tries}번 안에 뽑지 못했어요."),
    "content.no_variant.remedy": _("값의 범위를 좁히거나 조건을 느슨하게 해 주세요."),
    "content.same_variants": _("문항 {item:은는} {seeds}번 뽑아도 서로 다른 변형이 {found}개뿐이에요."),
    "content.same_variants.remedy": _("값의 범위를 넓히고, 값을 `{{{{이름}}}}`으로 글에 넣었는지 확인해 주세요."),
    "content.right_answer_fails": _("문항 {item}의 정답({answer})이 만점을 받지 못해요(변형 {seed})."),
    "content.right_answer_fails.remedy": _("정답과 조건을 다시 확인해 주세요."),
    "content.wrong_answer_passes": _("문항 {item}의 오답({answer})이 만점을 받아요(변형 {seed})."),
    "content.wrong_answer_passes.remedy": _("정답과 겹치지 않게 고치거나, `where`로 그런 값을 빼 주세요."),
    "content.gives_away": _("문항 {item}의 글에 정답이 그대로 들어 있어요."),
    "content.gives_away.remedy": _("정답을 빼고, 어떻게 구하는지만 적어 주세요."),
    "content.code_not_for_diagnosis": _("문항 {item:은는} 코드를 쓰는 문항이어서 진단에 나오지 않아요."),
    "content.code_not_for_diagnosis.remedy": _(
        "`use`를 `practice`로 바꾸거나, 같은 것을 다른 종류의 문항으로 물어보세요."
    ),
    "content.line_shape": _("줄 {id}에는 `code`나 `text` 가운데 하나만 있어야 해요."),
    "content.line_shape.remedy": _("코드라면 `code:`, 말로 쓴 순서라면 `text:`만 적어 주세요."),
    "content.also_shape": _("다른 순서에 {missing:이가} 없거나 두 번 있어요."),
    "content.also_shape.remedy": _("`also`에는 `lines`의 id를 모두 한 번씩 적어 주세요."),
    "content.chart_shape": _("그림의 자료 {title:이가} {found}개인데 가로축의 이름은 {expected}개예요."),
    "content.chart_shape.remedy": _("둘의 수를 같게 맞춰 주세요."),
    "content.chart_question": _("그림 문항에는 `choice`나 `number` 가운데 하나가 있어야 해요."),
    "content.chart_question.remedy": _("고르는 문제라면 `choice:`, 값을 읽는 문제라면 `number:`만 적어 주세요."),
    # answers that cannot be read, and remarks
    "content.answer_empty": _("답이 비어 있어요."),
    "content.answer_empty.remedy": _("답을 적거나 고른 다음 제출해 주세요."),
    "content.answer_too_long": _("답이 너무 길어요. {limit}자까지 적을 수 있어요."),
    "content.answer_too_long.remedy": _("묻는 것만 짧게 적어 주세요."),
    "content.answer_unknown_option": _("고른 것이 이 문항에 없어요."),
    "content.answer_unknown_option.remedy": _("페이지를 새로 고치고 다시 골라 주세요."),
    "content.answer_incomplete": _("아직 짝을 정하지 않은 것이 {left}개 있어요."),
    "content.answer_incomplete.remedy": _("남은 것의 짝도 모두 골라 주세요."),
    "content.answer_twice": _("같은 줄을 두 번 썼어요."),
    "content.answer_twice.remedy": _("한 줄은 한 번만 놓아 주세요."),
    "content.answer_same_place": _("두 줄의 순서가 같아요."),
    "content.answer_same_place.remedy": _("줄마다 다른 순서를 적고, 쓰지 않을 줄은 비워 두세요."),
    "content.answer_indent": _("순서는 맞지만 들여쓰기가 달라요."),
    "content.answer_indent.remedy": _("어느 줄이 어느 줄의 안에 있는지 다시 보세요."),
    "content.answer_needs_run": _("코드는 실행해 보아야 채점할 수 있어요."),
    "content.answer_needs_run.remedy": _("실행 버튼을 눌러 주세요."),
    "content.answer_not_number": _("‘{text}’에서 수를 읽지 못했어요."),
    "content.answer_not_number.remedy": _("3200, 0.25, 1/4, 25%처럼 적어 주세요. 소수점에는 쉼표 대신 점을 써요."),
    "content.answer_unknown_unit": _("이 문항에서 쓰지 않는 단위예요: {unit}"),
    "content.answer_unknown_unit.remedy": _("쓸 수 있는 단위: {known}"),
    "content.answer_unit_missing": _("단위가 빠졌어요."),
    "content.answer_unit_missing.remedy": _("수 뒤에 단위를 적어 주세요: {known}"),
    "content.answer_sign": _("크기는 맞지만 부호가 반대예요."),
    "content.answer_sign.remedy": _("어느 쪽에서 어느 쪽을 뺐는지 다시 보세요."),
    "content.answer_hundredfold": _("백 배만큼 달라요."),
    "content.answer_hundredfold.remedy": _("비율과 백분율(%)을 바꾸어 쓰지 않았는지 보세요."),
    "content.answer_nearly": _("글자 하나가 달라요."),
    "content.answer_nearly.remedy": _("철자를 다시 확인해 보세요."),
    # packing and unpacking
    "content.archive_broken": _("압축 파일을 열 수 없어요: {detail}"),
    "content.archive_broken.remedy": _("암호 없이 zip으로 다시 압축해 주세요."),
    "content.archive_too_large": _("‘{name}’까지 풀었더니 {limit} MB를 넘었어요."),
    "content.archive_too_large.remedy": _("큰 파일을 빼고 다시 압축해 주세요."),
    "content.archive_too_many": _("압축 파일에 파일이 {limit}개보다 많아요."),
    "content.archive_too_many.remedy": _("프로그램 폴더만 압축했는지 확인해 주세요."),
    "content.archive_name": _("압축 파일 안에 쓸 수 없는 파일 이름이 있어요: {name}"),
    "content.archive_name.remedy": _("프로그램 폴더를 골라 새로 압축해 주세요."),
    "content.archive_link": _("압축 파일 안의 {name:은는} 실제 파일이 아니라 링크예요."),
    "content.archive_link.remedy": _("링크를 지우고 실제 파일을 넣어 다시 압축해 주세요."),
    "content.archive_twice": _("압축 파일 안에 {name:과와} 같은 이름이 또 있어요."),
    "content.archive_twice.remedy": _(
        "하나만 남기고 다시 압축해 주세요. 대문자와 소문자만 다른 이름도 같은 이름으로 봐요."
    ),
    "content.archive_target": _("‘{folder}’ 폴더가 비어 있지 않아요."),
    "content.archive_target.remedy": _("비어 있는 폴더나 새 폴더를 골라 주세요."),
}
