from django.urls import path

from portal.pages.revision_export import arbeitsliste, views

app_name = "ausfuhr"
urlpatterns = [
    path("auszug.csv", views.auszug_csv, name="csv"),
    path("listen/<slug:name>.csv", arbeitsliste.arbeitsliste_csv, name="arbeitsliste"),
    path("auszug/<slug:form>/", views.auszug, name="auszug"),
    path(
        "dossier/arbeitsmittel/<adresse:slug>/", views.dossier, {"art": "arbeitsmittel"}, name="dossier_arbeitsmittel"
    ),
    path("dossier/weisung/<adresse:slug>/", views.dossier, {"art": "weisung"}, name="dossier_weisung"),
]
