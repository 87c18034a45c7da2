"""What stands in the way of planning a session, checking in, marking a list, and reading an attendance sheet."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    # --- the timetable
    "session.changed_by_other": _(
        "그사이 다른 담당자가 이 차시를 고쳤어요. 이번 수정은 저장하지 않았어요. 지금 시간표를 보고 다시 저장해 주세요."
    ),
    "session.cancelled": _("취소된 차시예요. 출석을 표시하려면 먼저 취소를 되돌려 주세요."),
    "calendar.too_often": _("달력이 너무 자주 물어봤어요. 한 시간 뒤에 다시 열려요."),
    # --- check-in by code
    "checkin.not_yours": _("이 차시의 명단에 없어서 출석을 기록하지 않았어요. 맞는 차시라면 선생님께 말씀드려요."),
    "checkin.closed": _("지금은 출석을 받는 시간이 아니에요. 늦었다면 선생님께 말씀드려요."),
    # --- the list
    "roll.minutes": _("몇 분인지 써 주세요. 차시가 진행되는 동안에는 비워 두면 지금 시각으로 세요."),
    "roll.excuse": _("인정하는 사유를 골라 주세요."),
    "press.unknown_person": _("이 명단에 없는 사람이에요. 화면을 새로 고쳐 주세요."),
    "press.future": _("아직 오지 않은 시각이라 기록하지 않았어요. 기기의 시계를 확인해 주세요."),
    "press.too_early": _("차시가 있는 날보다 앞선 시각이라 기록하지 않았어요. 기기의 시계를 확인해 주세요."),
    "press.conflict": _("그사이 다른 선생님이 표시를 바꿨어요. 지금 표시를 보고 필요하면 다시 눌러 주세요."),
    "press.cancelled": _("취소된 차시라 기록하지 않았어요."),
    "press.too_often": _("너무 많이 보냈어요. 10분 뒤에 저절로 다시 보내요."),
    "press.unreadable": _("보낸 내용을 읽을 수 없어요. 화면을 새로 고쳐 주세요."),
    # --- the sheet
    "attendance.cell_word": _("‘{value}’ 표시를 읽을 수 없어요."),
    "attendance.cell_word.remedy": _("출석, 지각 5, 조퇴 10, 결석, 인정(질병)처럼 써 주세요."),
    "attendance.name_differs": _("번호는 ‘{name}’ 님인데 이름이 ‘{value}’예요. 한쪽 열만 정렬했을 수 있어요."),
    "attendance.number_differs": _(
        "‘{name}’ 님의 줄에 다른 번호 ‘{value}’ 값이 있어요. 다른 학급의 출석부일 수 있어요."
    ),
    "attendance.number_differs.remedy": _("이 줄은 반영하지 않아요. 이 학급에서 받은 출석부인지 확인해 주세요."),
    "attendance.name_differs.remedy": _("이 줄은 반영하지 않아요. 번호와 이름이 같은 사람인지 확인해 주세요."),
}
