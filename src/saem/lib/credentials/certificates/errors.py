"""What the certificates room raises."""

from enum import StrEnum


class Fault(StrEnum):
    EMPTY = "empty"  # a field that must hold something is empty, or holds nothing that can be seen
    LONG = "long"  # more signs or entries than a page of this kind can carry
    PERIOD = "period"  # the end is before the beginning
    AMOUNT = "amount"  # a number outside its range
    ADDRESS = "address"  # not an http(s) address of printable ASCII
    PICTURE = "picture"  # not a PNG, JPEG or SVG that may be printed
    FONTS = "fonts"  # the folder holds no font that can be read
    TYPESETTING = "typesetting"  # Typst refused; `detail` has its words


class DocumentError(ValueError):
    """A document that cannot be made. `fault` chooses the words, `field` names the place."""

    def __init__(self, fault: Fault, field: str = "", *, detail: str = "") -> None:
        super().__init__(": ".join(part for part in (str(fault), field, detail) if part))
        self.fault = fault
        self.field = field
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        """An error of a worker process must arrive whole; exceptions are sent by their message alone otherwise."""
        return _again, (self.fault, self.field, self.detail)


def _again(fault: Fault, field: str, detail: str) -> DocumentError:
    return DocumentError(fault, field, detail=detail)
