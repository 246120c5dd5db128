from django.apps import AppConfig


class WeisungenConfig(AppConfig):
    name = "weisungen"
    verbose_name = "Weisungen"
