"""Why a certificate cannot be made, and what checking a badge found."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    # --- certificates
    "certificate.not_completed": _("{name:은는} 아직 이수하지 않았거나 이수가 취소돼서 이수증을 만들 수 없어요."),
    "certificate.none_lacking": _("새로 만들 이수증이나 배지가 없어요. 이수한 사람은 모두 가지고 있어요."),
    "certificate.changed_meanwhile": _("그사이 이 이수증이 취소되거나 다시 발급됐어요. 지금 상태를 확인해 주세요."),
    "certificate.no_birth_date": _(
        "연수 이수증에는 생년월일이 필요해요. 연수 대상자 정보에 넣은 뒤 다시 만들어 주세요."
    ),
    "certificate.signs": _("인쇄할 수 없는 글자가 있어요: {signs}. 이름이나 과정 이름을 고친 뒤 다시 만들어 주세요."),
    "certificate.empty": _("이수증에 꼭 있어야 할 내용이 비어 있어요({field}). 채운 뒤 다시 만들어 주세요."),
    "certificate.long": _("한 장에 담기에는 너무 긴 내용이 있어요({field}). 줄인 뒤 다시 만들어 주세요."),
    "certificate.seal": _("직인 그림을 인쇄할 수 없어요. 다른 파일로 올린 뒤 다시 만들어 주세요."),
    "certificate.unfit": _("이수증에 쓸 수 없는 내용이 있어요({field}). 고친 뒤 다시 만들어 주세요."),
    "certificate.fault": _(
        "프로그램 문제로 만들지 못했어요. 다시 만들기를 눌러 주세요. 되풀이되면 사이트 관리자에게 알려 주세요."
    ),
    "certificate.no_signer": _(
        "이수증에 누구 이름과 직인을 찍을지 아직 정하지 않았어요. 기관의 ‘직인과 서명 키’에서 먼저 정해 주세요."
    ),
    # --- badges for results of projects
    "goal.closed": _("그만 주기로 한 배지예요. 새 기준으로 다시 만들어 주세요."),
    "goal.nobody": _("지금 새로 줄 사람이 없어요. 기준을 채운 사람은 모두 받았거나 받고 있어요."),
    "goal.there_already": _("이 프로젝트에 같은 기준의 배지가 이미 있어요."),
    "goal.below": _("그사이 결과가 바뀌어서 배지 기준에 못 미쳐요."),
    # --- badges
    "badge.there_already": _("이 기수에는 이수 배지가 이미 있어요. 내용은 ‘이수 배지 고치기’에서 바꿀 수 있어요."),
    "badge.endorsed_already": _("이미 보증한 배지예요."),
    "issuer.locked": _("서명 키를 열 수 없어요. 사이트 관리자에게 알려 주세요. (SAEM_CREDENTIALS_KEY)"),
    # --- what checking a badge found (lib.credentials.badges.State)
    "badge.state.valid": _("진짜 배지이고, 지금도 유효해요."),
    "badge.state.malformed": _("배지 파일이 아니거나 내용이 깨져 있어요."),
    "badge.state.unsupported_proof": _("서명이 없거나 이 사이트가 모르는 방식으로 서명했어요."),
    "badge.state.unknown_key": _("이 사이트의 기관이 준 배지가 아니에요. 배지를 준 곳에서 확인해 주세요."),
    "badge.state.bad_signature": _("서명이 맞지 않아요. 만든 뒤에 누군가 내용을 바꾼 파일이에요."),
    "badge.state.compromised_key": _("더는 믿을 수 없는 키로 서명했어요. 받은 사람이 배지를 다시 내려받아야 해요."),
    "badge.state.key_not_in_force": _("서명한 때에 쓰지 않던 키로 서명했어요. 믿을 수 없는 배지예요."),
    "badge.state.not_yet_valid": _("아직 유효한 기간이 시작되지 않은 배지예요."),
    "badge.state.expired": _("유효한 기간이 지난 배지예요."),
    "badge.state.revoked": _("준 기관이 취소한 배지예요."),
    "badge.state.suspended": _("준 기관이 잠시 멈춘 배지예요."),
    "badge.state.status_unknown": _("취소됐는지 알 수 없는 배지예요. 배지를 준 곳에서 확인해 주세요."),
}
