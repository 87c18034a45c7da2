"""A learner with a filled portfolio in a class on the sample program."""

from pathlib import Path

import pytest
from django.core.cache import cache

from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.awards.portfolio.shelf import Shelf, a_shelf, fill
from tests.sample import published_sample


@pytest.fixture
def shelf(db: None, sandbox: Sandbox, tmp_path: Path) -> Shelf:
    cache.clear()
    found = a_shelf(cast.a_classroom(cast.a_cohort(published_sample(sandbox, tmp_path))))
    fill(found.enrolment)
    return found
