"""English is complete: every Korean sentence of every template and module has one, and none is left over."""

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from saem.web import translations
from saem.web.translations import check, compile_all, in_python, in_template

HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HEAD += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def a_tree(folder: Path, *, python: str = "", template: str = "", english: str = "") -> Path:
    (folder / "templates").mkdir()
    (folder / "words.py").write_text(python)
    (folder / "templates" / "page.html").write_text(template)
    catalogue = folder / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(HEAD + english)
    return folder


def test_english_is_complete() -> None:
    assert check() == []


def test_messages_are_found_in_python() -> None:
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
a = _("하나" "둘")
b = ngettext("{n}개", "{n}개들", 3)
c = pgettext_lazy("달", "월")
d = _(variable)
"""
    found = [(one.text, one.plural, one.context) for one in in_python(source, "x.py")]
    assert found == [("하나둘", None, None), ("{n}개", "{n}개들", None), ("월", None, "달")]


def test_messages_are_found_in_templates() -> None:
    source = """{% load i18n %}{% translate "가" %}
{% blocktranslate count n=x trimmed %}
  {{ n }}명
{% plural %}{{ n }}명들{% endblocktranslate %}{% include "x" with y=_("나") %}{{ z|default:_("다") }}"""
    found = [(one.text, one.plural, one.where) for one in in_template(source, "x.html")]
    assert [(text, plural) for text, plural, _ in found] == [
        ("가", None),
        ("%(n)s명", "%(n)s명들"),
        ("나", None),
        ("다", None),
    ]
    assert found[0][2] == "x.html:1"


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"python": '_("가")'}, "words.py:1: no English: 가"),
        ({"template": '{% translate "가" %}'}, "templates/page.html:1: no English: 가"),
        ({"english": 'msgid "가"\nmsgstr "a"\n'}, "no source uses: 가"),
        ({"python": '_("가")', "english": 'msgid "가"\nmsgstr ""\n'}, "not translated: 가"),
        ({"python": '_("가")', "english": 'msgid "가"\nmsgstr "나 a"\n'}, "the English has Korean letters: 가"),
        ({"python": '_("{a:이가} 가")', "english": 'msgid "{a:이가} 가"\nmsgstr "{b}"\n'}, "the placeholders differ"),
        ({"python": '_("가")', "english": '#, fuzzy\nmsgid "가"\nmsgstr "a"\n'}, "marked fuzzy: 가"),
        (
            {"python": 'ngettext("가", "가", 2)', "english": 'msgid "가"\nmsgstr "a"\n'},
            "the English has no plural: 가",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, tree: dict[str, str], expected: str) -> None:
    problems = check(a_tree(tmp_path, **tree))
    assert len(problems) == 1
    assert expected in problems[0]


def test_a_complete_tree_has_no_problem_and_compiles(tmp_path: Path) -> None:
    python = '_("{a:이가} 있어요")\n_("예: {{ko: 가}}")\nngettext("{n}개", "{n}개", 2)\n_("English")'
    english = 'msgid "{a:이가} 있어요"\nmsgstr "there is {a}"\n\n'
    english += 'msgid "예: {{ko: 가}}"\nmsgstr "such as {{ko: 가}}"\n\n'
    english += 'msgid "{n}개"\nmsgid_plural "{n}개"\nmsgstr[0] "{n} piece"\nmsgstr[1] "{n} pieces"\n'
    root = a_tree(tmp_path, python=python, english=english)
    assert check(root) == []
    assert compile_all(root) == 1
    assert list(tmp_path.rglob("django.mo"))


def test_two_catalogues_may_not_disagree(tmp_path: Path) -> None:
    for name, english in (("one", "a"), ("two", "b")):
        (tmp_path / name).mkdir()
        a_tree(tmp_path / name, python='_("가")', english=f'msgid "가"\nmsgstr "{english}"\n')
    assert any("translates this differently" in problem for problem in check(tmp_path))


def test_the_compiled_catalogues_are_used() -> None:
    assert (translations.ROOT / "web" / "locale" / "en" / "LC_MESSAGES" / "django.mo").is_file()
    with translation.override("en"):
        assert gettext("닫기") == "Close"
        assert ngettext("없는 말", "없는 말들", 2) == "없는 말들"
