"""What the form of an exit question sends besides the answer."""

from django import forms


class ExitForm(forms.Form):
    """`token` is of this one showing of the form."""

    token = forms.UUIDField()
