"""The service worker that keeps attendance lists on a teacher's device for rooms without a network."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

WORKER = "dist/attendance-worker.js"
# What a list looks and works by; fonts are left to the browser's own cache.
FILES = ("dist/fonts.css", "dist/saem.css", "dist/app.js", "dist/attendance.js", "icon.svg")
# The header by which a page says that it may be kept, and for whom; the worker's scripts know it by this name.
KEPT_FOR = "Saem-Kept-For"


@require_safe
@cache_control(no_cache=True)
def worker(_request: HttpRequest) -> HttpResponse:
    """A few lines that name the version and load the bundle: with any file of it they change, and browsers update."""
    files = [static(name) for name in FILES]
    script = static(WORKER)
    version = hashlib.sha256("\n".join([script, *files]).encode()).hexdigest()[:12]
    facts = json.dumps({"version": version, "files": files})
    text = f"self.saem = {facts};\nimportScripts({json.dumps(script)});\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    # Each list registers it for itself alone, below the folder that this worker is in.
    response.headers["Service-Worker-Allowed"] = reverse("sessions:worker").rpartition("/")[0] + "/"
    return response
