"""Views of the gallery: fixed content, and forms that count what reaches them."""

import base64
import time
from io import BytesIO
from types import SimpleNamespace

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from PIL import Image

from saem.errors import SaemError

received: list[dict[str, str]] = []
MAX_BYTES = 1000


class ApplicationForm(forms.Form):
    name = forms.CharField(label="이름", help_text="반 친구들에게 보이는 이름이에요.")
    reason = forms.CharField(label="하고 싶은 것", widget=forms.Textarea, required=False)
    level = forms.ChoiceField(label="학교", choices=[("m", "중학교"), ("h", "고등학교")], widget=forms.RadioSelect)
    region = forms.ChoiceField(label="지역", choices=[("s", "서울"), ("b", "부산")], help_text="사는 곳")
    agree = forms.BooleanField(label="안내를 읽었어요")
    file = forms.FileField(
        label="예측 파일",
        required=False,
        help_text="CSV, 20 MB까지",
        widget=forms.FileInput(attrs={"data-max-bytes": MAX_BYTES}),
    )


def nav(request: HttpRequest) -> dict[str, object]:
    names = [
        ("오늘", "/"),
        ("배우기", "/lesson/"),
        ("프로젝트", "/result/"),
        ("우리 반", "/class/"),
        ("지원", "/form/"),
    ]
    return {"nav": [SimpleNamespace(label=label, url=url, current=request.path == url) for label, url in names]}


def figure() -> str:
    file = BytesIO()
    Image.new("RGB", (320, 160), "#e3f1ee").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def good_output() -> dict[str, object]:
    table = {
        "columns": ["", "date", "temp_max", "weather"],
        "rows": [[0, "2012-01-01", 12.8, "drizzle"], [1, "2012-01-02", 10.6, "rain"]],
        "total": 1461,
    }
    return {
        "stdout": "정확도 0.693\n" + "아주 긴 출력 줄은 칸 안에서 옆으로 밀립니다. " * 8,
        "displays": [{"kind": "table", "table": table}, {"kind": "image", "png_base64": figure()}],
    }


def bad_output() -> dict[str, object]:
    return {
        "error": {
            "title": "cols라는 이름을 아직 만들지 않았어요.",
            "advice": "위 칸에서 cols = […]처럼 먼저 정해 두면 여러 번 쓸 수 있어요.",
            "line": 3,
            "traceback": "NameError: name 'cols' is not defined",
        },
        "stderr": "UserWarning: look out",
    }


def steps(now: int) -> list[dict[str, str]]:
    titles = ["생각 열기", "규칙으로", "모델로", "연습", "정리"]
    return [
        {"title": title, "state": "done" if i < now else "now" if i == now else "todo", "url": f"#s{i}"}
        for i, title in enumerate(titles)
    ]


def parts(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(200), 10).get_page(request.GET.get("page", 4))
    trail = [("AI 심화 과정", "/"), ("4차시", "/lesson/")]
    return render(request, "gallery/parts.html", {"page": page, "steps": steps(3), "trail": trail})


def lesson(request: HttpRequest) -> HttpResponse:
    context = {"steps": steps(2), "good": good_output(), "bad": bad_output()}
    return render(request, "gallery/lesson.html", context)


def cell(request: HttpRequest, cell: str) -> HttpResponse:
    received.append({"cell": cell, **request.POST.dict()})
    if request.POST.get("action") == "save":
        return HttpResponse("저장됨 14:02")
    if request.POST.get("action") == "reset":
        return render(request, "gallery/_cell.html", {"bad": {}})
    return render(request, "_output.html", {"output": {"stdout": f"받은 코드: {request.POST['code']}"}})


class Someone:
    """A person who is signed in and whose name is long."""

    is_authenticated = True
    language = ""

    def __str__(self) -> str:
        return "남궁하늘별님이선생님"


def classroom(request: HttpRequest) -> HttpResponse:
    request.user = Someone()
    marks = ["d", "d", "w", "s", "p", "o"]
    words = {"d": "✓", "w": "대기", "s": "막힘", "p": "3/5", "o": "·"}
    rows = [(f"학생 {i:02}", [(marks[(i + j) % 6], words[marks[(i + j) % 6]]) for j in range(9)]) for i in range(1, 9)]
    titles = ["생각 열기", "규칙과 배움", "첫 모델", "칸 3", "문항", "내일 비가 올까", "정리", "성찰", "제출"]
    return render(request, "gallery/class.html", {"rows": rows, "titles": titles})


def result(request: HttpRequest) -> HttpResponse:
    marks = [("선두", 196.2), ("기준: 릿지", 349.3), ("기준: 어제와 같음", 371.0)]
    return render(request, "gallery/result.html", {"marks": marks, "history": [312.0, 290.5, 301.0, 244.2, 231.4]})


def form(request: HttpRequest) -> HttpResponse:
    bound = ApplicationForm(request.POST, request.FILES) if request.method == "POST" else ApplicationForm()
    if request.method == "POST":
        received.append(request.POST.dict())
        if bound.is_valid():
            return redirect("parts")
    return render(request, "gallery/form.html", {"form": bound}, status=422 if bound.errors else 200)


def slow(request: HttpRequest) -> HttpResponse:
    received.append(request.POST.dict())
    time.sleep(0.5)
    return HttpResponse("끝")


def expired(request: HttpRequest) -> HttpResponse:
    return redirect("/in/?next=/expired/")


def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>in</title><h1>sign in</h1>")


def refused(request: HttpRequest) -> HttpResponse:
    raise SaemError("too_many_requests", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied
