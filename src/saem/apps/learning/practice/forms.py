"""What the page of an item sends besides the answer."""

from django import forms

from saem.apps.learning.practice.bank import SEEDS

ANSWER, HINT, GIVE_UP, NEXT, AGAIN = "answer", "hint", "give_up", "next", "again"


class PracticeForm(forms.Form):
    """Which button was pressed, on the page of which variant; `token` is of this one showing of the form."""

    action = forms.ChoiceField(choices=[(name, name) for name in (ANSWER, HINT, GIVE_UP, NEXT, AGAIN)])
    item = forms.SlugField(max_length=60)
    seed = forms.IntegerField(min_value=0, max_value=SEEDS)
    token = forms.UUIDField()
