"""Administration: people, their offices and roles. Nobody is deleted, nobody stands above the roles."""

from typing import Any

from axes.utils import reset as reset_attempts
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from simple_history.admin import SimpleHistoryAdmin

from portal.history import acting_as
from portal.history_words import GermanChanges
from portal.models import Benutzer, Dienststelle
from portal.people_forms import NewPasswordForm, NewPersonForm, PersonForm, ReasonForm
from portal.roles import SYSTEM_USERNAME

admin.site.unregister(Group)  # groups are data of the program: portal/roles.py

MOST_DIGITS = 18  # every number of that length fits into a key of the database


def refuse_no_key(object_id: str) -> None:
    """Raise Http404 for what stands in an address in place of a key and can be none."""
    if not object_id.isascii() or not object_id.isdigit() or len(object_id) > MOST_DIGITS:
        raise Http404


class HistoryAdmin(SimpleHistoryAdmin):
    """An admin whose changes are entered under the name of who makes them; nothing can be deleted."""

    reason = "In der Verwaltung bearbeitet"
    actions = None  # a step has its own button and its own page, never a drop-down over ticked rows
    show_facets = admin.ShowFacets.NEVER

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_no_key(object_id)
        return super().change_view(request, object_id, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_no_key(object_id)
        return super().history_view(request, object_id, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with acting_as(request.user, self.reason_of(request)):
            return super().changeform_view(request, *args, **kwargs)

    def reason_of(self, request: HttpRequest) -> str:
        """Return what the history says about the change that this request makes."""
        return self.reason

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        may_audit = self.has_view_history_permission(request, kwargs.get("obj"))
        return super().render_change_form(request, {**context, "show_history": may_audit}, *args, **kwargs)

    def get_history_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # The library loses this join where the model has no foreign key, and then asks person by person.
        return super().get_history_queryset(request, *args, **kwargs).select_related("history_user")

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> GermanChanges:
        return GermanChanges(self.model, historical_record)

    def history_form_view(self, request: HttpRequest, object_id: str, version_id: str, **_: Any) -> HttpResponse:
        """An entry as a form of disabled fields says less than the list, which shows what changed; so back to it."""
        opts = self.model._meta
        return redirect(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_history", object_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(HistoryAdmin):
    """For what is written elsewhere: look, filter, read the history."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReasonedAdmin(HistoryAdmin):
    """Whoever changes something here says why (domain rule 5). A form without the reason is not valid."""

    form = ReasonForm

    def reason_of(self, request: HttpRequest) -> str:
        return request.POST.get("grund", "").strip() or self.reason

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[str | None, dict[str, Any]]]:
        fieldsets = list(super().get_fieldsets(request, obj))
        may = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        return [*fieldsets, (None, {"fields": ["grund"]})] if may else fieldsets

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain choice, without the icons that open second windows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


@admin.register(Dienststelle)
class DienststelleAdmin(ReasonedAdmin):
    list_display = ["name", "art"]
    list_filter = ["art"]
    search_fields = ["name"]
    search_help_text = "Name der Dienststelle"
    fieldsets = [(None, {"fields": ["name", "art"]})]


@admin.register(Benutzer)
class BenutzerAdmin(ReasonedAdmin, UserAdmin):
    form, add_form, change_password_form = PersonForm, NewPersonForm, NewPasswordForm
    list_display = ["username", "last_name", "first_name", "dienststelle", "rollen", "is_active"]
    list_filter = ["groups", "dienststelle", "is_active"]
    list_select_related = ["dienststelle"]
    search_fields = ["username", "last_name", "first_name"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    # Five roles to tick; the two boxes that the base class puts here cannot be read by screen readers.
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
    search_help_text = "Benutzername, Vor- oder Nachname"
    # Without is_superuser and single rights: roles are the only way to a right (portal/roles.py).
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["last_name", "first_name", "email", "dienststelle"]}),
        ("Rollen", {"fields": ["groups", "is_active"]}),
        ("Zeiten", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "last_name", "first_name", "dienststelle", "password1", "password2"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_system = obj is not None and obj.username == SYSTEM_USERNAME
        return not is_system and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Benutzer, form: Any, change: bool) -> None:
        """Roles are entered by themselves; where nothing else changed, the person has nothing to enter."""
        if not change or set(form.changed_data) - {"groups", "grund"}:
            super().save_model(request, obj, form, change)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[str | None, dict[str, Any]]]:
        """Who only looks is not offered to set a password."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {"fields": [field for field in options["fields"] if field != "password"]})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody gives themselves a role: that takes a second administrator."""
        own = ["groups", "is_active"] if obj is not None and obj.pk == request.user.pk else []
        return [*super().get_readonly_fields(request, obj), *own]

    @admin.display(description="Rollen")
    def rollen(self, person: Benutzer) -> str:
        return ", ".join(group.name for group in person.groups.all())

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with acting_as(request.user, "Kennwort neu gesetzt"):
            response = super().user_change_password(request, id, form_url)
        if response.status_code == 302:
            # The remedy that the lock page names: who has a new password is not locked out any longer.
            reset_attempts(username=Benutzer.objects.get(pk=id).username)
        return response
