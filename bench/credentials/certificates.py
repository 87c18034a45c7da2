"""A thousand certificates in one batch: wall and CPU seconds, memory, size. `python -m bench.credentials.certificates`."""

import io
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from bench.machine import machine
from saem.lib.credentials.certificates import Document, Issuer, Picture, Proof, TrainingCertificate, render_many

FONTS = Path(__file__).resolve().parents[2] / "src" / "saem" / "web" / "fonts"
COUNT = 1000
FAMILY, GIVEN = "김이박최정강조윤장임", "가나다라마바사아자차카타파하"


def seal() -> Picture:
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((6, 6, 234, 234), outline=(196, 44, 38, 215), width=9)
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(content=out.getvalue(), alt="직인")


def certificates(count: int) -> Iterator[Document]:
    """Each with a name, birthday, school, number and address of its own, so that nothing can be kept from the last."""
    office = Issuer(institution="한빛교육연수원", officer="한빛교육연수원장", seal=seal())
    for index in range(count):
        number = f"한빛-2026-{index:06d}"
        name = f"{FAMILY[index % 10]}{GIVEN[index % 14]}{GIVEN[index // 14 % 14]}"
        yield TrainingCertificate(
            name=name,
            born=date(1970, 1, 1) + timedelta(days=index * 11),
            affiliation=f"한빛{index % 97}중학교",
            designation=f"2026-한빛-{index:04d}",
            course="인공지능 융합 수업 설계 직무연수",
            area="직무연수",
            begins=date(2026, 10, 12),
            ends=date(2026, 11, 20),
            hours=30,
            credits=2,
            basis="교원 등의 연수에 관한 규정",
            issued=date(2026, 11, 28),
            issuers=(office,),
            proof=Proof(number=number, address=f"https://saem.example.kr/verify/2026-{index:06d}-K7QX"),
        )


def processor_seconds() -> float:
    """Of this process and of those of its children that have ended."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def measure(workers: int) -> str:
    began, used = time.monotonic(), processor_seconds()
    first, total = 0.0, 0
    for pdf in render_many(certificates(COUNT), fonts=FONTS, workers=workers):
        first = first or time.monotonic() - began
        total += len(pdf)
    wall, cpu = time.monotonic() - began, processor_seconds() - used
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return f"| {workers} | {first:.2f} | {wall:.1f} | {cpu:.1f} | {COUNT / wall:.0f} | {peak:.0f} | {total / COUNT / 1000:.1f} |"


def main() -> None:
    print(machine(), end="\n\n")
    print(f"{COUNT} training certificates (연수 이수증) with seal and QR code, tagged (PDF/UA-1, PDF/A-2a).\n")
    print("| processes | first after s | wall s | CPU s | a second | MB of the largest process | KB each |")
    print("|---|---|---|---|---|---|---|")
    for workers in (1, 2):
        print(measure(workers), flush=True)


if __name__ == "__main__":
    main()
