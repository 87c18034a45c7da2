import pytest

from saem.lib.credentials.badges import contexts, missing_contexts
from saem.lib.credentials.errors import ContextsMissingError, UnreadableError

from .world import NOW, badge, trust, verify


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Contexts from another folder, read anew."""
    monkeypatch.setattr(contexts, "FOLDER", tmp_path)
    contexts.context.cache_clear()
    yield tmp_path
    contexts.context.cache_clear()


def test_all_contexts_are_there() -> None:
    assert missing_contexts() == ()


def test_missing_contexts_are_named(folder) -> None:
    assert missing_contexts() == ("credentials-2.0.json", "open-badges-3.0.2.json", "open-badges-3.0.3.json")


@pytest.mark.parametrize(
    "content", ["{", "{}", '{"@context": {"name": "https://evil.example/"}}', "\ud800".encode("utf-8", "surrogatepass")]
)
def test_other_contexts_are_refused(folder, content) -> None:
    for published in contexts.CONTEXTS.values():
        (folder / published.file).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert len(missing_contexts()) == 3


def test_without_contexts_nothing_is_said_about_a_badge(folder) -> None:
    # A site that was not built must not call honest badges malformed.
    with pytest.raises(ContextsMissingError, match="make site"):
        verify({"@context": [contexts.CREDENTIALS]}, trust({}), at=NOW)


def test_other_addresses_are_unknown() -> None:
    with pytest.raises(UnreadableError, match="unknown_context"):
        contexts.context("https://evil.example/context.json")


def test_white_space_is_nothing() -> None:
    assert contexts.digest({"a": 1, "b": [2]}) == contexts.digest({"b": [2], "a": 1})


def test_badges_name_the_contexts_that_we_have() -> None:
    assert set(badge()["@context"]) <= set(contexts.CONTEXTS)
