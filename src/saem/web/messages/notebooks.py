"""What keeps a team's notebook from being opened, typed into, run or handed in, and what is said when it is opened."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "notebook.too_large": _("노트북이 {found_mb}MB라서 여기서 열 수 없어요. {limit_mb}MB까지 열 수 있어요."),
    "notebook.broken": _("노트북으로 읽을 수 없는 파일이에요. 파일을 내려받아 Jupyter에서 열리는지 확인해 보세요."),
    "notebook.too_many_cells": _("칸이 {found}개나 되는 노트북이라 여기서 열 수 없어요. {limit}개까지 열 수 있어요."),
    "notebook.long_cell": _("{number}번 칸이 너무 길어서 여기서 열 수 없어요. 한 칸은 5만 자까지 열 수 있어요."),
    "notebook.too_long": _("노트북 하나에는 모두 합쳐 50만 자까지 담을 수 있어요. 나누어서 써 주세요."),
    "notebook.gone": _("{number}번째 판의 파일이 이제는 없어요. 다른 판을 열어 보세요."),
    "notebook.unsaved": _("다른 판을 열면 아직 저장하지 않은 내 초안이 사라져요. 초안을 먼저 판으로 저장할 수 있어요."),
    "notebook.draft_gone": _("이 초안은 다른 창에서 바뀌었어요. 페이지를 새로 고친 뒤에 이어 가 주세요."),
    "notebook.cell_gone": _("그런 칸이 이제는 없어요. 페이지를 새로 고친 뒤에 다시 해 보세요."),
    "notebook.cell_removed": _(
        "다른 창에서 지운 칸이에요. 쓴 것은 남아 있으니 새로 고친 뒤 ‘지운 칸’에서 되살려 주세요."
    ),
    "notebook.cell_too_long": _("칸 하나에 5만 자까지 쓸 수 있어요. 나누어서 써 주세요."),
    "notebook.full": _("칸은 {limit}개까지 둘 수 있어요."),
    "notebook.not_taken": _("이 프로젝트는 노트북을 채점하지 않아요."),
    # what is other than usual about a notebook that was opened
    "notebook.old_format": _("옛 형식(nbformat 3)의 노트북이라 새 형식으로 바꿔 열었어요. 원래 파일은 그대로 있어요."),
    "notebook.keys_mended": _("칸의 이름표가 겹치거나 잘못되어 새로 붙였어요. 칸의 내용은 그대로예요."),
    "notebook.outputs_hidden": _(
        "HTML처럼 여기서 보여 줄 수 없는 결과는 뺐어요. 칸을 다시 실행하면 결과를 볼 수 있어요."
    ),
    "notebook.attachments_hidden": _("글에 붙인 그림은 여기서 보이지 않지만 노트북 파일에는 그대로 남아요."),
}
