"""`python -m bench.awards`: a thousand certificates and badges through real workers; a badge issued and checked on the site.

The batch is pressed for as staff press it, and done by `saem worker` processes: claims, typesetting, signing, rows,
files, events and notices. Wall seconds run from the press to the last row.
"""

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import time

from bench.machine import machine, percentile
from bench.site import use_own_home

use_own_home()

from django.utils import timezone  # noqa: E402

from saem.apps.awards.badges.issuing import press_of, sign  # noqa: E402
from saem.apps.awards.badges.statuses import list_with_room, signed_list  # noqa: E402
from saem.apps.awards.badges.wording import set_template  # noqa: E402
from saem.apps.awards.certificates.batches import start  # noqa: E402
from saem.apps.awards.certificates.queries import progress_of  # noqa: E402
from saem.apps.awards.checking.verifying import check_badge  # noqa: E402
from saem.apps.awards.models import Badge, BadgeTemplate, CertificateFile, StatusList  # noqa: E402
from saem.apps.catalog.models import Program, Version  # noqa: E402
from saem.apps.cohorts.models import (  # noqa: E402
    Classroom,
    Cohort,
    Completion,
    Enrolment,
    TraineeRecord,
    TrainingCourse,
)
from saem.apps.jobs.models import Job, JobState  # noqa: E402
from saem.apps.people.models import Institution, InstitutionKind, User  # noqa: E402

FAMILY, GIVEN = "김이박최정강조윤장임", "가나다라마바사아자차카타파하"
RUNS = 200
WORDS = {
    "name_ko": "AI 융합 수업 설계자",
    "name_en": "Designer of lessons with AI",
    "description_ko": "인공지능을 쓰는 수업을 설계하고 동료와 다듬었어요.",
    "description_en": "Designed lessons that use AI and improved them with colleagues.",
    "criteria_ko": "30시간을 이수하고 수업안을 하나 냈어요.",
    "criteria_en": "30 hours and one plan of a lesson.",
    "hours": 30,
}


def a_training(people: int) -> tuple[Cohort, User]:
    """A teacher training that so many people have completed, each with a name, birthday, school and number."""
    office = Institution.objects.create(
        kind=InstitutionKind.OFFICE, name=f"한빛교육청 {people}", name_en="Hanbit Office"
    )
    program = Program.objects.create(slug=f"training-{people}", owner=office)
    version = Version.objects.create(
        program=program,
        number=1,
        content_hash=f"sha256:{people:064d}",
        title_ko="인공지능 융합 수업 설계 직무연수",
        title_en="Designing lessons with AI",
        summary_ko="요약",
        summary_en="Summary",
    )
    begins, ends = dt.date(2026, 10, 12), dt.date(2026, 11, 20)
    cohort = Cohort.objects.create(institution=office, version=version, title="3기", starts_on=begins, ends_on=ends)
    TrainingCourse.objects.create(cohort=cohort, hours=30, number_name="한빛교육연수원")
    room = Classroom.objects.create(cohort=cohort, name="1반")
    staff = User.objects.create_account(display_name="최담당", email=f"staff{people}@example.org")
    names = [f"{FAMILY[at % 10]}{GIVEN[at % 14]}{GIVEN[at // 14 % 14]}" for at in range(people)]
    users = User.objects.bulk_create(
        [User(email=f"t{people}-{at}@example.org", display_name=name) for at, name in enumerate(names)]
    )
    enrolments = Enrolment.objects.bulk_create(
        [Enrolment(classroom=room, user=user, nickname=f"{user.display_name}{at}") for at, user in enumerate(users)]
    )
    TraineeRecord.objects.bulk_create(
        [
            TraineeRecord(enrolment=one, name=name, birth_date=dt.date(1970, 1, 1) + dt.timedelta(days=at * 11))
            for at, (one, name) in enumerate(zip(enrolments, names, strict=True))
        ]
    )
    Completion.objects.bulk_create(
        [
            Completion(
                enrolment=one,
                institution=office,
                year=2026,
                sequence=at + 1,
                number=f"제 한빛교육연수원-집합-2026-{at + 1:06d}호",
                name=name,
                completed_on=ends,
                minutes=1800,
                credits=2,
                rule="bench",
                rule_hash="0" * 64,
            )
            for at, (one, name) in enumerate(zip(enrolments, names, strict=True))
        ]
    )
    set_template(cohort, by=staff, words=WORDS)
    return cohort, staff


def measure(people: int, workers: int) -> str:
    cohort, staff = a_training(people)
    used = children_seconds()
    crew = [
        subprocess.Popen([sys.executable, "-m", "saem.cli", "worker"], stdout=subprocess.DEVNULL)
        for _worker in range(workers)
    ]
    time.sleep(4)  # they are at their places
    begun = time.monotonic()
    batch = start(cohort, by=staff)
    pressed = time.monotonic() - begun
    first = 0.0
    while (progress := progress_of(batch)).is_waiting:
        first = first or (time.monotonic() - begun if progress.done else 0.0)
        time.sleep(0.1)
    wall = time.monotonic() - begun
    cpu = -used
    while Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING], not_before__lte=timezone.now()).exists():
        time.sleep(0.5)  # the letters; the next measurement must not wait for them
    for worker in crew:
        worker.terminate()
        worker.wait(30)
    assert (progress.made, progress.failed) == (people, 0)
    cpu += children_seconds()
    return f"| {people} | {workers} | {pressed:.2f} | {first:.1f} | {wall:.1f} | {cpu:.1f} | {people / wall:.0f} |"


def children_seconds() -> float:
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def timed(name: str, work: object) -> str:
    walls, cpus = [], []
    for _run in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()  # type: ignore[operator]
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    figures = " | ".join(f"{percentile(values, share):.1f}" for values in (walls, cpus) for share in (0.5, 0.95))
    return f"| {name} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    people = asked.people
    print(f"{machine()}, load {os.getloadavg()[0]:.0f} from other work\n")
    print(
        "| people | workers | press s | first part after s | wall s | CPU s of the workers, with their start and the letters | a second |"
    )
    print("|---|---|---|---|---|---|---|")
    for workers in asked.workers:
        print(measure(people + workers, workers), flush=True)
    sizes = [len(data) for data in CertificateFile.objects.values_list("data", flat=True)[:100]]
    print(f"\nA file has {sum(sizes) / len(sizes) / 1000:.1f} kB.\n")
    template = BadgeTemplate.objects.select_related("cohort__institution").order_by("-pk")[0]
    badge = Badge.objects.filter(template=template).select_related("holder")[0]
    room = list_with_room(template.cohort.institution, 1)
    press = press_of(template)
    unsigned = Badge(
        uuid=badge.uuid, holder=badge.holder, status_list=room, index=5, language="ko", issued_at=badge.issued_at
    )
    listed = StatusList.objects.select_related("institution", "key").get(pk=badge.status_list_id)
    signed_list(listed)
    listed.refresh_from_db()
    print("| on the site | wall ms p50 | p95 | CPU ms p50 | p95 |\n|---|---|---|---|---|")
    print(timed("issue a badge", lambda: sign(unsigned, press)))
    print(timed("check a badge: keys, list and words from the database", lambda: check_badge(badge.credential)))
    print(timed(f"the status list of {people} badges, unchanged", lambda: signed_list(listed)))


if __name__ == "__main__":
    main()
