"""What is wrong with a form, an answer, a document, or the moment, when somebody applies."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    # --- completion
    "completion_withdrawn": _("이미 취소한 이수예요. 새로 고쳐서 지금 상태를 확인해 주세요."),
    "completion_not_met": _("지금은 이수로 기록할 수 없어요. 기준을 모두 채웠는지, 이미 이수했는지 확인해 주세요."),
    "completion_rules_changed": _("그 사이 다른 담당자가 기준을 바꿨어요. 지금 기준을 다시 보고 정해 주세요."),
    "completion_no_rule_today": _(
        "기수의 날짜에 맞는 기준이 하나도 없어요. `from`과 `until`을 기수 시작일에 맞춰 주세요."
    ),
    # --- the moment
    "call.not_open": _("지금은 지원을 받지 않아요. 쓴 내용은 그대로 남아 있어요."),
    "call.followup_over": _("추천서와 동의를 받는 기간이 끝났어요. 필요하면 운영 담당자에게 물어보세요."),
    "call.born_before": _("{day} 이후에 태어난 사람이 지원할 수 있어요. 생년월일을 다시 봐 주세요."),
    "call.born_after": _("{day}까지 태어난 사람이 지원할 수 있어요. 생년월일을 다시 봐 주세요."),
    "call.grade": _("이 모집은 {grades}만 지원할 수 있어요."),
    "application.withdrawn": _("취소한 지원이에요. 모집 기간이면 다시 지원할 수 있어요."),
    "recommendation.given_already": _("추천서가 이미 도착했어요."),
    "recommendation.ended": _("이 추천 부탁은 끝났어요."),
    "consent.given_already": _("보호자 동의를 이미 받았어요."),
    "link.unknown": _("열 수 없는 링크예요. 기한이 지났거나 새 링크가 나갔을 수 있어요. 보낸 사람에게 물어봐 주세요."),
    # --- answers
    "answer.missing": _("답을 써 주세요."),
    "answer.consent_missing": _("읽어 보고 동의하면 표시해 주세요."),
    "answer.file_missing": _("파일을 올려 주세요."),
    "answer.rows_missing": _("{least}개 이상 써 주세요."),
    "answer.rows_many": _("{most}개까지 쓸 수 있어요."),
    "answer.school_name": _("학교 이름을 써 주세요."),
    "answer.school_code": _("학교 코드는 B10-7010057처럼 써요. 모르면 비워 두세요."),
    "answer.date": _("날짜를 2026-03-02처럼 써 주세요."),
    "answer.choice": _("보기 가운데 하나를 골라 주세요."),
    "answer.long": _("{most}자까지 쓸 수 있어요. 지금은 {now}자예요."),
    "answer.number": _("숫자로 써 주세요."),
    "answer.small": _("{least} 이상의 숫자를 써 주세요."),
    "answer.large": _("{most} 이하의 숫자를 써 주세요."),
    # --- documents
    "document.empty": _("파일이 비어 있어요. 내용을 저장했는지 확인하고 다시 골라 주세요."),
    "document.unknown": _(
        "PDF, PNG, JPEG, 한글(HWPX), 워드(DOCX) 파일만 올릴 수 있어요. HWP나 DOC는 PDF로 저장해 주세요."
    ),
    "document.broken": _("파일이 깨져 있어서 열 수 없어요. 다시 저장해서 올려 주세요."),
    "document.active": _("매크로나 스크립트가 든 파일은 받지 않아요. PDF로 저장해서 올려 주세요."),
    "document.locked": _("암호가 걸린 파일이에요. 암호를 풀고 다시 올려 주세요."),
    "document.too_large": _("파일이 너무 커요. {limit_mb}MB까지 올릴 수 있어요."),
    # --- forms
    "form.changed_by_other": _(
        "그사이 다른 담당자가 양식을 고쳤어요. 이번 수정은 저장하지 않았어요. 새 내용을 보고 다시 해 주세요."
    ),
    "form.unreadable": _("질문의 이 부분을 읽을 수 없어요: {part}"),
    "form.empty": _("질문이 하나도 없어요. 질문을 넣어 주세요."),
    "form.too_long": _("질문은 {most}개까지 넣을 수 있어요."),
    "form.id_twice": _("같은 식별자를 쓰는 질문이 있어요. 다른 식별자를 써 주세요."),
    "form.no_label": _("질문을 한국어로 써 주세요."),
    "form.options": _("보기를 두 개에서 {most}개까지 넣어 주세요."),
    "form.option_twice": _("같은 보기가 두 번 있어요."),
    "form.no_option_label": _("보기의 이름을 한국어로 써 주세요."),
    "form.range": _("가장 작은 값이 가장 큰 값보다 커요."),
    "form.group_empty": _("묶음 안에 질문을 넣어 주세요."),
    "form.not_in_group": _("묶음 안에는 글, 숫자, 날짜, 고르기, 학교 질문만 넣을 수 있어요."),
    "form.condition_unknown": _("조건으로 삼은 질문은 이 질문보다 앞에 있는 고르기 질문이어야 해요."),
    "form.condition_value": _("조건으로 삼은 보기가 그 질문에 없어요."),
}
