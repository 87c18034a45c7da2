"""`saem doctor`: what works on this machine, found by trying, and what to do about what does not."""

import json
import smtplib
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from saem.apps.people.models import User
from saem.cli.demonstration.people import MAIL
from saem.cli.own_sandbox import FONTS
from saem.lib.sandbox import probe

SHORTEST_KEY = 40
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `is_fatal` findings keep the site from being used."""

    name: str
    is_ok: bool
    found: str
    remedy: str = ""
    is_fatal: bool = False


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor_command(*, as_json: bool) -> None:
    """Try what the site needs and print what works."""
    findings = [*isolation(), *database(), *files(), *mail(), *safety()]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{'✓' if finding.is_ok else '✗'} {finding.name}: {finding.found}")
            if not finding.is_ok:
                click.echo(f"    → {finding.remedy}")
    sys.exit(1 if any(finding.is_fatal and not finding.is_ok for finding in findings) else 0)


def isolation() -> Iterator[Finding]:
    """The rung on which student code would run, and each part it is made of."""
    report = probe()
    minimum = settings.SANDBOX_MINIMUM_RUNG
    strong_enough = report.rung is not None and report.rung <= minimum
    yield Finding(
        "isolation",
        strong_enough,
        f"rung {report.rung or 'none'} (the site asks for {minimum})",
        "mend what is missing below, or choose a machine that does nothing else and lower SAEM_SANDBOX_MINIMUM_RUNG",
        is_fatal=True,
    )
    for part in report.probes:
        yield Finding(f"  {part.name}", part.ok, part.found, part.remedy)


def database() -> Iterator[Finding]:
    """Whether the database answers and has the current schema."""
    try:
        plan = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding("database", is_ok=False, found=str(error).strip(), remedy="see SAEM_DATABASE_URL", is_fatal=True)
        return
    yield Finding("database", is_ok=True, found=connection.vendor)
    yield Finding(
        "schema", not plan, "current" if not plan else f"{len(plan)} migrations behind", "run `saem manage migrate`"
    )


def files() -> Iterator[Finding]:
    """Whether the front-end bundle and the font for figures were built."""
    font = next(FONTS.glob("*.ttf"), None)
    bundle = FONTS.parent / "app.js"
    yield Finding("front-end bundle", bundle.is_file(), str(bundle.name), "run `make site`", is_fatal=True)
    yield Finding("Korean font for figures", font is not None, font.name if font else "missing", "run `make site`")


def mail() -> Iterator[Finding]:
    """Whether the mail server takes a connection."""
    if not settings.EMAIL_HOST:
        yield Finding("mail", is_ok=False, found="printed, not sent", remedy="set SAEM_EMAIL_HOST for password resets")
        return
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5):
            yield Finding("mail", is_ok=True, found=settings.EMAIL_HOST)
    except OSError as error:
        yield Finding("mail", is_ok=False, found=str(error), remedy="see SAEM_EMAIL_HOST and SAEM_EMAIL_PORT")


def safety() -> Iterator[Finding]:
    """Settings that are fine on a desk and wrong in service."""
    in_service = bool(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    yield Finding(
        "debug", not settings.DEBUG, "on" if settings.DEBUG else "off", "unset SAEM_DEBUG", is_fatal=in_service
    )
    yield Finding(
        "secret key",
        len(settings.SECRET_KEY) >= SHORTEST_KEY,
        f"{len(settings.SECRET_KEY)} characters",
        "set SAEM_SECRET_KEY to 50 random characters, or delete it to have one made",
        is_fatal=True,
    )
    yield Finding(
        "HTTPS",
        settings.HTTPS or not in_service,
        "on" if settings.HTTPS else "off",
        "put HTTPS before the site and set SAEM_HTTPS=true",
        is_fatal=in_service,
    )
    yield demonstration_accounts(in_service=in_service)


def demonstration_accounts(*, in_service: bool) -> Finding:
    try:
        number = User.objects.filter(email__endswith=f"@{MAIL}").count()
    except DatabaseError:
        number = 0
    return Finding(
        "demonstration accounts",
        number == 0 or not in_service,
        str(number),
        "their passwords are known to everyone: serve a site of your own, not the demonstration's home",
        is_fatal=in_service,
    )
