"""Makes Django ready for a command: the home folder, its key, the settings."""

import os
import secrets
from pathlib import Path

import django
from django.core.management import call_command

from saem.cli.tables import make_tables_of_a_new_database


def home_folder() -> Path:
    """The folder that SAEM_HOME names, created private to this user where it does not exist."""
    home = Path(os.environ.setdefault("SAEM_HOME", "var")).resolve()
    os.environ["SAEM_HOME"] = str(home)
    for folder in (home, home / "run"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home


def ensure_secret_key(home: Path) -> None:
    """Give a new site a key of its own, readable by its user only."""
    path = home / "secret_key"
    if os.environ.get("SAEM_SECRET_KEY") or path.exists():
        return
    # Written whole before it gets its name: two commands started together must agree on one key.
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def prepare_site() -> Path:
    """Set Django up for this process; return the site's home folder."""
    home = home_folder()
    ensure_secret_key(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saem.settings")
    django.setup()
    return home


def prepare_database() -> None:
    """Bring the database to the current schema and gather the static files."""
    make_tables_of_a_new_database()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
