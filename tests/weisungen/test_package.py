"""A Weisung with its package: one transaction, all or none, and what it cited and repealed recorded at its release."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from arbeitsmittel.drafting import edit_fassung, start_draft
from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import publish_fassung, submit_fassung
from portal.freigabe import NotPossible, approve, withdraw
from portal.stichtag import on_day, today
from tests.factories import at_once, make_arbeitsmittel, make_fassung, make_umsetzung, make_weisung, on
from weisungen.checks import check_weisung
from weisungen.drafting import draft_from_proposal, edit_weisung, new_weisung
from weisungen.importing import read_weisung
from weisungen.models import Umsetzung, Weisung
from weisungen.package import announce, excuse, put_into_package, strike, take_out_of_package
from weisungen.publishing import (
    discard_weisung,
    publish_weisung,
    publish_weisung_at_once,
    submit_weisung,
    what_goes_live,
)
from weisungen.reading import lesefassung
from weisungen.umsetzungen import open_umsetzungen, released_without_weisung, umsetzungen_of

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TOMORROW = date(2026, 3, 2)


def fassung(user, kennung="GLF SC 3.204", **fields) -> Fassung:
    values = {
        "stand": TOMORROW,
        "titel": "Arbeitsuchendmeldung",
        "inhalt": "<h2>Einstieg</h2><p>Guten Tag.</p>",
        "aenderungshinweis": "Einstieg neu",
        "aenderungsart": "redaktionell",
    }
    return start_draft(make_arbeitsmittel(kennung), user=user, reason="Neue Fassung", **(values | fields))


def checked_fassung(user, second, kennung="GLF SC 3.204", **fields) -> Fassung:
    row = fassung(user, kennung, **fields)
    row = submit_fassung(row, begruendungen={}, version=row.version, user=user, now=NOW)
    return approve(row, pruefsumme=row.pruefsumme, comment="", user=second, now=NOW)


def weisung(user, **fields) -> Weisung:
    values = {
        "nummer": "202603001",
        "titel": "Anpassung der Gesprächsleitfäden",
        "datum": NOW.date(),
        "gueltig_ab": TOMORROW,
        "geschaeftszeichen": "GR 22 – 1234",
        "bezug": "Weisung 202301001",
        "sgb_iii": "weisung",
        "ausgangssituation": "<p>Der GLF SC 3.204 wird angepasst.</p>",
    }
    return new_weisung(user=user, reason="Neue Weisung", now=NOW, **(values | fields))


def checked_weisung(row, user, second) -> Weisung:
    row.refresh_from_db()
    reasons = dict.fromkeys(everything_warned(row), "so gewollt")
    row = submit_weisung(row, begruendungen=reasons, version=row.version, user=user, now=NOW)
    return approve(row, pruefsumme=row.pruefsumme, comment="", user=second, now=NOW)


def everything_warned(row) -> list[str]:
    return [befund.schluessel for befund in check_weisung(row, today(NOW))]


def test_package_goes_live_as_one(redaktion, freigabe):
    before = make_fassung("GLF SC 3.204", "2024-01-02")
    row = weisung(redaktion, aufhebung="Weisung 202301001 vom 02.01.2023\nalle früheren Regelungen hierzu")
    member = checked_fassung(redaktion, freigabe)
    put_into_package(row, fassung=member, user=redaktion, now=NOW)
    row = checked_weisung(row, redaktion, freigabe)
    assert what_goes_live(row) == [member]
    issued = publish_weisung(row, user=freigabe, reason="Freigabe", now=NOW)

    assert issued.veroeffentlicht_am == NOW
    member.refresh_from_db()
    assert (member.veroeffentlicht_am, member.stand) == (NOW, TOMORROW)
    assert list(Fassung.objects.current_on(on_day(NOW.date(), NOW))) == [before]
    assert list(Fassung.objects.current_on(on_day(TOMORROW, NOW))) == [member]
    zitat = issued.zitate.get()
    assert lesefassung(issued, on_day(NOW.date(), NOW)).abweichungen == 0  # what it brings has only not begun
    assert (zitat.stand_bei_erlass, zitat.bei_erlass_angenommen) == (TOMORROW, False)
    assert [(a.ziel_nummer, a.text) for a in issued.aufhebungen.all()] == [
        ("202301001", "Weisung 202301001 vom 02.01.2023"),
        ("", "alle früheren Regelungen hierzu"),
    ]


def test_package_is_all_or_none(redaktion, freigabe):
    row = weisung(redaktion)
    ready = checked_fassung(redaktion, freigabe)
    late = fassung(redaktion, "GLF SC 3.205")
    for member in (ready, late):
        put_into_package(row, fassung=member, user=redaktion, now=NOW)
    row = checked_weisung(row, redaktion, freigabe)
    with pytest.raises(NotPossible, match=r"GLF SC 3.205.*muss jede Fassung geprüft sein"):
        publish_weisung(row, user=freigabe, reason="Freigabe", now=NOW)
    assert not Fassung.objects.released().exists()
    assert not Weisung.objects.released().exists()
    assert not row.zitate.exists()


def test_members_need_one_stand_and_one_embargo(redaktion, freigabe):
    row = weisung(redaktion)
    put_into_package(row, fassung=checked_fassung(redaktion, freigabe), user=redaktion, now=NOW)
    other = checked_fassung(redaktion, freigabe, "GLF SC 3.205", stand=TOMORROW + timedelta(days=1))
    umsetzung = put_into_package(row, fassung=other, user=redaktion, now=NOW)
    with pytest.raises(NotPossible, match="denselben Stand"):
        publish_weisung(checked_weisung(row, redaktion, freigabe), user=freigabe, reason="x", now=NOW)
    take_out_of_package(umsetzung, user=redaktion, now=NOW)
    hidden = checked_fassung(redaktion, freigabe, "GLF SC 3.206", sperrfrist=True)
    put_into_package(row, fassung=hidden, user=redaktion, now=NOW)
    with pytest.raises(NotPossible, match="Sperrfrist"):
        publish_weisung(checked_weisung(row, redaktion, freigabe), user=freigabe, reason="x", now=NOW)


def test_member_does_not_slip_past_its_weisung(redaktion, freigabe):
    member = checked_fassung(redaktion, freigabe)
    put_into_package(weisung(redaktion), fassung=member, user=redaktion, now=NOW)
    with pytest.raises(NotPossible, match="gehört zum Paket der Weisung 202603001"):
        publish_fassung(member, user=freigabe, reason="Freigabe", now=NOW)


def test_member_that_is_edited_after_the_approval_stops_the_package(redaktion, freigabe):
    row, member = weisung(redaktion), checked_fassung(redaktion, freigabe)
    put_into_package(row, fassung=member, user=redaktion, now=NOW)
    row = checked_weisung(row, redaktion, freigabe)
    edit_fassung(member, values={"titel": "Nachgeschoben"}, version=member.version, user=redaktion, now=NOW)
    with pytest.raises(NotPossible, match="ist Entwurf"):
        publish_weisung(row, user=freigabe, reason="Freigabe", now=NOW)


@pytest.mark.parametrize("change", ["add", "remove", "strike"])
def test_changing_the_package_voids_its_approval(redaktion, freigabe, change):
    row, member = weisung(redaktion), checked_fassung(redaktion, freigabe)
    umsetzung = put_into_package(row, fassung=member, user=redaktion, now=NOW)
    row = checked_weisung(row, redaktion, freigabe)
    if change == "add":
        put_into_package(
            row, fassung=checked_fassung(redaktion, freigabe, "GLF SC 3.205"), user=redaktion, now=NOW
        )  # fmt: skip
    elif change == "remove":
        take_out_of_package(umsetzung, user=redaktion, now=NOW)
    else:
        strike(umsetzung, user=redaktion, now=NOW)
    row.refresh_from_db()
    assert row.schritt == "entwurf"
    assert row.verfasst_von == redaktion


def refused(sql: str, *parameters: object) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(refusal.value)


def test_sql_cannot_change_a_package_that_is_checked_or_issued(redaktion, freigabe):
    row, member = weisung(redaktion), checked_fassung(redaktion, freigabe)
    umsetzung = put_into_package(row, fassung=member, user=redaktion, now=NOW)
    row = checked_weisung(row, redaktion, freigabe)
    change = "UPDATE weisungen_umsetzung SET im_paket = false WHERE id = %s"
    assert "hebt die Prüfung auf" in refused(change, umsetzung.pk)
    publish_weisung(row, user=freigabe, reason="Freigabe", now=NOW)
    assert "veröffentlichtes Paket" in refused(change, umsetzung.pk)
    assert "bleiben" in refused("UPDATE weisungen_umsetzung SET arbeitsmittel_id = 0 WHERE id = %s", umsetzung.pk)


def test_sql_cannot_release_half_a_package(redaktion, freigabe):
    row, member = (
        weisung(redaktion, gueltig_ab=date(2090, 1, 1)),
        checked_fassung(redaktion, freigabe, stand=date(2090, 1, 1)),
    )
    put_into_package(row, fassung=member, user=redaktion, now=NOW)
    row = checked_weisung(row, redaktion, freigabe)
    release = (
        "SET weg = 'pruefung', veroeffentlicht_am = now(), sichtbar_ab = now(), veroeffentlicht_von_id = %s"
        " WHERE id = %s"
    )
    half = f"{at_once('package_whole')}; UPDATE weisungen_weisung {release}"
    assert "ganz veröffentlicht" in refused(half, freigabe.pk, row.pk)
    with pytest.raises(NotPossible, match="gehört zum Paket"):
        publish_fassung(member, user=freigabe, reason="x", now=NOW)
    assert "mit seiner Weisung" in refused(
        f"SET CONSTRAINTS ALL DEFERRED; SET CONSTRAINTS weisungen_member_with_weisung IMMEDIATE;"
        f"UPDATE arbeitsmittel_fassung {release}", freigabe.pk, member.pk,
    )  # fmt: skip


def test_package_takes_drafts_of_its_arbeitsmittel_only(redaktion):
    row = weisung(redaktion)
    released = make_fassung("GLF SC 3.204", "2024-01-02")
    insert = (
        "INSERT INTO weisungen_umsetzung (weisung_id, arbeitsmittel_id, fassung_id, im_paket, gestrichen, was,"
        " soll_stand, entschuldigt_grund) VALUES (%s, %s, %s, true, false, '', '2024-01-02', '')"
    )
    assert "nur ein Entwurf" in refused(insert, row.pk, released.arbeitsmittel_id, released.pk)
    other = fassung(redaktion, "GLF SC 3.205")
    assert "dieses Arbeitsmittels" in refused(insert, row.pk, released.arbeitsmittel_id, other.pk)


def test_edited_import_is_no_takeover_any_more(redaktion):
    row = weisung(redaktion, quelle="202603001.md")
    row = edit_weisung(row, values={"titel": "Umgeschrieben"}, version=row.version, user=redaktion, now=NOW)
    issue = "SET weg = 'uebernahme', veroeffentlicht_am = now(), sichtbar_ab = now(), veroeffentlicht_von_id = %s"
    sentence = refused(f"UPDATE weisungen_weisung {issue} WHERE id = %s", redaktion.pk, row.pk)
    assert "keine Übernahme mehr" in sentence


def test_embargo_of_another_fassung_does_not_show_in_the_stand_at_issue(redaktion, freigabe):
    make_fassung("GLF SC 3.204", "2024-01-02")
    hidden = checked_fassung(redaktion, freigabe, sperrfrist=True)
    publish_fassung(hidden, user=freigabe, reason="x", now=NOW)
    row = checked_weisung(weisung(redaktion, gueltig_ab=TOMORROW + timedelta(days=1)), redaktion, freigabe)
    issued = publish_weisung(row, user=freigabe, reason="x", now=NOW)
    assert issued.zitate.get().stand_bei_erlass == date(2024, 1, 2)


def test_announcement_of_an_issued_weisung_stays(redaktion):
    row, script = make_weisung("202305004"), make_arbeitsmittel("GLF SC 3.204")
    values = {"arbeitsmittel": script, "soll_stand": row.gueltig_ab, "user": redaktion, "now": NOW}
    umsetzung = announce(row, was="Frist", **values)
    assert announce(row, was="Frist", **values) == umsetzung
    with pytest.raises(NotPossible, match="bleibt, wie sie ist"):
        announce(row, was="etwas anderes", **values)
    change = "UPDATE weisungen_umsetzung SET soll_stand = '2030-01-01' WHERE id = %s"
    assert "ankündigt, bleibt" in refused(change, umsetzung.pk)


def test_what_came_up_since_the_check_stops_the_release(redaktion, freigabe):
    cited = make_fassung("GLF SC 3.011", "2024-01-02")
    row = checked_fassung(redaktion, freigabe, inhalt="<h2>Einstieg</h2><p>Es gilt GLF SC 3.011.</p>")
    withdraw(cited, art="irrtum", reason="falsch", user=freigabe, now=NOW)
    with pytest.raises(NotPossible, match="Seit der Prüfung"):
        publish_fassung(row, user=freigabe, reason="x", now=NOW)


def test_discarded_weisung_frees_its_package(redaktion, freigabe):
    row, member = weisung(redaktion), checked_fassung(redaktion, freigabe)
    put_into_package(row, fassung=member, user=redaktion, now=NOW)
    discard_weisung(row, reason="entfällt", user=redaktion, now=NOW)
    assert publish_fassung(member, user=freigabe, reason="Freigabe", now=NOW).veroeffentlicht_am == NOW
    put_into_package(weisung(redaktion), fassung=fassung(redaktion, "GLF SC 3.205"), user=redaktion, now=NOW)


def test_number_is_taken_once(redaktion):
    weisung(redaktion)
    with pytest.raises(NotPossible, match="gibt es schon"):
        weisung(redaktion)
    other = weisung(redaktion, nummer="202603002")
    with pytest.raises(NotPossible, match="gibt es schon"):
        edit_weisung(other, values={"nummer": "202603001"}, version=other.version, user=redaktion, now=NOW)


def test_emergency_release_is_not_for_packages(redaktion, freigabe):
    row = weisung(redaktion)
    put_into_package(row, fassung=checked_fassung(redaktion, freigabe), user=redaktion, now=NOW)
    row.refresh_from_db()
    reasons = dict.fromkeys(everything_warned(row), "eilig")
    emergency = {"grund": "Störung", "begruendungen": reasons, "user": redaktion, "now": NOW}
    with pytest.raises(NotPossible, match="Paket geht nicht in Eile"):
        publish_weisung_at_once(row, version=row.version, **emergency)
    alone = weisung(redaktion, nummer="202603002")
    reasons |= dict.fromkeys(everything_warned(alone), "eilig")
    assert publish_weisung_at_once(alone, version=alone.version, **emergency).eil_offen


def test_imported_draft_keeps_what_the_source_printed(redaktion, freigabe, real_weisung):
    proposal = read_weisung(real_weisung)
    row = draft_from_proposal(
        proposal, quelltext=real_weisung, quelle="202305004.md", corrected={"titel": "Berichtigt"}, user=redaktion,
        now=NOW,
    )  # fmt: skip
    issued = publish_weisung(checked_weisung(row, redaktion, freigabe), user=freigabe, reason="Freigabe", now=NOW)
    assert issued.titel == "Berichtigt"
    recorded = [(z.arbeitsmittel.kennung, z.stand_gedruckt) for z in issued.zitate.select_related("arbeitsmittel")]
    assert recorded == [(z.kennung, z.stand.tag if z.stand else None) for z in proposal.zitate]
    assert all(zitat.bei_erlass_angenommen for zitat in issued.zitate.all())


@pytest.mark.parametrize(
    ("stand", "excused", "expected"),
    [
        ("2023-05-12", False, "erledigt"),
        ("2023-07-17", False, "verspaetet"),
        (None, False, "fehlt"),
        (None, True, "entschuldigt"),
    ],
)
def test_umsetzung_says_what_came(redaktion, stand, excused, expected):
    row = make_weisung("202305004", cites=("GLF SC 3.204",))
    umsetzung = make_umsetzung(row, "GLF SC 3.204")
    if stand:
        make_fassung("GLF SC 3.204", stand)
    if excused:
        excuse(umsetzung, reason="Entfallen mit Weisung 202306001", user=redaktion, now=NOW)
    assert [line.stand for line in umsetzungen_of(row, on("2026-01-01"))] == [expected]
    assert len(open_umsetzungen(on("2026-01-01"))) == (expected == "fehlt")
    before = {"erledigt": "kommt", "verspaetet": "kommt", "fehlt": "offen", "entschuldigt": "entschuldigt"}
    assert umsetzungen_of(row, on("2023-05-01"))[0].stand == before[expected]


def test_excuse_stays_whatever_comes_later(redaktion):
    umsetzung = make_umsetzung(make_weisung("202305004"), "GLF SC 3.204")
    excuse(umsetzung, reason="Folgt 2027", user=redaktion, now=NOW)
    make_fassung("GLF SC 3.204", "2023-09-01")
    assert [line.stand for line in umsetzungen_of(umsetzung.weisung, on("2026-01-01"))] == ["entschuldigt"]


def test_released_without_weisung_is_named(redaktion):
    row = make_weisung("202305004", cites=("GLF SC 3.204", "GLF SC 3.205"))
    announced = announce(
        row, arbeitsmittel=make_arbeitsmittel("GLF SC 3.204"), soll_stand=row.gueltig_ab, was="", user=redaktion,
        now=NOW,
    )  # fmt: skip
    for kennung in ("GLF SC 3.204", "GLF SC 3.205"):
        make_fassung(kennung, "2023-05-12")
    assert [str(one.arbeitsmittel) for one in released_without_weisung(row, on("2026-01-01"))] == ["GLF SC 3.205"]
    assert Umsetzung.objects.get() == announced


def test_withdrawn_weisung_leaves_its_fassungen(redaktion, freigabe):
    row, member = weisung(redaktion), checked_fassung(redaktion, freigabe)
    put_into_package(row, fassung=member, user=redaktion, now=NOW)
    issued = publish_weisung(checked_weisung(row, redaktion, freigabe), user=freigabe, reason="Freigabe", now=NOW)
    withdraw(issued, art="irrtum", reason="Falsche Nummer", user=freigabe, now=NOW)
    member.refresh_from_db()
    assert member.zurueckgezogen_am is None
