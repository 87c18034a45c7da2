"""What stands in the way of writing a program in the browser."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "editor.not_text": _("글로 읽을 수 없는 파일이라 여기서 고칠 수 없어요. 폴더를 내려받아 고쳐 주세요."),
    "editor.too_long": _("글이 너무 길어서 여기서 고칠 수 없어요({most}자까지). 폴더를 내려받아 고쳐 주세요."),
    "editor.no_file": _("그 파일을 찾지 못했어요. 그 사이에 지웠거나 이름을 바꾸었을 수 있어요."),
    "editor.name_taken": _("‘{name}’ 이름이 이미 있어요. 다른 이름을 지어 주세요."),
    "editor.nothing_new": _("고친 것이 없어서 저장하지 않았어요."),
    "editor.steps_by_hand": _(
        "program.yaml의 steps를 한 줄에 하나씩 ‘- lesson: 이름’으로 고쳐 쓰면 수업을 더할 수 있어요."
    ),
    "editor.items_by_hand": _("‘{name}’ 파일에 문항을 더하지 못했어요. 파일을 열어 고칠 곳이 있는지 봐 주세요."),
}
