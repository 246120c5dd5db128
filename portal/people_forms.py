"""Forms with which the Administration keeps people and offices; each asks why, and the answer enters the history."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, ReadOnlyPasswordHashField, UserCreationForm
from django.contrib.auth.hashers import is_password_usable
from django.utils.html import format_html
from django.utils.safestring import SafeString


class ReasonForm(forms.ModelForm):
    """A form that asks for the reason of the change; `portal.admin.ReasonedAdmin` enters it into the history."""

    grund = forms.CharField(
        label="Grund der Änderung",
        max_length=500,
        strip=True,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Steht für immer im Verlauf, zum Beispiel: Wechsel in das Service Center zum 01.12.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class NewPasswordLink(forms.Widget):
    """In place of a password that nobody can read: the way to set a new one."""

    read_only = True

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        state = "ist gesetzt" if value and is_password_usable(value) else "ist noch keins gesetzt"
        return format_html(
            '<div{}><p>Ein Kennwort {}. <a href="../password/">Neues Kennwort setzen</a></p></div>',
            format_html(' id="{}"', attrs["id"]) if attrs and "id" in attrs else "",
            state,
        )

    def id_for_label(self, id_: str) -> None:
        return None


class PersonForm(ReasonForm):
    """Somebody who is there already; the password has a page of its own."""

    password = ReadOnlyPasswordHashField(label="Kennwort", widget=NewPasswordLink)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, help_text in (
            ("groups", "Rollen", "Was eine Rolle darf, steht fest; mehrere zusammen geben ihre Rechte zusammen."),
            ("is_active", "Aktiv", "Wer ausscheidet, wird nicht gelöscht, sondern kann sich nicht mehr anmelden."),
        ):
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text


class NewPersonForm(ReasonForm, UserCreationForm):
    """Somebody new, with a first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self)


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody else. Nobody is left without one: the portal has no other way in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True
        _in_our_words(self)


def _in_our_words(form: forms.BaseForm) -> None:
    first, second = form.fields["password1"], form.fields["password2"]
    first.label, second.label = "Neues Kennwort", "Neues Kennwort wiederholen"
    first.help_text = "Mindestens 12 Zeichen, kein übliches Kennwort und nicht der Name."
    second.help_text = ""
