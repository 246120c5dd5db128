from django.urls import path

from arbeitsmittel import views

app_name = "arbeitsmittel"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<adresse:slug>/", views.detail, name="detail"),
    path("<adresse:slug>/<tag:stand>/", views.fassung, name="fassung"),
    path("<adresse:slug>/<tag:stand>.pdf", views.fassung_pdf, name="fassung_pdf"),
]
