"""The few words a page adds by itself. They follow the language of the page, not of the reader's menu."""

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "table": "표",
        "math": "수식",
        "code": "코드",
        "note": "참고",
        "tip": "도움말",
        "warning": "주의",
        "think": "생각해 보기",
    },
    "en": {
        "table": "Table",
        "math": "Formula",
        "code": "Code",
        "note": "Note",
        "tip": "Tip",
        "warning": "Take care",
        "think": "Think about it",
    },
}
ADMONITIONS = ("note", "tip", "warning", "think")
