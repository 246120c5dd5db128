"""For a WSGI server; production is the default here, and refuses to start without its settings."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

if settings.DEMO:
    raise ImproperlyConfigured("Der Demobetrieb ist nur mit „make run“ möglich, nicht an einem WSGI-Server.")

application = get_wsgi_application()
