"""Addresses for tests only: a form with the editor on a page of ours and in an admin, with stubs for its questions."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.template import RequestContext, Template
from django.urls import include, path, reverse_lazy

from arbeitsmittel.models import Fassung
from portal.admin_site import RedaktionSite
from portal.editor import RichTextAdminMixin, RichTextField
from portal.history import acting_as

PAGE = Template("""{% extends "base.html" %}{% load editor %}
{% block titel %}Entwurf{% endblock %}
{% block mehr_css %}{% form_media form %}{% endblock %}
{% block inhalt %}<h1>Entwurf bearbeiten</h1>
{% if gesendet %}<pre id="gesendet">{{ gesendet }}</pre>{% endif %}
<form method="post" action="{{ request.path }}" data-warnt-vor-verlassen data-einmal>{% csrf_token %}
<p><label for="{{ form.titel.id_for_label }}">Titel</label> {{ form.titel }}</p>
{% for feld in form %}{% if feld.name != "titel" %}{% include "editor/_feld.html" %}{% endif %}{% endfor %}
<p><button class="kern-btn kern-btn--primary" name="_save" value="1"><span class="kern-label">Speichern</span></button>
<button class="kern-btn kern-btn--secondary" name="_continue"><span class="kern-label">Weiter</span></button></p>
</form>{% endblock %}""")

# What the page shows at first, and what was sent to it; tests set the one and read the other.
START: dict[str, str] = {}
SENT: list[dict[str, str]] = []
ASKED: list[str] = []


class OneText(forms.Form):
    titel = forms.CharField(label="Titel", required=False)
    inhalt = RichTextField(
        label="Inhalt",
        help_text="Was am Telefon gebraucht wird.",
        zitate_url=reverse_lazy("zitate"),
        suche_url=reverse_lazy("arbeitsmittel_suche"),
    )


class ManyTexts(forms.Form):
    titel = forms.CharField(label="Titel", required=False)
    vorspann = RichTextField(label="Vorspann", required=False)
    auftrag = RichTextField(label="Auftrag und Ziel", required=False)
    haushalt = RichTextField(label="Haushalt", required=False, disabled=True)


def page(request: HttpRequest, form_class: type[forms.Form] = OneText) -> HttpResponse:
    form = form_class(request.POST or None, initial=START)
    gesendet = ""
    if request.method == "POST":
        SENT.append(request.POST.dict())
        if form.is_valid():
            gesendet = form.cleaned_data.get("inhalt", "")
            form = form_class(initial=form.cleaned_data)
    return HttpResponse(PAGE.render(RequestContext(request, {"form": form, "gesendet": gesendet})))


def zitate(request: HttpRequest) -> HttpResponse:
    ASKED.append(request.POST["text"])
    if "204" not in request.POST["text"]:
        return HttpResponse("")
    known = "<li>GLF SC 3.204, Stand 13.04.2026</li>"
    unknown = "<li><span data-pruefen>GLF SC 3.999 ist unbekannt</span></li>" if "3.999" in request.POST["text"] else ""
    return HttpResponse(f"<ul>{known}{unknown}</ul>")


def suche(request: HttpRequest) -> HttpResponse:
    if request.GET["q"] == "kaputt":
        return HttpResponseForbidden()
    hits = [("GLF SC 3.204", "Krankmeldung", "13.04.2026"), ("GLF/AH EZ 1.204", "Krankmeldung annehmen", "02.01.2024")]
    return JsonResponse(
        [{"kennung": k, "titel": t, "stand": s} for k, t, s in hits if request.GET["q"].lower() in (k + t).lower()],
        safe=False,
    )


class FassungForm(forms.ModelForm):
    inhalt = RichTextField(label="Text", help_text="Was am Telefon gebraucht wird.")
    aenderungshinweis = RichTextField(label="Änderungshinweis", required=False)

    class Meta:
        model = Fassung
        fields = ["titel", "inhalt", "aenderungshinweis"]


class FassungAdmin(RichTextAdminMixin, admin.ModelAdmin):
    form = FassungForm

    def has_change_permission(self, request: HttpRequest, obj: Fassung | None = None) -> bool:
        return True

    def changeform_view(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with acting_as(request.user, "Test"):
            return super().changeform_view(request, *args, **kwargs)


site = RedaktionSite(name="probe")
site.register(Fassung, FassungAdmin)

urlpatterns = [
    path("editor/", page, name="editor"),
    path("editor/viele/", page, {"form_class": ManyTexts}),
    path("editor/zitate/", zitate, name="zitate"),
    path("editor/suche/", suche, name="arbeitsmittel_suche"),
    path("probe/", site.urls),
    path("", include("portal.urls")),
]
