"""The one form of the reviewers' pages."""

from django import forms

from portal.workplace import WorkplaceForm


class DurchsichtForm(WorkplaceForm):
    """That an entry was looked at, with a note where there is something to say."""

    notiz = forms.CharField(
        label="Notiz", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
        help_text="Was bei der Durchsicht auffiel. Der Vermerk lässt sich nicht ändern.",
    )  # fmt: skip
