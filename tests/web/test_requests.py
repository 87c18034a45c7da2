"""What every request passes: policy, language, expected errors, expired sessions, kind error pages."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from saem.web import error_pages, middleware

pytestmark = pytest.mark.usefixtures("gallery")
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/class/?page=2"}


def test_each_page_has_its_own_nonce_in_policy_and_page(client: Client) -> None:
    policies = set()
    for _ in range(2):
        response = client.get("/")
        policy = response.headers["Content-Security-Policy"]
        nonce = re.search(r"'nonce-([\w-]+)'", policy)
        assert nonce
        assert f'name="csp-nonce" content="{nonce[1]}"' in response.content.decode()
        assert "unsafe" not in policy
        policies.add(policy)
    assert len(policies) == 2
    assert "worker-src 'self'" in policy
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/lesson/", "/class/", "/result/", "/form/", "/nowhere/"])
def test_nothing_is_inline(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page)
    assert not [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag]
    assert not re.search(r"(src|href|action)=.?(https?:)?//", page)


@pytest.mark.parametrize(
    ("chosen", "cookie", "asked", "expected"),
    [
        ("", "", "", "ko"),
        ("", "", "en-US,en;q=0.9", "en"),
        ("", "", "ja,fr;q=0.5", "ko"),
        ("", "ko", "en", "ko"),
        ("en", "ko", "ko", "en"),
        ("xx", "", "en", "en"),
    ],
)
def test_the_language_is_the_readers(chosen: str, cookie: str, asked: str, expected: str) -> None:
    request = RequestFactory().get("/", headers={"accept-language": asked})
    if cookie:
        request.COOKIES["django_language"] = cookie
    request.user = SimpleNamespace(language=chosen)
    response = middleware.language(lambda _request: HttpResponse())(request)
    assert response.headers["Content-Language"] == expected
    assert "Accept-Language" in response.headers["Vary"]


def test_choosing_a_language_stays(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/class/"})
    assert answer.headers["Location"] == "/class/"
    assert '<html lang="en"' in client.get("/class/").content.decode()


def test_an_expected_error_is_a_page_with_its_sentence(client: Client) -> None:
    response = client.get("/refused/")
    assert response.status_code == 429
    assert "짧은 시간에 너무 여러 번 눌렀어요" in response.content.decode()


def test_an_expected_error_is_a_fragment_for_htmx(client: Client) -> None:
    response = client.get("/refused/", headers=HTMX)
    assert response.status_code == 429
    assert response.headers["HX-Retarget"] == "#toasts"
    assert response.content.decode().startswith('<p class="note bad">')


def test_an_expired_session_sends_the_whole_page_to_the_sign_in(client: Client) -> None:
    response = client.get("/expired/", headers=HTMX)
    assert response.headers["HX-Redirect"] == "/in/?next=%2Fclass%2F%3Fpage%3D2"
    assert client.get("/expired/").status_code == 302


@pytest.mark.parametrize("page", ["", "http://evil.example//evil.example/x", "javascript:alert(1)"])
def test_the_way_back_is_always_ours(client: Client, page: str) -> None:
    response = client.get("/expired/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert response.headers["HX-Redirect"] == "/in/?next=%2F"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [("/nowhere/", 404, "페이지를 찾지 못했어요"), ("/denied/", 403, "이 페이지는 볼 수 없어요")],
)
def test_error_pages_are_kind_and_lead_back(client: Client, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert 'class="btn main" href="/"' in page


def test_our_own_fault_is_said_without_the_database(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/broken/", headers={"accept-language": "en"})
    assert response.status_code == 500
    assert "It is our fault" in response.content.decode()
    assert '<html lang="en">' in response.content.decode()


def test_our_own_fault_is_said_even_before_the_language_is_known() -> None:
    assert "저희 쪽 잘못이에요" in error_pages.server_error(HttpRequest()).content.decode()


def test_too_large_a_request_is_told_apart(client: Client) -> None:
    response = client.post("/form/", {"reason": "x" * 6_000_000})
    assert response.status_code == 413
    assert "보낸 것이 너무 커요" in response.content.decode()
    request = RequestFactory().get("/")
    assert error_pages.bad_request(request, RequestDataTooBig()).status_code == 413
    assert error_pages.bad_request(request).status_code == 400


def test_a_form_without_its_token_keeps_what_was_typed() -> None:
    response = Client(enforce_csrf_checks=True).post("/form/", {"name": "하늘"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "뒤로 가기를 누르면 쓴 내용이 그대로 있어요" in page
    assert "data-keep-drafts" in page


def test_a_refused_form_says_what_to_put_right_beside_each_field(client: Client) -> None:
    page = client.post("/form/", {"name": "", "level": "x", "region": "s"}).content.decode()
    assert 'class="error-summary" role="alert"' in page
    assert 'href="#id_name"' in page
    assert 'href="#id_level_0"' in page
    assert re.search(
        r'<input[^>]*name="name"[^>]*aria-invalid="true"[^>]*aria-describedby="id_name_helptext id_name_error"', page
    )
    assert 'id="id_name_error"' in page
