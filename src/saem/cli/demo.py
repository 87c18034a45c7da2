"""`saem demo`: a fresh demonstration site with real content, then its server."""

import os
import shutil
import sys
from pathlib import Path

import click
from django.conf import settings
from django.db import transaction

from saem.apps.awards.issuers.services import moved
from saem.apps.catalog.checking import problem_remedy, problem_text
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.catalog.services import PublicationRefused, publish
from saem.apps.cohorts.models import Cohort
from saem.apps.jobs.models import Job
from saem.apps.learning.models import DiagnosisMoment
from saem.apps.notices.models import Delivery
from saem.apps.notices.services import DELIVERY
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import grant
from saem.cli.demonstration import people, work
from saem.cli.demonstration.attendance import keep_attendance
from saem.cli.demonstration.badges import take_over
from saem.cli.demonstration.calls import call_for_applicants
from saem.cli.demonstration.diagnoses import diagnose
from saem.cli.demonstration.exits import leave
from saem.cli.demonstration.partners import work_with_partners
from saem.cli.demonstration.portfolio import reflect
from saem.cli.demonstration.practice import FIRST_DAY, practise
from saem.cli.demonstration.reviews import review_teams
from saem.cli.demonstration.selection import select
from saem.cli.demonstration.teams import work_in_teams
from saem.cli.demonstration.training import pupils_complete, train_teachers
from saem.cli.own_sandbox import own_sandbox
from saem.cli.processes import Supervisor
from saem.cli.serve import DEFAULT_ADDRESS, children
from saem.cli.site import ensure_secret_key, home_folder, prepare_database
from saem.lib.sandbox import Sandbox

PROGRAMS = Path(__file__).resolve().parents[3] / "programs"
# The long courses take a minute each to check: whoever wants them says `saem publish programs/ai-deep`.
SHOWN = ("digits", "rain-tomorrow", "seoul-bike")
MAIN, SECOND = "rain-tomorrow", "digits"
COHORT = "AI 심화 과정 3기"


@click.command("demo")
@click.option("--address", default=DEFAULT_ADDRESS, show_default=True, help="Where to listen; loopback only.")
@click.option("--fresh", is_flag=True, help="Throw the last demonstration away and begin again.")
def demo_command(address: str, *, fresh: bool) -> None:
    """Make a demonstration site under var/demo (kept between starts) and serve it."""
    if address.rsplit(":", 1)[0] not in {"127.0.0.1", "localhost", "[::1]"}:
        raise click.UsageError("the demonstration's passwords are known to everyone, so it listens on loopback only")
    marker = settings.HOME / "demo"
    if fresh and marker.exists():
        shutil.rmtree(settings.HOME)
        ensure_secret_key(home_folder())
    serve_at(address)
    prepare_database()
    if not User.objects.filter(email=f"operator@{people.MAIL}").exists():
        click.echo("Making the demonstration: publishing programs, running pupils' work …")
        with own_sandbox() as sandbox:
            fill(sandbox)
        marker.touch()
    if moved():
        click.echo(
            "  Badges given here name another address and fail when they are checked: `--fresh` begins at this one."
        )
    click.echo(sign_ins(address))
    Supervisor(children(address=address, web_processes=2, workers=1)).run()


def serve_at(address: str) -> None:
    """Letters, badges and links name the address that is served, unless whoever starts it names another."""
    os.environ.setdefault("SAEM_SITE_URL", f"http://{address}")
    settings.SITE_URL = os.environ["SAEM_SITE_URL"]


