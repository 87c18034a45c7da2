"""The words by which an author marks a cell or a line, each in Korean and in English."""

import re

LANGUAGES = ("ko", "en")

QUESTION = re.compile(r"^#\s*(?:문항|question)\s*:\s*(?P<id>\S.*?)\s*$", re.IGNORECASE)
CHECK = re.compile(r"^#\s*(?:확인|check)\s*:\s*(?P<rest>.*?)\s*$", re.IGNORECASE)
CHECK_REST = re.compile(r"^(?P<id>\S+)(?:\s+(?P<points>\S+?)\s*(?:점|points?|pts?))?$", re.IGNORECASE)
HIDDEN = re.compile(r"^#\s*(?:숨김|hidden)\s*$", re.IGNORECASE)
SOLUTION_ONLY = re.compile(r"^#\s*(?:풀이만|solution only)\s*$", re.IGNORECASE)
CHECKS_FILE = re.compile(r"^#\s*checks\.py\s*$", re.IGNORECASE)

BEGIN = re.compile(r"^\s*#+\s*(?:풀이\s*시작|BEGIN\s+SOLUTION)\s*$", re.IGNORECASE)
END = re.compile(r"^\s*#+\s*(?:풀이\s*끝|END\s+SOLUTION)\s*$", re.IGNORECASE)
INSTEAD = re.compile(r"^(?P<indent>\s*)#\s*(?P<word>대신|instead)\s*:(?: (?P<text>.*))?$", re.IGNORECASE)
NOTHING = re.compile(r"^\s*#\s*(?:(?P<word>대신)\s*없음|instead\s+nothing)\s*$", re.IGNORECASE)
SHOWN = re.compile(r"(?<!\s)\s*#\s*(?:보여도 됨|may be shown)\s*$", re.IGNORECASE)
# In code `# @ko`, `# @en`, `# @end`; in Markdown `<!-- ko -->`, `<!-- en -->`, `<!-- 풀이 -->`.
LANGUAGE = re.compile(r"^\s*#\s*@(?P<name>ko|en|end|끝)\s*$")
PART = re.compile(r"^\s*<!--\s*(?P<name>ko|en|풀이|solution)\s*-->\s*$", re.IGNORECASE)

# Lines that were probably meant as marks, ours or another grader's: left alone, they would show students the answer.
NEAR = (
    re.compile(
        r"^\s*#+\s*(?:풀이\s*(?:시작|끝)|(?:BEGIN|END)\s*(?:SOLUTION|HIDDEN|TEST|PROMPT|QUESTION))", re.IGNORECASE
    ),
    re.compile(r"^\s*#+\s*(?:문항|확인)\s+[\w-]+\s*(?:\d+\s*점)?\W*$"),
    re.compile(r"\S.*#\s*SOLUTION(?:\s+NO PROMPT)?\s*$"),
)
KNOWN = (BEGIN, END, INSTEAD, NOTHING, QUESTION, CHECK, HIDDEN, SOLUTION_ONLY, CHECKS_FILE, LANGUAGE)


def first_line(source: str) -> str:
    """The first line with something on it."""
    return next((line.strip() for line in source.split("\n") if line.strip()), "")


def is_nearly_a_mark(line: str) -> bool:
    return any(near.match(line) for near in NEAR) and not any(mark.match(line.strip()) for mark in KNOWN)


def belongs_in_code(source: str) -> bool:
    """Whether a text cell begins as only a code cell of ours does; `# 확인: 요약` alone may be a heading."""
    first = first_line(source)
    check = CHECK.match(first)
    rest = CHECK_REST.match(check["rest"]) if check else None
    return any(mark.match(first) for mark in (QUESTION, HIDDEN, SOLUTION_ONLY, CHECKS_FILE)) or bool(
        rest and rest["points"]
    )
