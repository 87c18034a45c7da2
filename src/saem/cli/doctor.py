"""`saem doctor`: what works on this machine, found by trying, and what to do about what does not."""

import json
import smtplib
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from saem.apps.awards.issuers.sealing import is_secret_given
from saem.apps.awards.issuers.services import locked_out, moved
from saem.apps.jobs.queries import workers_alive
from saem.apps.people.models import User
from saem.cli.demonstration.people import MAIL
from saem.cli.own_sandbox import FONTS
from saem.lib.credentials.badges import missing_contexts
from saem.lib.sandbox import probe
from saem.web.messages import message

SHORTEST_KEY = 40
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `remedy` is a message code; `is_fatal` findings keep the site from being used."""

    name: str
    is_ok: bool
    found: str
    remedy: str = ""
    is_fatal: bool = False


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def doctor_command(language: str, *, as_json: bool) -> None:
    """Try what the site needs and print what works."""
    findings = [*isolation(), *database(), *engine(), *files(), *mail(), *credentials(), *safety()]
    with translation.override(language):
        if as_json:
            click.echo(json.dumps([as_data(finding) for finding in findings], ensure_ascii=False))
        else:
            print_findings(findings)
    sys.exit(1 if any(finding.is_fatal and not finding.is_ok for finding in findings) else 0)


def as_data(finding: Finding) -> dict[str, object]:
    return {**asdict(finding), "advice": "" if finding.is_ok else message(finding.remedy)}


def print_findings(findings: list[Finding]) -> None:
    for finding in findings:
        click.echo(f"{'✓' if finding.is_ok else '✗'} {finding.name}: {finding.found}")
        if not finding.is_ok:
            click.echo(f"    → {message(finding.remedy)}")


def isolation() -> Iterator[Finding]:
    """The rung on which student code would run, and each part it is made of."""
    report = probe()
    minimum = settings.SANDBOX_MINIMUM_RUNG
    is_enough = report.rung is not None and report.rung <= minimum
    found = f"{report.rung or '-'} (>= {minimum})"
    yield Finding("isolation", is_enough, found, "doctor.isolation", is_fatal=True)
    for part in report.probes:
        yield Finding(f"isolation: {part.name}", part.ok, part.detail or "-", f"doctor.{part.remedy}")


def database() -> Iterator[Finding]:
    """Whether the database answers and has the current schema."""
    try:
        executor = MigrationExecutor(connection)
        behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        yield Finding("database", is_ok=False, found=str(error).strip(), remedy="doctor.database", is_fatal=True)
        return
    yield Finding("database", is_ok=True, found=connection.vendor)
    yield Finding("schema", behind == 0, f"-{behind}", "doctor.schema")


def engine() -> Iterator[Finding]:
    """What wakes workers, whether it answers, and whether anybody works."""
    if settings.JOB_ENGINE == "celery":
        is_installed = find_spec("celery") is not None
        yield Finding("engine", is_installed, "celery", "doctor.no_celery", is_fatal=True)
        if is_installed:
            trouble = import_module("saem.lib.fleet.broker").trouble_with(settings.BROKER_URL)
            yield Finding("broker", not trouble, trouble or urlsplit(settings.BROKER_URL).scheme, "doctor.broker")
    else:
        yield Finding("engine", is_ok=True, found="local")
    with suppress(DatabaseError):
        workers = workers_alive().count()
        yield Finding("workers", workers > 0, str(workers), "doctor.no_workers")


def files() -> Iterator[Finding]:
    """Whether the front-end bundle, the font for figures and what badges are written in were built."""
    font = next(FONTS.glob("*.ttf"), None)
    bundle = FONTS.parent / "app.js"
    yield Finding("front-end bundle", bundle.is_file(), bundle.name, "doctor.bundle", is_fatal=True)
    yield Finding("font for figures", font is not None, font.name if font else "-", "doctor.bundle")
    missing = missing_contexts()
    yield Finding("badge contexts", not missing, ", ".join(missing) or "-", "doctor.badges")


def mail() -> Iterator[Finding]:
    """Whether the mail server takes a connection."""
    backend = settings.EMAIL_BACKEND.rsplit(".", 1)[0]
    try:
        import_module(backend)
    except ImportError as error:
        yield Finding("mail backend", is_ok=False, found=str(error), remedy="doctor.mail_backend")
        return
    if not backend.startswith("django."):
        yield Finding("mail backend", is_ok=True, found=backend)
        return
    if not settings.EMAIL_HOST:
        yield Finding("mail", is_ok=False, found="-", remedy="doctor.no_mail")
        return
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5):
            yield Finding("mail", is_ok=True, found=settings.EMAIL_HOST)
    except OSError as error:
        yield Finding("mail", is_ok=False, found=str(error), remedy="doctor.mail")


def credentials() -> Iterator[Finding]:
    """Whether the keys that sign badges can be opened, and whether the site is where its badges say it is."""
    in_service = bool(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    is_given = is_secret_given()
    found = (
        "SAEM_CREDENTIALS_KEY" if settings.CREDENTIALS_KEY else settings.CREDENTIALS_KEY_FILE.name if is_given else "-"
    )
    yield Finding("credentials key", is_given or not in_service, found, "doctor.credentials_key")
    with suppress(DatabaseError):
        shut = locked_out()
        yield Finding("issuer keys", shut == 0, str(-shut), "doctor.issuer_keys", is_fatal=True)
        elsewhere = moved()
        yield Finding("issuer addresses", elsewhere == 0, str(-elsewhere), "doctor.issuer_addresses")


def safety() -> Iterator[Finding]:
    """Settings that are fine on a desk and wrong in service."""
    in_service = bool(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    key = len(settings.SECRET_KEY)
    yield Finding("debug", not settings.DEBUG, str(settings.DEBUG), "doctor.debug", is_fatal=in_service)
    yield Finding("secret key", key >= SHORTEST_KEY, str(key), "doctor.secret_key", is_fatal=True)
    is_safe = settings.HTTPS or not in_service
    yield Finding("HTTPS", is_safe, str(settings.HTTPS), "doctor.https", is_fatal=in_service)
    is_found = urlsplit(settings.SITE_URL).hostname not in LOOPBACK
    yield Finding("site address", is_found or not in_service, settings.SITE_URL, "doctor.site_url")
    accounts = demonstration_accounts()
    yield Finding(
        "demonstration accounts",
        accounts == 0 or not in_service,
        str(accounts),
        "doctor.demonstration",
        is_fatal=in_service,
    )


def demonstration_accounts() -> int:
    """How many accounts have passwords that everybody knows."""
    try:
        return User.objects.filter(email__endswith=f"@{MAIL}").count()
    except DatabaseError:
        return 0
