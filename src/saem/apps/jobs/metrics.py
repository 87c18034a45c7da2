"""The queue as Prometheus text (exposition format 0.0.4)."""

from collections.abc import Iterable, Mapping

from saem.apps.jobs.queries import QueueState

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[Mapping[str, str], float]


def exposition(queue: QueueState) -> str:
    families: list[tuple[str, str, list[Sample]]] = [
        (
            "saem_jobs",
            "Jobs by state.",
            [
                ({"state": "waiting"}, queue.waiting),
                ({"state": "running"}, queue.running),
                ({"state": "dead"}, queue.dead),
            ],
        ),
        ("saem_jobs_done_last_hour", "Jobs finished within the last hour.", [({}, queue.done_last_hour)]),
        ("saem_job_oldest_waiting_seconds", "Age of the oldest waiting job.", [({}, queue.oldest_waiting_s)]),
        ("saem_workers", "Workers whose heartbeat is fresh.", [({}, len(queue.workers))]),
        (
            "saem_job_usual_seconds",
            "Mean time from start to finish of recent jobs.",
            [({"kind": kind}, seconds) for kind, seconds in queue.usual_s.items()],
        ),
    ]
    return "".join(_family(*family) for family in families)


def _family(name: str, meaning: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines.append(f"{name}{{{inside}}} {value:g}" if inside else f"{name} {value:g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
