"""What stands in the way of saving, merging, reviewing and publishing a proposal."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "proposal.nothing_new": _("올린 것이 지금 저장된 것과 같아요. 고친 파일이 맞는지 확인해 주세요."),
    "proposal.no_program_file": _("program.yaml이 없어요. 프로그램 폴더를 통째로 묶었는지 확인해 주세요."),
    "proposal.file_names": _("이 컴퓨터에서 쓸 수 없는 파일 이름이 있어요. 영문자와 숫자로 짧게 지어 주세요."),
    "proposal.not_text": _("글로 읽을 수 없는 파일이에요. 그림 같은 파일은 폴더를 zip으로 묶어서 올려 주세요."),
    "proposal.which_file": _("‘{name}’ 파일을 폴더의 어디에 둘지 모르겠어요. ‘폴더 안의 위치’를 써 주세요."),
    "proposal.too_large": _("파일이 너무 커요. {limit} MB까지 올릴 수 있어요."),
    "proposal.is_newest": _("이미 가장 새로운 판에서 시작하고 있어요."),
    "proposal.ended": _("이 제안은 끝났어요. 더 고치려면 새 제안을 열어 주세요."),
    "proposal.changed_meanwhile": _("그 사이에 새로 저장한 것이 있어요. 바뀐 것을 읽고 다시 해 주세요."),
    "proposal.unanswered": _("아직 고르지 않은 대목이 있어요. 모두 골라 주세요."),
    "proposal.not_yours": _("올린 사람만 버릴 수 있어요."),
    "proposal.no_passage": _("말을 남기려던 대목을 찾지 못했어요. 바뀐 것을 다시 열어 보세요."),
    "proposal.too_many_comments": _("한 제안에는 말을 {most}개까지 남길 수 있어요."),
    "proposal.not_a_reviewer": _("이 제안에 의견을 낼 수 있는 역할이 없어요."),
    "proposal.own_work": _("자기가 쓴 글에는 찬성할 수 없어요. 다른 분의 찬성을 기다려 주세요."),
    "proposal.not_ready": _("아직 낼 수 없어요. 찬성과 자동 확인이 모두 갖추어졌는지 확인해 주세요."),
    "proposal.same_content": _("내용이 이미 나온 판과 똑같아서 새 판이 되지 않아요."),
}
