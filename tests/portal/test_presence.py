"""Who else is there: the last five minutes, one entry a person, and nothing that grows."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.presence import Anwesenheit, note_presence, others_present, presence_note
from tests.factories import make_arbeitsmittel, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_others_are_seen_for_five_minutes():
    row, me, other = make_arbeitsmittel(), make_person("ich"), make_person("andere", first_name="Anna", last_name="A.")
    note_presence(row, me, NOW)
    note_presence(row, other, NOW)
    assert others_present(row, me, NOW + timedelta(minutes=5)) == ["Anna A."]
    assert others_present(row, me, NOW + timedelta(minutes=5, seconds=1)) == []
    assert others_present(make_arbeitsmittel("GLF SC 3.002"), me, NOW) == []


def test_one_entry_a_person_and_old_ones_go():
    row, me, other = make_arbeitsmittel(), make_person("ich"), make_person("andere")
    for minute in range(5):
        note_presence(row, me, NOW + timedelta(minutes=minute))
    assert Anwesenheit.objects.count() == 1
    note_presence(row, other, NOW + timedelta(days=2))
    assert [entry.person for entry in Anwesenheit.objects.all()] == [other]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], ""), (["A"], "A hat diesen"), (["A", "B"], "A und B haben"), (["A", "B", "C"], "A, B und C haben")],
)
def test_sentence(names, sentence):
    assert presence_note(names).startswith(sentence)
    assert bool(presence_note(names)) == bool(names)
