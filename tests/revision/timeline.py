"""What the tests of the timeline share: signing in to it, and what it shows."""

from typing import Any

from django.test import Client

from portal.models import Eintrag
from tests.factories import settle

PAGE = "/revision/"


def shown(client: Client, **query: Any) -> list[str]:
    """Return kind and object of each line of the page that a filter gives, newest first."""
    settle()
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return [f"{line.vorgang}: {line.gegenstand}" for line in response.context["zeilen"]]


def numbers(client: Client, **query: Any) -> list[int]:
    """Return the numbers of the entries on the page that a filter gives."""
    settle()
    lines = client.get(PAGE, query).context["zeilen"]
    return [int(line.ziel.rstrip("/").rsplit("/", 1)[1]) for line in lines if line.ziel]


def all_numbers() -> list[int]:
    settle()
    return list(Eintrag.objects.order_by("-nummer").values_list("nummer", flat=True))
