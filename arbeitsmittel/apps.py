from django.apps import AppConfig


class ArbeitsmittelConfig(AppConfig):
    name = "arbeitsmittel"
    verbose_name = "Arbeitsmittel"
