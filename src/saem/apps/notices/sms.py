"""A sender of text messages for the demonstration: it prints them."""

import sys


def to_console(number: str, text: str) -> None:
    sys.stdout.write(f"SMS {number}\n{text}\n")
