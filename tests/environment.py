"""Sets the environment of a test run before Django reads it: a folder of its own and, when asked, a PostgreSQL.

Loaded by `-p tests.environment` (pyproject.toml). `SAEM_TEST_DATABASE=postgresql` starts a private server; the
parallel workers of one run inherit it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.postgresql import PrivateServer

DATABASE = os.environ.get("SAEM_TEST_DATABASE", "sqlite")

if "SAEM_TEST_HOME" not in os.environ:
    home = Path(tempfile.mkdtemp(prefix="saem-test-"))
    home.chmod(0o755)
    (home / "static").mkdir()  # whitenoise warns where there is none, and warnings are errors
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["SAEM_TEST_HOME"] = str(home)
    os.environ.update(
        SAEM_HOME=str(home),
        SAEM_SECRET_KEY="only-for-tests-" + "x" * 40,
        SAEM_STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
        SAEM_LOG_LEVEL="WARNING",
        # Playwright keeps an event loop in the thread of the tests; Django must not take that for an async view.
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
        SAEM_DATABASE_URL=f"sqlite:///{home}/test.sqlite3",
        SAEM_DATA_DOWNLOAD="false",
        SAEM_DATA_MIRRORS=os.environ.get("SAEM_TEST_DATA", ""),
    )
    if DATABASE == "postgresql":
        server = PrivateServer.start(home / "postgresql")
        atexit.register(server.stop)
        os.environ["SAEM_DATABASE_URL"] = server.url