def fill(sandbox: Sandbox) -> None:
    """All or nothing: a demonstration that was interrupted begins again."""
    with transaction.atomic():
        places = people.make_places()
        versions = [
            version
            for name in SHOWN
            if (version := publish_folder(PROGRAMS / name, places, sandbox))
        ]
        people.operator()
        staff = people.person("최담당", "staff")
        grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=places.office.pk)
        teacher = people.person("박선생", "teacher")
        author = people.person("이집필", "author")
        by_slug = {version.program.slug: version for version in versions}
        for version in versions:
            grant(author, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=version.program_id)
        run_main(by_slug[MAIN], places, teacher, sandbox)
        main = Cohort.objects.get(title=COHORT)
        pupils_complete(main, staff)
        take_over(main, staff)
        work_with_partners(main, places, staff)
        train_teachers(by_slug[MAIN], places, staff)
        select(call_for_applicants(by_slug[MAIN], places, staff), staff)
        if SECOND in by_slug:
            cohort = people.open_cohort(by_slug[SECOND], places, title="손글씨 교실 1기", title_en="Digits, cohort 1")
            people.open_classroom(cohort, "동아리", teacher)
        forget_letters()


def forget_letters() -> None:
    """What happened before anybody came is told in the inboxes; printed letters would bury the sign-ins below."""
    Job.objects.filter(kind=DELIVERY).delete()
    Delivery.objects.all().delete()


def run_main(version: Version, places: people.Places, teacher: User, sandbox: Sandbox) -> None:
    """The cohort that a newcomer looks at: one class with a history, one that has just begun."""
    cohort = people.open_cohort(version, places, title=COHORT, title_en="Advanced AI course, cohort 3")
    room = people.open_classroom(cohort, "2학년 3반", teacher, join_code=people.JOIN_CODE)
    pupils = work.cast_pupils(people.enrol(room, list(people.NICKNAMES)), lessons_of(version))
    diagnose(pupils, DiagnosisMoment.BEFORE, days_ago=FIRST_DAY + 2)
    work.study(pupils, sandbox)
    work_in_teams([pupil.enrolment for pupil in pupils], teacher)
    work.hand_in(pupils, sandbox)
    review_teams(room, teacher)
    practise(pupils, version)
    leave(pupils, version)
    nearly_done = [pupil for pupil in pupils if pupil.lessons_done >= lessons_of(version) - 1]
    diagnose(nearly_done, DiagnosisMoment.AFTER, days_ago=1)
    reflect(pupils[0].enrolment.user, pupils[0].enrolment)
    second = people.person("정선생", "teacher2")
    people.enrol(people.open_classroom(cohort, "2학년 5반", second), [f"학생 {n:02d}" for n in range(1, 9)])
    keep_attendance(cohort, room, teacher)


def lessons_of(version: Version) -> int:
    return len(program_of(version).lessons)


def publish_folder(folder: Path, places: people.Places, sandbox: Sandbox) -> Version | None:
    """Publish one program; data that cannot be had on this machine is said and left out."""
    if not (folder / "program.yaml").is_file():
        return None
    try:
        version = publish(folder, by=None, owner=places.office, agreement=places.agreement, sandbox=sandbox)
    except PublicationRefused as refusal:
        first = refusal.problems[0]
        click.echo(f"  {folder.name}: not published ({first.file}:{first.line}: {problem_text(first, 'ko')})", err=True)
        click.echo(f"    {problem_remedy(first, 'ko')}", err=True)
        if folder.name == MAIN:
            sys.exit(1)
        return None
    click.echo(f"  {folder.name}: published, {version.content_hash[:19]}…")
    return version


def sign_ins(address: str) -> str:
    """One sign-in per role."""
    pupil = f"code {people.JOIN_CODE}, nickname {people.NICKNAMES[0]}, PIN {people.PIN}"
    return "\n".join(
        [
            "",
            f"  Saem is on http://{address}   (home: {settings.HOME})",
            "",
            f"  pupil     http://{address}/join/     {pupil}",
            *(
                f"  {role:<9} http://{address}/account/login/     {mailbox}@{people.MAIL}  {people.PASSWORD}"
                for role, mailbox in (
                    ("teacher", "teacher"),
                    ("staff", "staff"),
                    ("applicant", "applicant"),
                    ("trainee", "trainee"),
                    ("reviewer", "reviewer"),
                    ("author", "author"),
                    ("mentor", "mentor"),
                    ("partner", "partner"),
                    ("operator", "operator"),
                )
            ),
            "",
            "  Stop with Ctrl-C. `saem demo --fresh` begins again.",
            "",
        ]
    )
