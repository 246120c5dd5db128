"""manage.py check_stock: the same rules over everything that applies today."""

import gc
import io
import json
import time
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbeitsmittel.checks import check_current
from arbeitsmittel.models import Fassung
from portal.stichtag import Stichtag
from tests.factories import make_fassung, make_weisung

pytestmark = pytest.mark.django_db
TABLE = "<table><caption>Fristen</caption><tbody><tr><td>Anlass</td></tr></tbody></table>"


def run(*options):
    out = io.StringIO()
    call_command("check_stock", *options, stdout=out)
    return out.getvalue()


def test_nothing_in_stock_has_no_findings():
    assert run() == "0 geprüft: keine Befunde.\n"


def test_what_applies_today_is_checked_in_the_order_of_lists():
    make_fassung("GLF SC 3.305", "2024-01-02", text="<p>Siehe GLF SC 3.998.</p>")
    make_fassung("GLF SC 3.305", "2024-02-02", text="<p>Siehe GLF SC 3.999.</p>")
    make_fassung("GLF/AH EZ 1.103", "2024-01-02", text="<p>Siehe GLF SC 3.997.</p>")
    make_fassung("GLF SC 3.306", "2024-01-02", only_stand=True)
    make_weisung("202305002", datum="2023-05-12", info="<p>Siehe GLF SC 3.996.</p>")
    printed = run()
    in_order = ("1.103, Stand", "3.997", "3.305, Stand", "3.999", "202305002", "3.996")
    places = [printed.index(words) for words in in_order]
    assert places == sorted(places)
    assert "3.998" not in printed
    assert "WARNUNG zitat-unbekannt: „GLF SC 3.999“ gibt es im Portal nicht: „Siehe GLF SC 3.999.“" in printed
    assert printed.endswith("3 geprüft: 3 Warnungen, 1 Hinweis.\n")


def test_drafts_withdrawn_future_and_repealed_ones_are_left_out():
    bad = "<p>Siehe GLF SC 3.999.</p>"
    make_fassung("GLF SC 3.305", "2024-01-02", text=bad, published=False)
    make_fassung("GLF SC 3.306", "2024-01-02", text=bad, withdrawn="irrtümlich")
    make_fassung("GLF SC 3.307", "2099-01-02", text=bad)
    make_weisung("202305001", info=bad)
    make_weisung("202306001", datum="2023-06-01", repeals=("202305001",))
    assert run("--schwere", "warnung") == "1 geprüft: keine Befunde.\n"


def test_what_is_past_is_no_fault_of_a_released_row():
    make_fassung("GLF SC 3.305", "2024-01-02")
    make_weisung("202305001", datum="2023-06-12", gueltig_ab=date(2023, 5, 1), sgb_iii="")
    assert run() == "2 geprüft: keine Befunde.\n"


def test_reason_given_at_the_release_answers():
    key = "zitat-unbekannt:GLF SC 3.999"
    make_fassung("GLF SC 3.305", "2024-01-02", text="<p>GLF SC 3.999</p>", begruendungen={key: "Kommt im Mai."})
    assert run() == "1 geprüft: keine Befunde, 1 begründet.\n"


def test_errors_end_with_status_1_and_severity_limits_what_is_shown():
    make_fassung("GLF SC 3.305", "2024-01-02", text=TABLE + "<p>Siehe GLF SC 3.999.</p>")
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 Fehler") as failure:
        call_command("check_stock", "--schwere", "fehler", stdout=out)
    assert failure.value.returncode == 1
    assert "FEHLER tabelle-ohne-kopf" in out.getvalue()
    assert "zitat-unbekannt" not in out.getvalue()
    assert out.getvalue().endswith("1 geprüft: 1 Fehler, 1 Warnung.\n")


