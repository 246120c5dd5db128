from django.urls import path

from weisungen import views

app_name = "weisungen"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<adresse:slug>/", views.detail, name="detail"),
    path("<adresse:slug>/umsetzung/", views.umsetzung, name="umsetzung"),
    path("<adresse:slug>.pdf", views.pdf, name="pdf"),
]
