"""The site under fire: a job kind whose effect is one event, for its workers and for its web server (`application`)."""

import django

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # Django is set up first

from saem.apps.events.services import record  # noqa: E402  # Django is set up first
from saem.apps.jobs.kinds import Effect, Kind, register  # noqa: E402  # Django is set up first
from saem.lib.fleet import Claim  # noqa: E402  # Django is set up first
from tests.apps.jobs.killing_host import perform  # noqa: E402  # Django is set up first


def note(verb: str, number: int) -> None:
    record(verb, actor=None, object_kind="probe", object_id=number)


def effect(claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: note("probed", claim.subject_id))


register(Kind(name="probe", perform=perform, effect=effect, is_portable=True))
application = get_wsgi_application()
