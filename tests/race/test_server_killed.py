"""kill -9 of the server in the middle of releases of packages: never half a package."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import lxml.html
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from arbeitsmittel.models import Fassung
from portal.history import acting_as
from tests.bench.environment import database_url
from tests.factories import check, make_fassung, make_person, make_weisung
from weisungen.models import Umsetzung, Weisung

ROUNDS, MEMBERS = 100, 4
HOST, STAND = "127.0.0.1", "2090-01-01"
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def package(number: int) -> Weisung:
    """A checked Weisung with four checked Fassungen."""
    names = [f"GLF SC 3.{number:03}{letter}" for letter in "abcdefgh"[:MEMBERS]]
    members = [make_fassung(name, STAND, published=False) for name in names]
    text = f"<p>Es gelten {', '.join(names)}.</p>"
    weisung = make_weisung(f"209001{number:03}", datum=STAND, published=False, auftrag_und_ziel=text)
    with transaction.atomic(), acting_as(weisung.verfasst_von, "Test"):
        for member in members:
            check(member)
            Umsetzung.objects.create(
                weisung=weisung, arbeitsmittel=member.arbeitsmittel, fassung=member, im_paket=True,
                soll_stand=member.stand,
            )  # fmt: skip
    check(weisung)
    return weisung


class Server:
    """gunicorn with one worker, which is killed; the master starts the next one."""

    def __init__(self, port: int, process: subprocess.Popen, cookies: dict[str, str]) -> None:
        self.port, self.process, self.cookies = port, process, cookies

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        asking = http.client.HTTPConnection(HOST, self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://{HOST}:{self.port}/"}
        try:
            asking.request(method, path, body, headers)
            answer = asking.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and value.startswith(settings.CSRF_COOKIE_NAME):
                    self.cookies[settings.CSRF_COOKIE_NAME] = value.split(";")[0].partition("=")[2]
            return answer.status, answer.read().decode()
        finally:
            asking.close()

    def kill_worker(self) -> None:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for child in children.split():  # of the process that this test started, and of no other
            os.kill(int(child), signal.SIGKILL)

    def wait(self) -> None:
        for _attempt in range(200):
            try:
                if self.ask("GET", "/health/ready")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise AssertionError("the server does not come back")


@contextmanager
def serving(cookies: dict[str, str]) -> Iterator[Server]:
    url = database_url(connection.settings_dict, connection.settings_dict["NAME"])
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen(16)
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--preload", "--workers", "1", "--threads", "2"]
        command += ["--worker-class", "gthread", "--log-level", "critical", "--no-control-socket"]
        process = subprocess.Popen(
            [*command, "--bind", f"fd://{listening.fileno()}"],
            env=os.environ | {"DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY},
            pass_fds=[listening.fileno()],
        )
        server = Server(listening.getsockname()[1], process, cookies)
        try:
            server.wait()
            yield server
        finally:
            process.terminate()
            process.wait(20)


def form_of(page: str) -> str:
    """Return the fields of the step's form as they stand there, ready to be sent."""
    form = next(form for form in lxml.html.fromstring(page).forms if "csrfmiddlewaretoken" in form.fields
                and "abmelden" not in (form.action or ""))  # fmt: skip
    return urlencode([(name, value or "") for name, value in form.form_values()])


def test_killed_server_never_leaves_half_a_package():
    packages = [package(number) for number in range(ROUNDS)]
    releaser, client = make_person("freigabe", role="Freigabe"), Client()
    client.force_login(releaser, backend="portal.role_backend.RoleBackend")
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    dice, answered = random.Random(7), Counter()
    with serving(cookies) as server:
        took = release_uninterrupted(server, packages[0])
        for weisung in packages[1:]:
            answered[release_and_kill(server, weisung, dice.uniform(0, 1.2 * took))] += 1
            server.wait()
    wait_until_alone()
    whole = [whole_package(weisung) for weisung in packages]
    assert all(one in ("issued", "draft") for one in whole), Counter(whole)
    # It was killed before the end and after it, else nothing was tried.
    assert Counter(whole)["draft"] > 5, (Counter(whole), answered)
    assert Counter(whole)["issued"] > 5, (Counter(whole), answered)
    assert answered["killed"] > 5, answered


def release_uninterrupted(server: Server, weisung: Weisung) -> float:
    path = f"/redaktion/weisungen/weisung/{weisung.pk}/freigeben/"
    status, page = server.ask("GET", path)
    assert status == 200, page
    begin = time.perf_counter()
    status, page = server.ask("POST", path, form_of(page))
    assert status == 302, page
    return time.perf_counter() - begin


def release_and_kill(server: Server, weisung: Weisung, after: float) -> str:
    """Send the release and kill the worker a moment later; return whether an answer came."""
    path = f"/redaktion/weisungen/weisung/{weisung.pk}/freigeben/"
    status, page = server.ask("GET", path)
    assert status == 200, page
    outcome = []

    def send() -> None:
        try:
            outcome.append(str(server.ask("POST", path, form_of(page))[0]))
        except (OSError, http.client.HTTPException):
            outcome.append("killed")

    sending = Thread(target=send)
    sending.start()
    time.sleep(after)
    server.kill_worker()
    sending.join(30)
    return outcome[0]


def wait_until_alone() -> None:
    """The database notices the end of a connection a little later, and only then takes back what it had begun."""
    with connection.cursor() as cursor:
        for _attempt in range(100):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND state <> 'idle'"
            )
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.1)
    raise AssertionError("a connection of the killed server is still at work")


def whole_package(weisung: Weisung) -> str:
    """Return issued or draft where the Weisung and all its members agree, with PDF, Zitate and all; else what is."""
    weisung.refresh_from_db()
    members = Fassung.objects.filter(umsetzungen__weisung=weisung)
    released = members.filter(veroeffentlicht_am__isnull=False, pdf__isnull=False).count()
    zitate = weisung.zitate.count()
    if weisung.veroeffentlicht_am and (released, zitate) == (MEMBERS, MEMBERS):
        return "issued"
    if weisung.veroeffentlicht_am is None and (released, zitate) == (0, 0):
        return "draft"
    return f"{weisung}: {released} of {MEMBERS}, {zitate} Zitate"
