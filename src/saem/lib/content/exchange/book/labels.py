"""The few words that a book has beside the program's own, in the language of the book."""

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "data": "데이터",
        "data_file": "이 수업의 코드는 `{file}` 파일을 읽어요. "
        "‘{name}’ 데이터를 이 이름으로 이 쪽과 같은 폴더에 두세요.",
        "data_rows": "{rows}행",
        "licence": "이용 조건",
        "authors": "만든 이",
        "hint": "힌트 {number}",
        "checks": "확인 항목",
        "goal": "목표",
        "starter": "시작 노트북",
        "source_sklearn": "파이썬 패키지 scikit-learn의 `{rest}`",
        "source_vega": "파이썬 패키지 vega_datasets의 `{rest}`",
        "source_file": "이 책의 파일 `{rest}`",
        "source_url": "<{url}>",
    },
    "en": {
        "data": "Data",
        "data_file": "The code of this lesson reads `{file}`. "
        "Put the data “{name}” under that name in the folder of this page.",
        "data_rows": "{rows} rows",
        "licence": "Licence",
        "authors": "Authors",
        "hint": "Hint {number}",
        "checks": "What is checked",
        "goal": "Goal",
        "starter": "Starter notebook",
        "source_sklearn": "`{rest}` of the Python package scikit-learn",
        "source_vega": "`{rest}` of the Python package vega_datasets",
        "source_file": "the file `{rest}` of this book",
        "source_url": "<{url}>",
    },
}
