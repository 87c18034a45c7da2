"""What a selection says: problems of rules, of scores and sheets, and the reasons of every decision."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    # --- acts that are not possible now
    "selection.reason_needed": _("지원이 시작된 뒤에는 바꾸는 까닭을 써야 해요."),
    "selection.stages_fixed": _("추첨한 뒤에는 전형과 동점 기준을 바꿀 수 없어요. 모집 인원과 몫만 바꿀 수 있어요."),
    "selection.still_open": _("아직 지원을 받고 있어요. 마감한 뒤에 추첨할 수 있어요."),
    "selection.others_waiting": _(
        "추천서나 보호자 동의를 기다리는 지원서가 있어요. 받는 기간이 끝나면 추첨할 수 있어요."
    ),
    "selection.drawn_already": _("이미 추첨해서, 참여하는 지원서가 정해졌어요."),
    "selection.not_drawn": _("공개 추첨을 먼저 해 주세요. 동점이면 추첨 순서로 정해요."),
    "selection.reviews_missing": _("아직 심사가 모자란 지원서가 {people}개 있어요. 모두 모이면 마감할 수 있어요."),
    "selection.busy": _("계산하는 동안 점수가 계속 바뀌었어요. 잠시 뒤에 다시 해 주세요."),
    "selection.stage_settled": _("이 전형은 마감했어요. 점수와 심사자는 이제 바꿀 수 없어요."),
    "selection.applications_gone": _("보관 기간이 끝난 지원서를 지워서, 이제 아무것도 계산하지 않아요."),
    "selection.not_settled": _("아직 마감하지 않은 전형이 있어요."),
    # --- what came of an act that a job computed
    "selection.run.other": _("앞서 누른 것을 아직 계산하고 있어요. 끝난 뒤에 다시 눌러 주세요."),
    "selection.run.changed": _("그 사이에 기준이나 점수, 상태가 바뀌었어요. 바뀐 내용을 보고 다시 눌러 주세요."),
    "selection.run.overtaken": _("다른 일을 먼저 하느라 계산을 그만두었어요. 필요하면 다시 눌러 주세요."),
    "selection.run.assigned": _("‘{stage}’ 심사를 맡기고, 새로 맡은 심사자에게 알렸어요."),
    "selection.run.assigned_short": _(
        "심사 {missing}건은 맡길 사람이 없어요(지원서 {people}개). 심사자를 더 부르거나 맡을 수를 늘려 주세요."
    ),
    "selection.run.nobody_differs": _("심사자 사이가 크게 벌어진 지원서가 이제 없어요."),
    "selection.run.points": _("‘{stage}’ 점수를 계산했어요."),
    "selection.run.drawn": _("지원서 {people}개의 순서를 추첨하고 비밀 값을 공개했어요. 누구나 다시 해 볼 수 있어요."),
    "selection.run.draw_problems": _("추첨에 넣을 수 없는 지원서가 있어서 추첨하지 않았어요({number}건)."),
    "selection.run.previewed": _("누가 합격하는지 미리 계산했어요."),
    "selection.run.settled": _("{stage}까지 결과를 계산했어요."),
    "selection.run.published": _("결과를 발표했어요. 지원자마다 까닭을 적은 통지를 보내고 있어요."),
    "selection.run.concluded": _("이의 신청에 따라 결정 {people}개를 새로 알렸어요."),
    "selection.run.more_reviews": _("점수를 바로잡고 다시 계산했어요. 남은 심사가 모두 모이면 이어서 결정해요."),
    "selection.run.failed": _(
        "계산을 마치지 못했어요. 바뀐 것은 없으니 다시 눌러 주세요. 또 그러면 운영자에게 알려 주세요."
    ),
    "offer.over": _("이 자리는 이제 등록할 수 없어요. 기한이 지났거나 이미 답했어요."),
    "appeal.over": _("이의를 신청할 수 있는 기간이 아니에요."),
    "appeal.own_review": _("이 지원서를 심사한 사람은 이의 신청에 답할 수 없어요. 다른 담당자가 답해 주세요."),
    "appeal.answered_already": _("다른 담당자가 먼저 답했어요."),
    # --- rules
    "selection.rules.shape": _("빈 곳이 있거나 쓸 수 없는 값이 있어요."),
    "selection.rules.repeated_id": _("같은 이름표를 두 번 썼어요."),
    "selection.rules.no_weight": _("여기까지 전형의 비중이 모두 0이라 순위를 매길 수 없어요."),
    "selection.rules.scale": _("가장 높은 점수가 가장 낮은 점수보다 커야 해요."),
    "selection.rules.minimum": _("기준 점수를 다시 봐 주세요."),
    "selection.rules.trimmed_too_few": _("가장 높은 점수와 낮은 점수를 빼려면 심사자가 세 명 이상이어야 해요."),
    "selection.rules.last_stage_advances": _("마지막 전형 뒤에는 갈 곳이 없어요. ‘몇 배’를 비워 주세요."),
    "selection.rules.stage_keeps_all": _("모두가 다음 전형으로 가요. 몇 배가 가는지 쓰거나 기준 점수를 써 주세요."),
    "selection.rules.advances_too_few": _("다음 전형으로 {advance}명만 가면 모집 인원 {seats}명을 채울 수 없어요."),
    "selection.rules.unknown_stage": _("동점 기준에서 고른 전형이 없어요."),
    "selection.rules.lottery_not_last": _("동점 기준은 추첨으로 끝나야 해요."),
    "selection.rules.repeated_tie_break": _("같은 동점 기준을 두 번 골랐어요."),
    "selection.rules.unknown_attribute": _("지원서에 없는 질문이에요."),
    "selection.rules.unknown_value": _("그 질문에 없는 답이에요: {value}"),
    "selection.rules.quota_of_nothing": _("적어도 몇 명인지, 많아야 몇 명인지 써 주세요."),
    "selection.rules.quota_for_everybody": _("누구를 위한 몫인지 골라 주세요."),
    "selection.rules.share_over_all": _("{share:은는} 모집 인원보다 많아요."),
    "selection.rules.floor_over_seats": _("적어도 {at_least}명이면 모집 인원 {seats}명보다 많아요."),
    "selection.rules.floor_over_cap": _("적어도 {at_least}명인데 많아야 {at_most}명이라고 했어요."),
    "selection.rules.quotas_contradict": _("이것들은 누가 지원해도 함께 지킬 수 없어요: {sides}"),
    "selection.application.repeated": _("같은 지원서가 두 번 있어요."),
    "selection.application.id": _("접수 번호를 추첨에 쓸 수 없어요."),
    "selection.application.missing_attribute": _("몫을 셈할 답이 없어요."),
    "selection.application.bad_attribute": _("몫을 셈할 수 없는 답이에요: {value}"),
    "selection.application.missing_tie_break": _("동점 기준에 필요한 값이 없어요."),
    # --- scores and sheets
    "score.no_number": _("숫자로 써 주세요. 소수점 아래는 네 자리까지 쓸 수 있어요."),
    "score.outside": _("{least}점에서 {most}점까지 줄 수 있어요."),
    "score.missing": _("점수를 써 주세요."),
    "sheet.not_read": _("아직 읽지 못했거나 반영할 것이 없는 파일이에요."),
    "sheet.no_form": _("지원서 양식을 먼저 공개해 주세요."),
    "sheet.unknown_receipt": _("이 전형에 없는 접수 번호예요: {receipt}"),
    "sheet.unknown_reviewer": _("심사자 가운데 이 이메일을 쓰는 사람이 없어요: {reviewer}"),
    "sheet.row_twice": _("같은 지원서와 심사자의 줄이 위에 있어요: {receipt}"),
    "sheet.score_newer": _("보고서를 만든 뒤에 심사자가 {receipt:을를} 고쳐서, 심사자가 쓴 점수를 그대로 두었어요."),
    "sheet.comment_alone": _("점수 없이 의견만 있어서 반영하지 않아요: {receipt}"),
    "sheet.not_assigned": _("{reviewer:은는} 지원서 {receipt:을를} 맡지 않았어요."),
    "sheet.no_email": _("이메일 주소가 아니에요: {email}"),
    "sheet.applied_already": _("이 이메일로 낸 지원서가 이미 있어요: {email}"),
    "sheet.column_left_out": _("‘{title}’ 열이 없어서, 모두 비워 둔 것으로 읽었어요."),
    "sheet.person_twice": _("{first}줄과 같은 사람이에요."),
    "sheet.nobody_named": _("누구의 추천인지 알 수 없어요. 접수 번호나 이메일, 또는 성명과 생년월일을 써 주세요."),
    "sheet.unknown_applicant": _("제출한 지원서 가운데 찾을 수 없어요: {who}"),
    "sheet.many_meant": _("같은 사람이 여럿이라 누구인지 알 수 없어요. 접수 번호를 써 주세요: {who}"),
    "sheet.applicants_differ": _("같은 줄의 다른 칸과 다른 지원자예요: {who}"),
    "sheet.recommended_already": _("이미 추천을 받은 지원자예요."),
    "sheet.no_recommender": _("추천인의 성명이 비어 있어요."),
    "sheet.answer_unclear": _("추천하는지 알 수 없어요. 추천이나 비추천으로 써 주세요: {said}"),
    "sheet.text_long": _("{title:은는} {most}자까지 쓸 수 있어요."),
    "sheet.link_ends": _("지원자가 링크로 부탁해 둔 추천은 이 답으로 끝나요."),
    "sheet.changed_meanwhile": _(
        "{line}줄의 지원서({receipt})가 그사이 달라져서 아무것도 기록하지 않았어요. 다시 올려 주세요."
    ),
    "sheet.name_long": _("이름이 너무 길어요."),
    "sheet.no_grade": _("학년을 알 수 없어요: {grade}"),
    # --- reasons of decisions
    "selection.by_rank": _("지원자 {people}명 가운데 {rank}위로, 모집 인원 {seats}명 안에 들었어요."),
    "selection.by_quota": _("{people}명 가운데 {rank}위이고, 미리 선언한 몫({quotas})에 따라 합격했어요."),
    "selection.moved_up": _("{people}명 가운데 {rank}위이고, 앞선 사람이 많아야 몇 명까지라는 몫에 걸려서 합격했어요."),
    "selection.passed_over": _(
        "{people}명 가운데 {rank}위이지만, 미리 선언한 몫({quotas})을 함께 지키느라 합격하지 못했어요."
    ),
    "selection.below_line": _("{people}명 가운데 {rank}위로, 모집 인원 {seats}명 안에 들지 못했어요."),
    "selection.by_draw": _("바로 옆 순위와 점수와 동점 기준이 모두 같아서 공개 추첨 순서({place}번째)로 정했어요."),
    "selection.on_reserve": _("예비 {place}번이에요. 자리가 나면 순번과 몫에 따라 넘어가요."),
    "selection.below_minimum": _("{stage}에서 {points}점으로, 기준 점수 {minimum}점에 미치지 못했어요."),
    "selection.not_advanced": _("{stage}까지 {rank}위로, 다음 전형으로 가는 {advance}명 안에 들지 못했어요."),
    "selection.from_reserve": _("앞선 사람이 등록하지 않아서 예비 순번({rank}위)으로 자리가 넘어왔어요."),
    "selection.appeal_won": _("이의 신청을 받아들여 다시 계산하니 {rank}위로, 모집 인원 {seats}명 안에 들어요."),
    # --- seats that pass on
    "passing.seats_below_held": _(
        "등록했거나 답을 기다리는 사람이 모집 인원보다 {people}명 많아요. 아무도 자리를 잃지 않아요."
    ),
    "passing.over_at_most": _("‘{quota}’ 몫이 많아야 하는 수보다 {people}명 많아요."),
    "passing.short_of_at_least": _("‘{quota}’ 몫을 채울 사람이 {people}명 모자라요."),
    "passing.seats_stay_empty": _("예비 순번에 넘겨받을 사람이 없어서 {people}자리가 비어 있어요."),
}
