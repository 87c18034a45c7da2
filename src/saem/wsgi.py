"""The WSGI application that `saem serve` runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saem.settings")
application = get_wsgi_application()

# A worker imports this module before it takes requests. What is not loaded here, the first pupil waits for: all the
# pages, and more than a second of numba for the models of practice. After the fork, because numba knows threads.
get_resolver().url_patterns  # noqa: B018  # loads them
import_string("saem.apps.learning.practice.rating.prepare")()

# All this stays. Each full collection would look at every object of it again, a third of a second long, for nothing.
gc.collect()
gc.freeze()
