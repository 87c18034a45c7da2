"""What cannot be carried from one format to another, and what can be done about it.

As in `content`: what is wrong, and `.remedy` (what to do).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, Promise] = {
    # what was done
    "exchange.written": _("{file}에 파일 {count}개를 썼어요."),
    # reading XML
    "exchange.not_xml": _("XML 파일을 읽을 수 없어요: {detail}"),
    "exchange.not_xml.remedy": _("파일을 만든 프로그램에서 다시 내보내 주세요."),
    "exchange.xml_doctype": _("DOCTYPE 선언이 있는 XML은 안전하지 않아 읽지 않아요."),
    "exchange.xml_doctype.remedy": _("`<!DOCTYPE …>` 부분을 지우고 다시 가져와 주세요."),
    "exchange.xml_large": _("XML 파일이 {size} MB예요. {limit} MB까지 읽을 수 있어요."),
    "exchange.xml_large.remedy": _("문항을 나누어 여러 파일로 내보내 주세요."),
    "exchange.xml_deep": _("XML이 너무 깊거나 길어요. {depth}겹, 요소 {elements}개까지 읽을 수 있어요."),
    "exchange.xml_deep.remedy": _("문항을 나누어 여러 파일로 내보내 주세요."),
    # packages
    "exchange.exists": _("‘{name}’ 파일이 이미 있고 내용이 달라요."),
    "exchange.exists.remedy": _("파일 이름을 바꾸거나, 덮어써도 된다면 `--force`를 붙여 주세요."),
    "exchange.no_manifest": _("imsmanifest.xml이 없어서 무엇이 들어 있는지 알 수 없어요."),
    "exchange.no_manifest.remedy": _("Common Cartridge(.imscc)로 내보낸 파일인지 확인해 주세요."),
    "exchange.resource": _("‘{name}’ 종류의 자료는 가져오지 않았어요."),
    "exchange.resource.remedy": _("필요한 내용이면 수업의 글이나 링크로 적어 주세요."),
    "exchange.no_items": _("QTI 문항이 하나도 없어요."),
    "exchange.no_items.remedy": _("문항을 QTI로 내보낸 zip이나 XML 파일인지 확인해 주세요."),
    "exchange.no_pages": _("책의 쪽(.md, .ipynb)이 하나도 없어요."),
    "exchange.no_pages.remedy": _("Jupyter Book 폴더나 .md, .ipynb 파일을 골라 주세요."),
    "exchange.not_in_package": _("목록에 있는 ‘{name}’ 파일이 들어 있지 않아요."),
    "exchange.not_in_package.remedy": _("빠진 파일을 넣거나 목록에서 지워 주세요."),
    "exchange.not_text": _("‘{name}’ 파일의 글자를 읽을 수 없어요. UTF-8이 아니에요."),
    "exchange.not_text.remedy": _("편집기에서 ‘UTF-8로 저장’을 골라 다시 저장해 주세요."),
    # what does not come along into our format
    "exchange.interaction": _("‘{name}’ 방식의 문항은 가져올 수 없어요."),
    "exchange.interaction.remedy": _(
        "필요하다면 다른 종류의 문항으로 새로 만들어 주세요. 가져올 수 있는 방식: {known}"
    ),
    "exchange.several_interactions": _("한 문항에서 {count}가지를 물어서 가져올 수 없어요."),
    "exchange.several_interactions.remedy": _("하나씩 묻는 문항으로 나누어 주세요."),
    "exchange.template": _("값이 바뀌는 문항(template)은 가져올 수 없어요."),
    "exchange.template.remedy": _("가져올 곳에서 `parameters`를 써서 새로 만들어 주세요."),
    "exchange.no_answer": _("정답이 적혀 있지 않아 문항을 만들 수 없어요."),
    "exchange.no_answer.remedy": _("원래 파일에 정답(correctResponse)을 넣어 다시 내보내 주세요."),
    "exchange.scoring": _("채점 방식을 그대로 옮기지 못했어요. 정답 하나에 점수를 모두 줘요."),
    "exchange.scoring.remedy": _("정답과 오차, 부분 점수를 확인해 주세요."),
    "exchange.element": _("‘{name}’ 부분은 옮기지 못했어요."),
    "exchange.element.remedy": _("가져온 글을 읽어 보고 필요하면 고쳐 주세요."),
    "exchange.formula": _("수식을 LaTeX로 바꾸지 못했어요: {text}"),
    "exchange.formula.remedy": _("가져온 글에서 `$…$` 사이에 LaTeX로 적어 주세요."),
    "exchange.picture": _("‘{name}’ 그림이나 파일은 가져오지 못했어요."),
    "exchange.picture.remedy": _("필요한 그림이면 `images` 폴더에 넣고 글에 적어 주세요."),
    "exchange.picture_alt": _("‘{name}’ 그림에 설명이 없어요."),
    "exchange.picture_alt.remedy": _("`![그림 설명](…)`처럼 보지 못하는 사람을 위한 설명을 적어 주세요."),
    "exchange.feedback_lost": _("언제 보이는지 알 수 없는 말이라 옮기지 않았어요: {text}"),
    "exchange.feedback_lost.remedy": _("알맞은 보기의 `feedback`이나 `explanation`에 적어 주세요."),
    "exchange.other_language": _("언어가 ‘{language}’라고 적혀 있어요. 한국어도 영어도 아니에요."),
    "exchange.other_language.remedy": _("가져온 글을 한국어와 영어로 옮겨 주세요."),
    "exchange.role": _("‘{name}’ 표시는 옮기지 못하고 글만 남겼어요."),
    "exchange.role.remedy": _("가져온 글을 읽어 보고 필요하면 링크로 바꿔 주세요."),
    "exchange.directive": _("‘{name}’ 상자는 옮기지 않았어요."),
    "exchange.directive.remedy": _(
        "필요한 내용이면 글이나 `note` 상자로 적어 주세요. 풀이라면 교사용 쪽에 적어 주세요."
    ),
    "exchange.other_code": _("‘{language}’ 코드는 실행할 수 없어서 보여 주기만 해요."),
    "exchange.other_code.remedy": _("실행할 코드는 파이썬으로 적어 주세요."),
    "exchange.languages_differ": _("‘{item}’ 문항의 두 언어가 서로 달라요. ‘{other}’만 옮겼어요."),
    "exchange.languages_differ.remedy": _("두 파일의 보기와 정답을 같게 맞추거나 빠진 언어를 직접 적어 주세요."),
    # what our format asks for and the source does not have
    "exchange.no_translation": _("‘{item}’에 빠진 언어가 있어요(`{language}`)."),
    "exchange.no_translation.remedy": _(
        "빠진 언어로도 적어 주세요. 문항은 `ko:`와 `en:`에, 수업은 `ko.md`와 `en.md`에 적어요."
    ),
    "exchange.no_skill": _("‘{item}’ 문항이 어떤 성취 요소를 묻는지 적혀 있지 않아요."),
    "exchange.no_skill.remedy": _("`skills: [...]`에 program.yaml의 성취 요소를 적어 주세요."),
    "exchange.no_explanation": _("정답을 풀이하는 말이 없어요."),
    "exchange.no_explanation.remedy": _("`explanation:`에 왜 그것이 정답인지 적어 주세요."),
    "exchange.no_feedback": _("‘{id}’ 보기가 왜 틀렸는지 알려 주는 말이 없어요."),
    "exchange.no_feedback.remedy": _("이 보기의 `feedback:`에 왜 틀렸는지 적어 주세요."),
    "exchange.no_prompt": _("묻는 말이 없어요."),
    "exchange.no_prompt.remedy": _("`prompt:`에 물음을 적어 주세요."),
    "exchange.cells_named": _("이름이 없던 코드 칸 {count}개에 이름을 붙였어요: {names}"),
    "exchange.cells_named.remedy": _(
        "학생의 기록은 칸의 이름에 남아요. 기수를 열기 전에 뜻이 있는 이름으로 바꿔 주세요."
    ),
    "exchange.lesson_incomplete": _("‘{name}’ 파일에는 아직 제목만 있어요."),
    "exchange.lesson_incomplete.remedy": _(
        "`goal`, `minutes`, `skills`와 연습의 `exercises`를 적고, program.yaml의 `steps`에 이 수업을 넣어 주세요."
    ),
    # what does not come along out of our format
    "exchange.item_runs": _("‘{item}’ 문항은 코드를 실행해서 채점하므로 QTI로 내보내지 않았어요."),
    "exchange.item_runs.remedy": _("다른 곳에서는 노트북으로 나누어 주세요."),
    "exchange.chart_as_table": _("‘{item}’ 문항의 그래프는 표로 내보냈어요. QTI에는 그래프가 없어요."),
    "exchange.chart_as_table.remedy": _("그래프를 꼭 보여 주어야 하면 그림으로 만들어 넣어 주세요."),
    "exchange.variants_drawn": _("‘{item}’ 문항은 값이 학생마다 달라요. 뽑은 값 {count}가지만 내보냈어요."),
    "exchange.variants_drawn.remedy": _("더 필요하면 `--variants`에 개수를 적어 주세요."),
    "exchange.units_lost": _("‘{item}’ 문항은 기본 단위의 수로만 답할 수 있게 내보냈어요."),
    "exchange.units_lost.remedy": _("묻는 말에 어떤 단위로 답하는지 적혀 있는지 확인해 주세요."),
    "exchange.indent_given": _("‘{item}’ 문항의 들여쓰기는 묻지 않고 보여 주게 내보냈어요."),
    "exchange.indent_given.remedy": _("들여쓰기까지 물으려면 샘에서 풀게 해 주세요."),
    "exchange.book_items": _("연습 문항 {count}개는 책에 들어가지 않아요."),
    "exchange.book_items.remedy": _("문항은 `--to qti`로 따로 내보내 주세요."),
}
