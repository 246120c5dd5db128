from django.urls import path

from portal.pages.revision import arbeitslisten, eintrag, vergleich, zeitachse

app_name = "revision"
urlpatterns = [
    path("", zeitachse.zeitachse, name="zeitachse"),
    path("eintrag/<int:nummer>/", eintrag.eintrag, name="eintrag"),
    path("eintrag/<int:nummer>/gesichtet/", eintrag.sichten, name="sichten"),
    path("vergleich/", vergleich.vergleich, name="vergleich"),
    path("listen/", arbeitslisten.uebersicht, name="listen"),
    path("listen/<slug:name>/", arbeitslisten.liste, name="liste"),
]
