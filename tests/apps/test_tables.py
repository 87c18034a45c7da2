"""A new database's tables, made at once, are those that the migrations make: every column, constraint, index and row."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from saem.cli.tables import is_new, make_tables

AT_ONCE = "from saem.cli.site import prepare_site; prepare_site(); from saem.cli.tables import make_tables_of_a_new_database as m; m()"
COLUMNS = """SELECT table_name, column_name, udt_name, is_nullable, column_default, character_maximum_length,
    numeric_precision, is_identity FROM information_schema.columns WHERE table_schema = %s"""
CONSTRAINTS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = %s::regnamespace"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s"


def run(home: Path, *arguments: str) -> Path:
    """Run Python with a site of its own, and return its database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAEM_")}
    environment |= {"SAEM_HOME": str(home), "SAEM_SECRET_KEY": "x", "DJANGO_SETTINGS_MODULE": "saem.settings"}
    home.mkdir()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, timeout=300)
    return home / "saem.sqlite3"


def parts(sql: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE, in no order: the migrations add columns at the end."""
    found, depth = [""], 0
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return sorted(part.strip() for part in found)


def of_sqlite(path: Path) -> dict[str, object]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        applied = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return {name: parts(sql) if kind == "table" else sql for kind, name, sql in rows} | {"applied": applied}


def declared() -> set[str]:
    """The names of constraints and indexes that somebody gave; the others keep the name of what was renamed since."""
    metas = [model._meta for model in apps.get_models()]
    return {each.name for meta in metas for each in (*meta.constraints, *meta.indexes)}


def of_postgresql(schema: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    names = declared()
    with connection.cursor() as cursor:
        for query in (COLUMNS, CONSTRAINTS, INDEXES):
            cursor.execute(query, [schema])
            rows = [[str(value).replace(f"{schema}.", "") for value in row] for row in cursor.fetchall()]
            if query != COLUMNS:
                rows = [row if row[1] in names else [row[0], "", row[2].replace(row[1], "")] for row in rows]
            found[query] = sorted(rows)
        cursor.execute(f"SELECT app, name FROM {schema}.django_migrations ORDER BY app, name")
        found["applied"] = cursor.fetchall()
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the next test is for PostgreSQL")
def test_sqlite_gets_the_same_tables_at_once(tmp_path: Path) -> None:
    migrated = of_sqlite(run(tmp_path / "migrated", "-m", "django", "migrate", "-v0"))
    assert len(migrated) > 300
    assert of_sqlite(run(tmp_path / "made", "-c", AT_ONCE)) == migrated


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test before is for SQLite")
@pytest.mark.django_db
def test_postgresql_gets_the_same_tables_at_once() -> None:
    migrated = of_postgresql("public")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA made")
        cursor.execute("SET LOCAL search_path = made")
    assert is_new(connection)
    make_tables(connection)
    assert not is_new(connection)
    made = of_postgresql("made")
    assert len(made[INDEXES]) > 300
    assert made == migrated
