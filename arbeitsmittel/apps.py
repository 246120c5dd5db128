from django.apps import AppConfig


class ArbeitsmittelConfig(AppConfig):
    name = "arbeitsmittel"
    verbose_name = "Arbeitsmittel"

    def ready(self) -> None:
        from arbeitsmittel.verifying import check_stored_files  # models are loaded by now
        from portal.ledger.verify import register

        register(check_stored_files)
