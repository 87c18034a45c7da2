"""The picture of a badge: a spring in a seal, its colour chosen by the words, with no letter that needs a font."""

import hashlib
import math

from saem.apps.awards.models import BadgeTemplate

# Dark enough that white on it is read easily (4.5:1 and more).
COLOURS = ("#0b6e69", "#1f5aa6", "#7a3e9d", "#a23b3b", "#8a5a00", "#2f6b2f", "#5b4b8a", "#9b2f6a")
TEETH, OUTER, INNER, CENTRE = 24, 96.0, 88.0, 100.0


def badge_svg(template: BadgeTemplate, *, title: str) -> str:
    """A square drawing of 200; the same words give the same picture."""
    colour = COLOURS[hashlib.sha256(template.name_ko.encode()).digest()[0] % len(COLOURS)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200" role="img">'
        f"<title>{escaped(title)}</title>"
        f'<path d="{rim()}" fill="{colour}"/>'
        '<circle cx="100" cy="100" r="74" fill="none" stroke="#fff" stroke-width="3"/>'
        # A drop above rings of water: 샘 is a spring.
        '<path d="M100 48c14 20 22 32 22 43a22 22 0 0 1-44 0c0-11 8-23 22-43Z" fill="#fff"/>'
        '<path d="M62 128c12 9 64 9 76 0M54 142c18 14 74 14 92 0" fill="none" stroke="#fff" stroke-width="6"'
        ' stroke-linecap="round"/></svg>'
    )


def rim() -> str:
    """The outline of a seal: teeth around a circle."""
    points = []
    for step in range(2 * TEETH):
        radius, angle = (INNER if step % 2 else OUTER), math.pi * step / TEETH
        points.append(f"{CENTRE + radius * math.sin(angle):.1f} {CENTRE - radius * math.cos(angle):.1f}")
    return f"M{'L'.join(points)}Z"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
