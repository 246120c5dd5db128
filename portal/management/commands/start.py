"""manage.py start: everything up and serving, for trying out. `make run` calls it; Ctrl-C ends all of it."""

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection
from gunicorn.app.base import BaseApplication

from portal.database import DatabaseUnavailable, ensure_running
from portal.pdf import close as close_pdf_workers


class Command(BaseCommand):
    help = "Startet Datenbank und Portal auf 127.0.0.1 (PORT, Vorgabe 8000)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("„start“ ist zum Ausprobieren; im Betrieb startet ein WSGI-Server portal.wsgi.")
        port = _free_port(options["port"])
        self.stdout.write("Datenbank starten …")
        try:
            ensure_running()
        except DatabaseUnavailable as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write("Datenbank auf den neuesten Stand bringen …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEMO:
            call_command("load_demo", stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS(f"Das Portal läuft: http://127.0.0.1:{port}  (Ende mit Strg-C)"))
        # The workers are forked from here: connections and pool threads of this process must not come along.
        connection.close()
        connection.close_pool()
        close_pdf_workers()
        Server(port).run()


def _free_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT ist „{text}“; erwartet wird eine Zahl zwischen 1 und 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            raise CommandError(
                f"Der Port {port} ist nicht frei; mit „PORT=8080 make run“ startet das Portal auf einem anderen."
            ) from fault
    return port


class Server(BaseApplication):
    """gunicorn with this process as its master, so that Ctrl-C ends server and database together."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("workers", 2)
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("limit_request_line", 8190)  # bytes, the most it allows: a full filter of umlauts needs over 4094
        self.cfg.set("graceful_timeout", 5)  # a worker that waits for a lost database does not keep Ctrl-C waiting

    def load(self) -> Any:
        return get_wsgi_application()
