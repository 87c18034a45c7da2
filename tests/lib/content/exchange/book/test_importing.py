"""Books, pages and notebooks of others as lessons to start from."""

import json

import pytest
import yaml

from saem.lib.content import Severity
from saem.lib.content.exchange import Carried, import_book

PAGE = """\
---
title: Rain
kernelspec: {name: python3}
---
# Rain

(look)=
# Looking

![A map](pics/map.png) ![Gone](gone.png) {ref}`the table <tab>` and {math}`x^2`

```{note} Take care
Inside.
```

````{admonition} Stop
:class: warning
```{hint}
Deep.
```
````

```{code-cell} ipython3
:tags: [hide-input]
:label: read-table

rain = 1
```

```{code-cell}
---
mystnb:
  image: {width: 3}
---
rain + 1
```

```{code-cell} r
x <- 1
```

```{figure} pics/map.png
:alt: Where it rained

Our "map"
```

```{code-block} python
shown = True
```

```{math}
a = b
```

```{solution}
42
```

```python
# Not a heading
```
"""
EXPECTED = """\
(look)=
## Looking

![A map](images/map.png) Gone the table and $x^2$

:::{note} Take care
Inside.
:::

::::{warning} Stop
:::{tip}
Deep.
:::
::::

```{code-cell} python
:name: read-table
rain = 1
```

```{code-cell} python
:name: cell-2
rain + 1
```

```r
x <- 1
```

![Where it rained](images/map.png "Our ”map”")

```python
shown = True
```

$$
a = b
$$

```python
# Not a heading
```
"""


def told(carried: Carried) -> list[tuple[int, str]]:
    always = ("no_translation", "lesson_incomplete")
    found = [(each.line, each.code.removeprefix("exchange.")) for each in carried.problems]
    return [each for each in found if each[1] not in always]


def test_a_page() -> None:
    carried = import_book({"week 1/Rain fall.md": PAGE.encode(), "week 1/pics/map.png": b"png"})
    assert list(carried.files) == [
        "lessons/rain-fall/lesson.yaml",
        "lessons/rain-fall/en.md",
        "lessons/rain-fall/images/map.png",
    ]
    assert carried.files["lessons/rain-fall/en.md"].decode() == EXPECTED
    assert yaml.safe_load(carried.files["lessons/rain-fall/lesson.yaml"]) == {"title": {"en": "Rain"}}
    assert told(carried) == [(1, "cells_named"), (10, "picture"), (10, "role"), (38, "other_code"), (56, "directive")]
    assert all(each.severity is Severity.WARNING for each in carried.problems)
    missing = [each.params for each in carried.problems if each.code == "exchange.no_translation"]
    assert missing == [{"item": "rain-fall", "language": "ko"}]


def notebook(*cells: tuple[str, str]) -> bytes:
    written = [{"cell_type": kind, "metadata": {}, "source": source, "outputs": []} for kind, source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": written}).encode()


def test_a_notebook() -> None:
    data = notebook(("markdown", "# 비\n\n읽어요."), ("code", 'a = """\n```\n"""'), ("code", " "), ("raw", "x"))
    carried = import_book({"비.ipynb": data})
    assert carried.files["lessons/lesson/ko.md"].decode() == (
        '읽어요.\n\n````{code-cell} python\n:name: cell-1\na = """\n```\n"""\n````\n'
    )
    assert told(carried) == [(1, "cells_named")]


def test_the_order_of_the_table_of_contents() -> None:
    table = (
        b"format: jb-book\nroot: intro\nparts:\n  - chapters:\n      - file: b\n      - file: gone\n      - file: a\n"
    )
    carried = import_book(
        {"_toc.yml": table, "a.md": b"# A\n", "b.md": b"# B\n", "intro.md": b"# I\n", "c.md": b"# C\n"}
    )
    assert [name for name in carried.files if name.endswith("yaml")] == [
        f"lessons/{name}/lesson.yaml" for name in ("intro", "b", "a")
    ]
    assert told(carried) == [(6, "not_in_package")]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "exchange.no_pages"),
        ({"a.txt": b"# A"}, "exchange.no_pages"),
        ({"a.md": b"\xff\xfe"}, "exchange.not_text"),
        ({"a.ipynb": b"{"}, "content.notebook_broken"),
    ],
)
def test_nothing_to_be_read(files: dict[str, bytes], code: str) -> None:
    carried = import_book(files)
    assert ([each.code for each in carried.problems], carried.files) == ([code], {})
    assert carried.problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "text", ["---\n", "---\n[\n---\n", "```{note}\nnever closed", ":::{note}\n" * 5000, "```{code-cell}\n---"]
)
def test_what_is_not_finished(text: str) -> None:
    assert list(import_book({"a.md": text.encode()}).files) == ["lessons/a/lesson.yaml", "lessons/a/en.md"]


def test_two_pages_of_one_name() -> None:
    carried = import_book({"x/a.md": b"# A\n", "y/a.md": b"# B\n"})
    assert [name for name in carried.files if name.endswith("yaml")] == [
        "lessons/a/lesson.yaml",
        "lessons/a-2/lesson.yaml",
    ]
