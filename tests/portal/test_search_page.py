"""The search: a Kennung jumps, words find, and nothing typed breaks it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.search import MARK_END, MARK_START, highlight
from tests.factories import make_fassung, make_weisung

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "GLF SC 3.001a", "3.001a", "3001a", "GLF-SC-3.001A", "glf sc 3.001a", "glfsc3001a", "3.001 A", "SC 3.001a",
    "GLF_SC_3.001a", "glf-sc-3.001a", "GLF\N{NO-BREAK SPACE}SC 3.001a", "3,001a", " 3.001a. ", "GLF SC 3001 a",
]  # fmt: skip


@pytest.mark.parametrize("eingabe", SPELLINGS)
def test_every_spelling_of_a_kennung_jumps_to_its_page(reader, eingabe):
    make_fassung("GLF SC 3.001a")
    response = reader.get("/suche/", {"q": eingabe})
    assert response.headers["Location"] == "/arbeitsmittel/glf-sc-3.001a/"


@pytest.mark.parametrize(
    "eingabe", ["EMB AH Umzug und Ortswechsel", "emb ah umzug und ortswechsel", "EMB-AH Umzug und Ortswechsel"]
)
def test_name_of_an_emb_ah_jumps_to_its_page(reader, eingabe):
    make_fassung("EMB AH Umzug und Ortswechsel")
    assert reader.get("/suche/", {"q": eingabe}).headers["Location"].endswith("/emb-ah-umzug-und-ortswechsel/")


@pytest.mark.parametrize("eingabe", ["202305004", "Weisung 202305004", "weisung202305004"])
def test_number_of_a_weisung_jumps_to_its_page(reader, eingabe):
    make_weisung("202305004")
    assert reader.get("/suche/", {"q": eingabe}).headers["Location"] == "/weisungen/202305004/"


def test_information_with_the_same_number_is_told_apart(reader):
    make_weisung("202305004")
    make_weisung("202305004", typ="information")
    assert reader.get("/suche/?q=Information 202305004").headers["Location"] == "/weisungen/information-202305004/"
    assert reader.get("/suche/?q=202305004").headers["Location"] == "/weisungen/202305004/"


def test_jump_carries_the_stichtag(reader):
    make_fassung("GLF SC 3.001a")
    location = reader.get("/suche/?q=3.001a&stichtag=2024-05-01").headers["Location"]
    assert location == "/arbeitsmittel/glf-sc-3.001a/?stichtag=2024-05-01"


def test_number_without_its_letter_lists_the_variants(reader):
    make_fassung("GLF SC 3.001a")
    make_fassung("GLF SC 3.001b")
    make_fassung("GLF SC 3.011")
    page = reader.get("/suche/?q=3.001").content.decode()
    assert "GLF SC 3.001a" in page
    assert "GLF SC 3.001b" in page
    assert "3.011" not in page


@pytest.mark.parametrize(
    "eingabe",
    ["GLF SC 3.001a (PDF PDF, Stand 02.01.2024)", "3.001a Anrufe", "Stand 3.001a", "GLF SC 3.001a.pdf", "3001a bitte"],
)
def test_number_among_other_words_is_offered_first(reader, eingabe):
    for kennung in ("GLF SC 3.001a", "GLF SC 3.001b", "GLF SC 2.024"):
        make_fassung(kennung)
    assert [str(found) for found in reader.get("/suche/", {"q": eingabe}).context["kennungen"]] == ["GLF SC 3.001a"]


@pytest.mark.parametrize("eingabe", ["Umzug und Ortswechsel", "ortswechsel", "EMB AH Umzug", "EMB Ortswechsel"])
def test_part_of_the_name_of_an_emb_ah_is_offered_first(reader, eingabe):
    make_fassung("EMB AH Umzug und Ortswechsel")
    make_fassung("GLF SC 3.204", text="<p>Siehe EMB AH Umzug und Ortswechsel.</p>")
    offered = reader.get("/suche/", {"q": eingabe}).context["kennungen"]
    assert [str(found) for found in offered] == ["EMB AH Umzug und Ortswechsel"]


def test_beginning_of_a_weisung_number_is_enough(reader):
    make_weisung("202305004")
    assert hits(reader, "202305") == ["Weisung 202305004"]


def hits(client, eingabe: str, stichtag: str = "") -> list[str]:
    context = client.get("/suche/", {"q": eingabe, "stichtag": stichtag}).context
    return [str(hit.ziel) for hit in [*context["arbeitsmittel"], *context["weisungen"]]]


def test_words_are_found_by_their_stem_in_both(reader):
    make_fassung("GLF SC 3.204", text="<p>Bei Umzügen die neue Anschrift erfragen.</p>")
    make_fassung("GLF SC 3.206", text="<p>Postfachnachricht beantworten.</p>")
    make_weisung(info="<p>Ein Umzug wird gemeldet.</p>")
    assert hits(reader, "Umzug") == ["GLF SC 3.204", "Weisung 202305004"]


def test_only_what_applies_is_searched(reader):
    make_fassung(stand="2023-01-01", text="<p>Zahlungsanweisung</p>")
    make_fassung(stand="2024-01-01", text="<p>Überweisung</p>")
    make_fassung("GLF SC 3.305", published=False, text="<p>Überweisung</p>")
    make_fassung("GLF SC 3.307", withdrawn="Irrtum", text="<p>Überweisung</p>")
    assert hits(reader, "Zahlungsanweisung") == []
    assert hits(reader, "Zahlungsanweisung", "2023-06-01") == ["GLF SC 3.001a"]
    assert hits(reader, "Überweisung") == ["GLF SC 3.001a"]


def test_number_is_found_where_it_is_mentioned(reader):
    make_fassung("GLF SC 3.204", text="<p>Weiter mit GLF SC 3.999x.</p>")
    assert hits(reader, "3.999x") == ["GLF SC 3.204"]


def test_words_joined_by_a_slash_are_found(reader):
    make_fassung(text="<p>Gesprächsleitfäden/Arbeitshilfen verwenden</p>")
    assert hits(reader, "Arbeitshilfe") == ["GLF SC 3.001a"]


def test_excerpt_marks_the_words_and_escapes_the_rest(reader):
    make_fassung(text="<p>Anschrift: Umzug nach Fürth &amp; Zirndorf melden &lt;script&gt;.</p>")
    page = reader.get("/suche/?q=umzug").content.decode()
    assert "<mark>Umzug</mark> nach Fürth &amp; Zirndorf" in page
    assert "<script>" not in page


def test_signs_of_the_marking_in_a_text_mark_nothing(reader):
    make_fassung(text=f"<p>{MARK_START}Der{MARK_END} Umzug nach {MARK_START}Fürth</p>")
    page = reader.get("/suche/?q=umzug").content.decode()
    assert page.count("<mark>") == page.count("</mark>") == 1


def test_highlight_escapes():
    assert highlight(f"<b>{MARK_START}x{MARK_END}") == "&lt;b&gt;<mark>x</mark>"


@pytest.mark.parametrize(
    "eingabe", ["", " ", "'", '"', "\\", "%", "a" * 5000, "& | !", "((", ":*", "\x00", "<script>", "3.001a'; --"]
)
def test_hostile_input_is_answered(reader, eingabe):
    make_fassung()
    assert reader.get("/suche/", {"q": eingabe}).status_code in (200, 302)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(eingabe=st.text(max_size=40))
def test_any_text_is_answered(reader, eingabe):
    assert reader.get("/suche/", {"q": eingabe}).status_code in (200, 302)
