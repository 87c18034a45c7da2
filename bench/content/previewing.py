"""The page beside the source, as the editor asks for it while somebody types: `python -m bench.content.previewing`.

Every lesson page of the largest program in `programs/`, through the whole site: session, permission, database, the file
read with its neighbours, the answer drawn. One request at a time, in this process.
"""

from functools import partial
from pathlib import Path

from bench.learners.timing import timed
from bench.machine import machine, percentile
from bench.site import use_own_home

use_own_home()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from saem.apps.catalog.models import Artifact, Program, Version  # noqa: E402
from saem.apps.catalog.proposals.models import Proposal  # noqa: E402
from saem.apps.catalog.proposals.saving import open_proposal  # noqa: E402
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User  # noqa: E402
from saem.apps.people.services import grant  # noqa: E402
from saem.lib import content  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "programs" / "ai-deep"
RUNS = 5


def a_proposal() -> tuple[Proposal, Client]:
    owner = Institution.objects.create(kind=InstitutionKind.OFFICE, name="한빛교육청")
    author = User.objects.create(display_name="이집필")
    grant(author, role=Role.AUTHOR, scope=Scope.INSTITUTION, scope_id=owner.pk)
    program = Program.objects.create(slug=FOLDER.name, owner=owner)
    titles = {"title_ko": "가", "title_en": "A", "summary_ko": "가", "summary_en": "A"}
    version = Version.objects.create(program=program, number=1, content_hash=content.content_hash(FOLDER), **titles)
    Artifact.objects.create(version=version, kind=Artifact.Kind.FOLDER, data=content.pack(FOLDER))
    client = Client()
    client.force_login(author)
    return open_proposal(program, by=author, title="가", why="나"), client


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    proposal, client = a_proposal()
    kinds = {
        "a lesson's page": "lessons/*/??.md",
        "a file of items": "items/*.yaml",
        "`lesson.yaml`": "*/*/lesson.yaml",
    }
    print(f"{machine()}\n\n| | files | p50 ms | p95 ms | slowest ms |\n|---|---|---|---|---|")
    for title, pattern in kinds.items():
        files = sorted(FOLDER.glob(pattern))
        walls = [1000 * each for file in files for each in asked(client, proposal, file)]
        figures = (percentile(walls, 0.5), percentile(walls, 0.95), max(walls))
        print(f"| {title} | {len(files)} | {' | '.join(f'{each:.0f}' for each in figures)} |")


def asked(client: Client, proposal: Proposal, file: Path) -> list[float]:
    """Seconds of each request, after one that nobody waits for."""
    address = reverse("editor:preview", args=[proposal.pk, file.relative_to(FOLDER).as_posix()])
    text = file.read_text()

    def ask(run: int) -> None:
        # Another text each time, as typing makes it: a heading of Markdown, a comment of YAML.
        answer = client.post(address, {"seen": 1, "text": f"{text}\n# {run}\n"})
        assert answer.status_code == 200, answer.content

    ask(0)
    return [timed(partial(ask, run))[1] for run in range(1, RUNS + 1)]


if __name__ == "__main__":
    main()
