"""Four releases at the same moment: one wins, the others get a sentence; and what happens without the lock."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from arbeitsmittel import publishing
from arbeitsmittel.models import Fassung, FassungPdf
from arbeitsmittel.publishing import publish_fassung
from portal.freigabe import NotPossible, steps
from tests.factories import check, make_fassung, make_person

ROUNDS, AT_ONCE = 100, 4
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def release_at_once(fassung: Fassung, user) -> Counter:
    """What becomes of four releases of one Fassung, on connections of their own."""
    barrier = Barrier(AT_ONCE)

    def release(_number: int) -> str:
        barrier.wait(timeout=20)
        try:
            publish_fassung(fassung, user=user, reason="Wettlauf", now=timezone.now())
        except NotPossible as refusal:
            return "readable" if "schon veröffentlicht" in str(refusal) else str(refusal)
        except IntegrityError:
            return "raw"
        finally:
            connection.close()
        return "released"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(release, range(AT_ONCE)))


def checked(number: int) -> Fassung:
    row = make_fassung(f"GLF SC 3.{number:03}", str(date(2090, 1, 1)), published=False)
    check(row)
    return row


def test_one_of_four_wins_and_the_others_are_told():
    releaser = make_person("freigabe", role="Freigabe")
    for number in range(ROUNDS):
        assert release_at_once(checked(number), releaser) == {"released": 1, "readable": AT_ONCE - 1}
    assert Fassung.objects.released().count() == FassungPdf.objects.count() == ROUNDS


def test_without_the_lock_the_race_shows(monkeypatch):
    """The control: the same run without the locks must fail, or the run above would prove nothing."""
    releaser = make_person("freigabe", role="Freigabe")
    monkeypatch.setattr(
        publishing, "locked", lambda row: Fassung.objects.select_related("arbeitsmittel").get(pk=row.pk)
    )
    monkeypatch.setattr(steps, "lock", lambda row: type(row)._default_manager.get(pk=row.pk))
    seen = sum((release_at_once(checked(number), releaser) for number in range(ROUNDS)), Counter())
    assert seen["raw"] > 0
    # The database alone still lets only one through.
    assert seen["released"] == Fassung.objects.released().count() == FassungPdf.objects.count()
