from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Personen und Dienststellen"

    def ready(self) -> None:
        # Models are loaded by now.
        from portal.freigabe import verifying
        from portal.ledger.verify import register
        from portal.people_verifying import check_roles
        from portal.provisioning import provide_roles

        register(check_roles, verifying.check_texts, verifying.check_releases, verifying.check_shown_files)

        # Groups are data of the program, not of an installation: every migrate brings them in step with the table.
        # The sender is an app that stands behind ours in INSTALLED_APPS, so all rights exist by then.
        post_migrate.connect(provide_roles, sender=apps.get_app_config("simple_history"))
