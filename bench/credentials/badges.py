"""`python -m bench.credentials.badges`: milliseconds to issue and to verify one badge, in a process that has done it before.

Wall and CPU time of single calls, one after the other, on one thread. The badge has Korean text, four tags, a hashed
recipient, credits, hours, a picture's address and a status entry; the list of 131,072 was read before, as a site does.
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace

from pyld import jsonld

from bench.machine import machine, percentile
from saem.lib.credentials.badges import (
    Achievement,
    Alignment,
    Award,
    Issuer,
    KeyRing,
    Recipient,
    SigningKey,
    StatusList,
    Text,
    Trust,
    endorse,
    issue_badge,
    publish_list,
    read_list,
    status_entry,
    verify,
)
from saem.lib.credentials.badges.expansion import OPTIONS

NOW = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
LIST = "https://saem.example/status/1"
OFFICE = Issuer(id="did:web:saem.example", name="서울특별시교육청", url="https://saem.example")
UNIVERSITY = Issuer(id="did:web:univ.example", name="서울대학교", url="https://univ.example")
KEY, UNIVERSITY_KEY = SigningKey.generate("key-2026"), SigningKey.generate("key-1")
ACHIEVEMENT = Achievement(
    id="https://saem.example/achievements/1",
    name=Text("인공지능 입문", "Introduction to AI"),
    description=Text("데이터로 배우는 기계를 만들었어요.", "Made machines that learn from data."),
    criteria=Text("수업 12차시와 프로젝트 2개를 마쳤어요.", "Finished 12 lessons and 2 projects."),
    image="https://saem.example/achievements/1.png",
    keywords=("인공지능", "AI"),
    alignments=tuple(
        Alignment(
            scheme="UNESCO 2024", code=f"4.{one}.1", name=Text("이름", "name"), url=f"https://unesco.example/4.{one}.1"
        )
        for one in range(4)
    ),
    credits=2,
    hours=30,
)
AWARD = Award(
    id="https://saem.example/badges/1",
    achievement=ACHIEVEMENT,
    recipient=Recipient(identity="student@example.com"),
    valid_from=NOW,
    credits=2,
    hours=28.5,
)


def timed(work: Callable[[], object], runs: int) -> str:
    """Median and 95th percentile of wall and of CPU time of one call, in milliseconds."""
    walls, cpus = [], []
    for _run in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    return " | ".join(f"{percentile(values, share):.1f}" for values in (walls, cpus) for share in (0.5, 0.95))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    runs = parser.parse_args().runs
    endorsement = endorse(
        ACHIEVEMENT,
        id="https://univ.example/1",
        endorser=UNIVERSITY,
        key=UNIVERSITY_KEY,
        at=NOW,
        comment="함께 만들었습니다.",
    )
    given = {"issuer": OFFICE, "key": KEY, "at": NOW, "status": status_entry(LIST, 94_567)}
    begun = time.perf_counter()
    plain = issue_badge(AWARD, **given)
    first = (time.perf_counter() - begun) * 1e3
    endorsed = issue_badge(AWARD, **given, endorsements=[endorsement])
    rings = {
        OFFICE.id: KeyRing(OFFICE.id, [KEY.public()]),
        UNIVERSITY.id: KeyRing(UNIVERSITY.id, [UNIVERSITY_KEY.public()]),
    }
    known = Trust(rings=rings)
    listed = publish_list(StatusList(), url=LIST, issuer=OFFICE.id, key=KEY, at=NOW)
    known = replace(known, lists={LIST: read_list(listed, known, url=LIST, at=NOW)})
    assert verify(plain, known, at=NOW).is_valid
    assert all(one.state == "valid" for one in verify(endorsed, known, at=NOW).endorsements)
    body = {name: value for name, value in plain.items() if name != "proof"}
    usual = {**OPTIONS, "base": "", "algorithm": "URDNA2015", "format": "application/n-quads"}
    rows = {
        "issue": lambda: issue_badge(AWARD, **given),
        "issue, one endorsement inside": lambda: issue_badge(AWARD, **given, endorsements=[endorsement]),
        "verify": lambda: verify(plain, known, at=NOW),
        "verify, one endorsement inside": lambda: verify(endorsed, known, at=NOW),
        "check and read a status list": lambda: read_list(listed, known, url=LIST, at=NOW),
        "pyld's own canonical form of the badge, once": lambda: jsonld.normalize(body, usual),
    }
    print(f"{machine()}; {runs} runs of each; the first badge of a process took {first:.0f} ms\n")
    print("| | wall ms p50 | p95 | CPU ms p50 | p95 |\n|---|---|---|---|---|")
    for name, work in rows.items():
        print(f"| {name} | {timed(work, runs)} |", flush=True)


if __name__ == "__main__":
    main()
