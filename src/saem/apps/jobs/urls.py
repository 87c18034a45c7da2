"""Addresses of `jobs`."""

from django.urls import include, path

from saem.apps.jobs import hosts, views

app_name = "jobs"
under_claim = [
    path("parcel", hosts.parcel),
    path("supply", hosts.supply),
    path("renew", hosts.renew),
    path("finish", hosts.finish),
    path("fail", hosts.fail),
    path("release", hosts.release),
]
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("operate/queue/", views.queue, name="queue"),
    path("operate/queue/<int:pk>/retry/", views.retry, name="retry"),
    path("operate/metrics", views.metrics, name="metrics"),
    path("operate/keys/", views.worker_keys, name="keys"),
    path("operate/keys/<int:pk>/revoke/", views.revoke, name="revoke_key"),
    path("api/workers/claim", hosts.claim),
    path("api/workers/wait", hosts.wait),
    path("api/workers/leave", hosts.leave),
    path("api/workers/jobs/<int:job>/<int:attempt>/", include(under_claim)),
]
