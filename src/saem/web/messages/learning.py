"""What a code cell says when it could not be run, or was stopped."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "learning.busy": _("앞에서 누른 실행이 아직 끝나지 않았어요. 코드는 저장했으니 잠시 뒤에 다시 눌러 주세요."),
    "learning.unavailable": _("지금은 코드를 실행할 수 없어요. 코드는 저장했으니 잠시 뒤에 다시 눌러 주세요."),
    "learning.conflict": _("다른 창에서 이 칸을 고쳤어요. 이 창의 코드로 이어 가려면 실행을 눌러 주세요."),
    "learning.checks_failed": _("확인 항목을 아직 모두 통과하지 못했어요."),
    "learning.error": _("코드가 끝까지 실행되지 못했어요."),
    "learning.error.advice": _("아래에 나온 줄부터 천천히 살펴보세요."),
    "learning.timeout": _("10초 안에 끝나지 않아서 멈췄어요."),
    "learning.timeout.advice": _(
        "끝나지 않는 반복이 있는지, 한꺼번에 너무 많이 계산하는지 살펴보세요. "
        "만들어 둔 이름은 사라졌지만, 다음에 실행할 때 앞의 칸을 먼저 다시 실행해 드려요."
    ),
    "learning.stopped_above": _("이 칸보다 앞의 칸을 다시 실행하다가 멈췄어요."),
    "learning.stopped_above.advice": _(
        "앞의 칸 가운데 끝나지 않거나 아주 큰 계산을 하는 칸이 있어요. 위에서부터 하나씩 실행해 보세요."
    ),
    "learning.memory": _("메모리를 너무 많이 써서 멈췄어요."),
    "learning.memory.advice": _(
        "아주 큰 목록이나 표를 만들고 있지 않은지 살펴보세요. "
        "만들어 둔 이름은 사라졌지만, 다음에 실행할 때 앞의 칸을 먼저 다시 실행해 드려요."
    ),
    "learning.output": _("출력이 너무 길어서 멈췄어요."),
    "learning.output.advice": _(
        "반복 안에서 print를 너무 많이 부르고 있지 않은지 살펴보세요. "
        "만들어 둔 이름은 사라졌지만, 다음에 실행할 때 앞의 칸을 먼저 다시 실행해 드려요."
    ),
    "learning.signal": _("파이썬이 갑자기 멈췄어요."),
    "learning.signal.advice": _(
        "exit()나 quit()를 쓰지 않았는지 살펴보세요. "
        "만들어 둔 이름은 사라졌지만, 다음에 실행할 때 앞의 칸을 먼저 다시 실행해 드려요."
    ),
}
