"""A site whose web process is killed in the middle of a diagnosis: `python -m tests.apps.learning.diagnosis.dying`.

Makes a site in the home that the environment names, has forked processes answer and die by SIGKILL, and prints what is
in the database after each death as one line of JSON.
"""

import json
import os
import signal
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

from saem.cli.site import prepare_database, prepare_site

prepare_site()
prepare_database()

from django.db import connection  # noqa: E402  # Django is set up first

from saem.apps.events.models import Event  # noqa: E402
from saem.apps.learning.diagnosis import choosing, services  # noqa: E402
from saem.apps.learning.models import Attempt  # noqa: E402
from saem.lib.sandbox import LocalSandbox  # noqa: E402
from tests import cast  # noqa: E402
from tests.apps.learning.diagnosis.exams import Exam  # noqa: E402
from tests.apps.learning.diagnosis.test_taking import WRONG, token  # noqa: E402
from tests.quiz import a_quiz_version  # noqa: E402


def die(*_arguments: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], object]) -> int:
    """Do it in a process of its own and give what the process ended with."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def answer(exam: Exam, its: uuid.UUID) -> str:
    return services.answer(exam.sitting(), its, WRONG).notice


def die_while_choosing(exam: Exam, its: uuid.UUID) -> None:
    """The answer is counted, and the next item is not there yet."""
    choosing.pick = die
    answer(exam, its)


def die_before_the_page(exam: Exam, its: uuid.UUID) -> None:
    """Everything is written, and the browser never hears of it."""
    answer(exam, its)
    die()


def state(exam: Exam) -> dict[str, object]:
    row = exam.row()
    waiting = services.waiting_of(row)
    return {
        "answered": len(choosing.answered_of(row.given)),
        "waiting": waiting["token"] if waiting else None,
        "attempts": Attempt.objects.count(),
        "events": Event.objects.filter(verb="diagnosis.answered").count(),
    }


def main(folder: Path) -> None:
    with LocalSandbox() as sandbox:
        version = a_quiz_version(sandbox, folder, 20)
    enrolment = cast.a_student(cast.a_classroom(cast.a_cohort(version)))
    exam = Exam(enrolment, client=None)  # type: ignore[arg-type]  # nobody looks at pages here
    row = services.start(exam.sitting()).row
    assert row is not None
    first = token(row)
    told = [state(exam)]
    told.append({"ended": killed(lambda: die_while_choosing(exam, first)), **state(exam)})
    told.append({"ended": killed(lambda: die_before_the_page(exam, first)), **state(exam)})
    told.append({"sent_again": answer(exam, first), **state(exam)})
    while (row := exam.row()).finished_at is None:
        answer(exam, token(row))
    told.append({"items": len(row.given), "stopped_by": row.stopped_by, **state(exam)})
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
