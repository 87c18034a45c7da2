"""Which items a diagnosis gives, and where an author reads it."""

from pathlib import Path

from django.test import Client

from saem.apps.catalog.services import publish
from saem.apps.learning.diagnosis.bank import bank_of
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.apps.catalog.test_items import CODE
from tests.quiz import quiz


def test_code_is_practised_and_not_diagnosed_and_the_item_bank_says_why(db: None, sandbox: Sandbox, tmp_path: Path):
    practised = quiz(1).replace("id: sum-0", "id: only-practised\n  use: practice")
    root = sample.sample_program(tmp_path, **{"items__sums.yaml": f"{quiz(8)}\n{practised}\n{CODE}"})
    author = cast.a_person()
    version = publish(root, by=author, owner=cast.a_school(), sandbox=sandbox)
    grant(author, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=version.program_id)
    bank = bank_of(version)
    assert bank is not None
    assert set(bank.items) == {f"sum-{number}" for number in range(8)}

    def page(item: str, language: str = "ko") -> str:
        client = Client(headers={"accept-language": language})
        client.force_login(author)
        return str(client.get(f"/bank/{version.program.slug}/{item}").content.decode())

    assert "실행해 보지 않고 쓰면 오타 하나로도 틀리기" in page("items/mean-code/")
    assert "Code takes minutes to write" in page("items/mean-code/", "en")
    assert "문항에 그렇게 적혀 있어요" in page("items/only-practised/")
    assert "진단에는 나오지 않" not in page("items/sum-0/")
    assert page("").count("연습에만") == 2
