"""What stands in the way of showing a team's work, and what may be personal in it."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "showcase.waits": _(
        "모두의 답을 기다리는 동안에는 바꿀 수 없어서 저장하지 않았어요. 쓴 것은 아래에 그대로 있어요. "
        "더 고치려면 전시 쪽에서 거두어들인 뒤 저장해 주세요."
    ),
    "showcase.too_many": _("{most}번까지 저장할 수 있어요. 선생님께 말씀드려 주세요."),
    "showcase.forbidden": _(
        "주민등록번호처럼 보이는 수가 있어요. 누구의 것이든 전시할 수 없으니 지우고 저장해 주세요."
    ),
    "showcase.not_cleared": _(
        "개인정보처럼 보이는 곳이 {count}군데 있어서 아직 저장하지 않았어요. 위에 적은 곳을 살펴봐 주세요."
    ),
    "showcase.nothing": _("아직 쓴 것이 없어요. 작품의 쪽부터 써 주세요."),
    "showcase.unchanged": _("지금 전시하고 있는 판이에요. 고쳐 쓴 뒤에 다시 물어봐 주세요."),
    "showcase.not_asked": _("그사이에 모둠이 거두어들였거나 새로 물어봤어요. 지금 있는 것을 보고 다시 답해 주세요."),
    "showcase.under_14": _("생일 기록으로는 아직 만 14세가 아니에요. 표시를 빼고, 보호자의 동의를 받아 주세요."),
    "showcase.changed": _(
        "그사이에 모둠이 거두어들였거나 다른 분이 먼저 정했어요. 지금 있는 것을 보고 다시 정해 주세요."
    ),
    "showcase.not_all": _(
        "아직 {count}명이 준비되지 않아 전시하지 않았어요. 모두가 좋다고 답하고, 만 14세가 안 된 학생은 "
        "보호자 동의가 있어야 해요."
    ),
    "showcase.comment_needed": _("까닭을 써 주세요. 모둠이 그것을 읽어요."),
    "showcase.too_large": _("그림이 너무 커요. {limit_mb}MB까지 올릴 수 있어요."),
    "showcase.no_picture": _("그림으로 읽을 수 없는 파일이에요. PNG나 JPEG 그림을 골라 주세요."),
    "showcase.too_many_pixels": _("그림의 가로세로가 너무 커요. 4,000만 화소보다 작게 줄여서 올려 주세요."),
    "showcase.found.resident_number": _("주민등록번호"),
    "showcase.found.phone": _("전화번호"),
    "showcase.found.mail": _("메일 주소"),
    "showcase.found.name": _("모둠원의 이름이나 별명"),
}
