"""What the form of a diagnosis sends beside the answer."""

from django import forms


class AnswerForm(forms.Form):
    """`token` names the item that was answered; the button "I do not know" sends `unknown`."""

    token = forms.UUIDField()
    unknown = forms.BooleanField(required=False)
