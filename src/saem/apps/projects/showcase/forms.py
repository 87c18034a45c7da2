"""What a team writes for everybody, and what a visitor looks for."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLAIN_TYPING, PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.projects.models import Area, Method, ShowcaseVersion
from saem.apps.projects.models.showcase import LONGEST_PART, LONGEST_TITLE
from saem.apps.projects.showcase.pictures import MOST_BYTES, Drawn, RefusedPictureError, draw_anew
from saem.apps.projects.showcase.writing import PARTS, Written, cards_shown
from saem.apps.projects.teams.forms import choice
from saem.web.messages import message

WRONG_LINK = _("https://로 시작하는 주소를 써 주세요.")
MOST_METHODS = 3

Skills = list[dict[str, str]]


def part(label: Any, help_text: Any = "", *, rows: int = 4, most: int = LONGEST_PART) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea({"rows": rows}),
        error_messages=PLEASE_WRITE,
    )


class ShowcaseForm(forms.Form):
    """The page. `seen` is the version that the writer has before them; `cleared` is asked where something was found."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(
        label=_("작품 이름"),
        max_length=LONGEST_TITLE,
        help_text=_("처음 보는 사람도 무엇을 풀었는지 알 수 있게 지어요."),
        error_messages=PLEASE_WRITE,
    )
    area = forms.ChoiceField(label=_("어디의 문제인가요?"), error_messages=PLEASE_CHOOSE)
    problem = part(_("어떤 문제였나요?"), _("어디에서 무엇을 보았는지부터 써요."))
    whose = part(_("누구의 문제인가요?"), _("사람 이름 말고, 어떤 사람들인지 써요."), rows=2, most=300)
    methods = forms.MultipleChoiceField(
        label=_("어떤 방법을 썼나요?"),
        choices=Method.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("세 가지까지 골라요."),
        error_messages=PLEASE_CHOOSE,
    )
    method = part(_("어떻게 풀었나요?"), _("다른 모둠이 따라 해 볼 수 있게 써요."))
    found = part(_("무엇을 알아냈나요?"), _("AI를 쓰지 않는 방법보다 나았는지도 써요."))
    limits = part(_("아직 안 되는 것"), _("언제, 누구에게 틀리는지 솔직하게 써요."))
    ai_use = part(_("AI 도구를 어디에 썼나요?"), _("쓰지 않았으면 쓰지 않았다고 써요."), rows=2)
    reflection = part(_("하면서 달라진 우리 생각"), _("다음에 이 문제를 풀 사람에게 해 주고 싶은 말"))
    skills = forms.MultipleChoiceField(label=_("쓴 성취 요소"), required=False, widget=forms.CheckboxSelectMultiple)
    link = forms.CharField(
        label=_("직접 써 볼 수 있는 주소"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs=PLAIN_TYPING),
        help_text=_("https:// 주소만 돼요. 로그인 없이 열리고, 열었을 때 이름이 보이지 않는지 확인해 주세요."),
    )
    picture = forms.FileField(
        label=_("그림"),
        required=False,
        max_length=200,
        help_text=_("PNG나 JPEG 한 장, 10MB까지. 찍은 곳과 때 같은 숨은 정보는 지우고 올려요."),
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg", "data-max-bytes": str(MOST_BYTES)}),
    )
    picture_alt = forms.CharField(
        label=_("그림을 말로 하면"),
        required=False,
        max_length=200,
        help_text=_("그림을 볼 수 없는 사람이 읽어요."),
    )
    declares = forms.BooleanField(label=_("이 그림에 사람 얼굴도, 이름도, 이름표도 없어요."), required=False)
    drops_picture = forms.BooleanField(label=_("전에 올린 그림을 빼요."), required=False)
    with_data_card = forms.BooleanField(label=_("데이터 카드를 함께 보여요."), required=False)
    with_model_card = forms.BooleanField(label=_("모델 카드를 함께 보여요."), required=False)
    cleared = forms.BooleanField(label=_("짚어 준 곳을 살펴봤고, 개인정보가 아니에요."), required=False)

    def __init__(
        self,
        *args: Any,
        skills: Skills,
        language: str,
        cards: set[str],
        last: ShowcaseVersion | None,
        asks_cleared: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.skills_known = skills
        self.drawn: Drawn | None = None
        self.has_picture = last is not None and last.picture_id is not None
        choice(self, "area").choices = [("", _("골라 주세요")), *Area.choices]
        many(self, "skills").choices = [(each["id"], each[language] or each["ko"]) for each in skills]
        for name, is_there in {
            "skills": bool(skills),
            "drops_picture": self.has_picture,
            "with_data_card": "data_card" in cards,
            "with_model_card": "model_card" in cards,
            "cleared": asks_cleared,
        }.items():
            if not is_there:
                del self.fields[name]

    def clean_methods(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["methods"]
        if len(chosen) > MOST_METHODS:
            raise forms.ValidationError(_("세 가지까지 골라 주세요."))
        return chosen

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        if link and not is_safe_link(link):
            raise forms.ValidationError(WRONG_LINK)
        return link

    def clean_picture(self) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if upload is not None:
            try:
                self.drawn = draw_anew(upload.read())
            except RefusedPictureError as refused:
                raise forms.ValidationError(message(refused.reason)) from refused
        return upload

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.drawn is not None and not given.get("declares"):
            self.add_error("declares", _("그림에 얼굴과 이름이 없는지 보고 표시해 주세요."))
        keeps = self.has_picture and not given.get("drops_picture")
        if (self.drawn is not None or keeps) and not given.get("picture_alt"):
            self.add_error("picture_alt", _("그림에 무엇이 있는지 한 문장으로 써 주세요."))
        return given

    @property
    def written(self) -> Written:
        given = self.cleaned_data
        return Written(
            parts={name: str(given[name]).replace("\r\n", "\n") for name in PARTS},
            area=given["area"],
            methods=given["methods"],
            skills=[each for each in self.skills_known if each["id"] in given.get("skills", [])],
            picture=self.drawn,
            keeps_picture=not given.get("drops_picture"),
            with_data_card=bool(given.get("with_data_card")),
            with_model_card=bool(given.get("with_model_card")),
            is_cleared=bool(given.get("cleared")),
        )


def is_safe_link(link: str) -> bool:
    """https, a name with a dot, and no user name that would make it look like somewhere else."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        is_whole = parts.port is None or parts.port > 0
    except ValueError:
        return False
    has_gap = any(sign.isspace() or not sign.isprintable() for sign in link)
    return is_whole and parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc and not has_gap


def initial_of(last: ShowcaseVersion | None, skills: Skills) -> dict[str, object]:
    """What the form begins with: the newest version, to be written further."""
    if last is None:
        return {
            "seen": 0,
            "skills": [each["id"] for each in skills],
            "with_data_card": True,
            "with_model_card": True,
        }
    shown = cards_shown(last)
    return {
        **{name: getattr(last, name) for name in PARTS},
        "seen": last.number,
        "area": last.area,
        "methods": last.methods,
        "skills": [each["id"] for each in last.skills],
        "with_data_card": "data_card" in shown,
        "with_model_card": "model_card" in shown,
    }


class GalleryForm(forms.Form):
    """What a visitor looks for; nonsense narrows nothing."""

    q = forms.CharField(label=_("낱말"), required=False, max_length=80)
    area = forms.ChoiceField(label=_("어디의 문제"), required=False, choices=[("", _("가리지 않음")), *Area.choices])
    method = forms.ChoiceField(label=_("방법"), required=False, choices=[("", _("가리지 않음")), *Method.choices])
    skill = forms.ChoiceField(label=_("성취 요소"), required=False)

    def __init__(self, *args: Any, skills: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "skill").choices = [("", _("가리지 않음")), *skills]


def many(form: forms.Form, name: str) -> forms.MultipleChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.MultipleChoiceField)
    return field
