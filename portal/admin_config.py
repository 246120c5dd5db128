from django.contrib.admin.apps import AdminConfig


class RedaktionAdminConfig(AdminConfig):
    """Puts our workplace in the place of Django's own admin site."""

    default_site = "portal.admin_site.RedaktionSite"
