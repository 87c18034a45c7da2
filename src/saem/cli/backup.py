"""`saem backup FILE` and `saem restore FILE`: the whole site in one archive."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connections

from saem.cli.site import prepare_database

# Everything else under the home is a cache or a socket and grows again.
SQLITE_MEMBER, POSTGRESQL_MEMBER, FILES_MEMBER = "database.sqlite3", "database.pgdump", "files"


def database_settings() -> dict[str, Any]:
    return connections["default"].settings_dict


def is_sqlite() -> bool:
    return connections["default"].vendor == "sqlite"


def postgresql_environment() -> dict[str, str]:
    """Connection facts for PostgreSQL's own programs; the password never stands on a command line."""
    facts = database_settings()
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    return {**os.environ, **{name: str(facts[key]) for name, key in names.items() if facts.get(key)}}


def dump_database(folder: Path) -> Path:
    """A consistent copy of the running database."""
    if is_sqlite():
        target = folder / SQLITE_MEMBER
        with closing(sqlite3.connect(database_settings()["NAME"])) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target
    target = folder / POSTGRESQL_MEMBER
    run_postgresql("pg_dump", "--format=custom", f"--file={target}")
    return target


def run_postgresql(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise click.ClickException(f"{program} is not installed (apt-get install postgresql-client)")
    result = subprocess.run([found, *arguments], env=postgresql_environment(), check=False)
    if result.returncode != 0:
        raise click.ClickException(f"{program} failed")


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Write database and files into FILE (.tar.gz) while the site runs."""
    home = settings.HOME
    if file.exists():
        raise click.UsageError(f"{file} exists already")
    draft = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory() as folder:
        database = dump_database(Path(folder))
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
            archive.add(database, database.name)
            if (home / FILES_MEMBER).is_dir():
                archive.add(home / FILES_MEMBER, FILES_MEMBER)
    draft.replace(file)
    click.echo(f"{file}: {file.stat().st_size / 2**20:.1f} MiB")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """Bring the site back from FILE into an empty database."""
    home = settings.HOME
    refuse_if_in_use()
    with tempfile.TemporaryDirectory(dir=home) as folder, tarfile.open(file, "r:gz") as archive:
        archive.extractall(folder, filter="data")
        place_database(Path(folder))
        if (Path(folder) / FILES_MEMBER).is_dir():
            shutil.copytree(Path(folder) / FILES_MEMBER, home / FILES_MEMBER, dirs_exist_ok=True)
    prepare_database()
    click.echo(f"Restored from {file}")


def refuse_if_in_use() -> None:
    """A restore never overwrites people's work."""
    if "people_user" in connections["default"].introspection.table_names():
        click.echo("This site has a database already; restore into an empty SAEM_HOME or database.", err=True)
        sys.exit(2)


def place_database(folder: Path) -> None:
    expected = SQLITE_MEMBER if is_sqlite() else POSTGRESQL_MEMBER
    if not (folder / expected).is_file():
        raise click.ClickException(f"the backup holds no {expected}: it comes from the other kind of database")
    if is_sqlite():
        connections["default"].close()
        shutil.move(folder / expected, str(database_settings()["NAME"]))
    else:
        run_postgresql(
            "pg_restore",
            "--no-owner",
            "--exit-on-error",
            "--dbname",
            database_settings()["NAME"],
            str(folder / expected),
        )