def test_json_is_whole():
    make_fassung("GLF SC 3.305", "2024-01-02", text="<p>GLF SC 3.999</p>")
    make_weisung("202305001", datum="2023-05-12", info="<p>GLF SC 3.998</p>")
    data = json.loads(run("--json"))
    assert [entry["schluessel"] for entry in data["befunde"]] == [
        "zitat-unbekannt:GLF SC 3.999",
        "zitat-unbekannt:GLF SC 3.998",
    ]
    assert data["befunde"][0]["objekt"] == "GLF SC 3.305, Stand 02.01.2024"
    assert data["summe"] == {"fehler": 0, "warnung": 2, "hinweis": 0, "begruendet": 0, "geprueft": 2}
    assert json.loads(run("--json", "--stichtag", "01.01.2020"))["befunde"] == []


def test_unreadable_day_is_one_sentence():
    with pytest.raises(CommandError, match="„gestern“ ist kein Datum"):
        run("--stichtag", "gestern")


def test_citation_that_lost_its_target_is_found_in_the_stock():
    make_fassung("GLF SC 3.305", "2024-01-02", text="<p>Siehe GLF SC 3.306.</p>")
    make_fassung("GLF SC 3.306", "2024-01-02")
    assert run() == "2 geprüft: keine Befunde.\n"
    make_fassung("GLF SC 3.307", "2024-01-02", text="<p>Siehe GLF SC 3.308.</p>")
    make_fassung("GLF SC 3.308", "2024-01-02", withdrawn="irrtümlich")
    assert "zitat-zurueckgezogen" in run()


def make_stock(count):
    """Made with SQL, because what is measured is the check and not the making."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            """INSERT INTO arbeitsmittel_arbeitsmittel (art, bezeichnung, slug)
               SELECT 'glf-sc', b, 'glf-sc-' || b FROM (
                 SELECT (2 + n %% 2) || '.' || lpad((n / 2 %% 1000)::text, 3, '0')
                   || CASE WHEN n < 2000 THEN '' ELSE chr(97 + n / 2000) END AS b FROM generate_series(0, %s) n
               ) numbers ON CONFLICT DO NOTHING""",
            [count - 1],
        )
        sample = make_fassung("GLF/AH EZ 1.999", "2024-01-02", aenderungsart="redaktionell")
        columns = [field.column for field in sample._meta.concrete_fields if field.column not in ("id", "suche")]
        same = [column for column in columns if column not in ("arbeitsmittel_id", "stand", "inhalt")]
        text = (
            "<h2>Ablauf</h2>"
            + "<p>Siehe GLF SC 3.001, 3.002, 2.003; ' || slug || ' in 14 Tagen, nicht später.</p>" * 20
        )
        for stand in ("2023-01-02", "2024-01-02"):
            cursor.execute(
                f"""INSERT INTO arbeitsmittel_fassung (arbeitsmittel_id, stand, inhalt, {", ".join(same)})
                    SELECT a.id, %s, '{text}{stand}', {", ".join("f." + column for column in same)}
                    FROM arbeitsmittel_arbeitsmittel a, arbeitsmittel_fassung f WHERE f.id = %s AND a.art = 'glf-sc'""",
                [stand, sample.pk],
            )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE arbeitsmittel_arbeitsmittel, arbeitsmittel_fassung")


def check(count):
    """Check a stock; return how many were checked, with how many queries, and how many rows were held at most."""
    make_stock(count)
    held = checked = 0
    with CaptureQueriesContext(connection) as captured:
        for checked, _found in enumerate(check_current(Stichtag(date(2026, 3, 1), date(2026, 3, 1))), start=1):
            if checked % 190 == 0:
                held = max(held, sum(isinstance(one, Fassung) for one in gc.get_objects()))
    return checked, len(captured), held


def test_queries_do_not_grow_with_rows():
    checked, queries, _held = check(20)
    assert checked == 21
    assert queries <= 5


@pytest.mark.slow
def test_three_thousand_fassungen_need_few_queries_and_are_never_held_together():
    started = time.perf_counter()
    checked, queries, held = check(3_000)
    seconds = time.perf_counter() - started
    print(f"{checked} Fassungen, {queries} Abfragen, höchstens {held} gehalten, {seconds:.0f} s")
    assert checked == 3_001
    assert queries <= 4 * 16 + 1
    assert held <= 200 * 2 * 2  # two batches, each with what they follow
