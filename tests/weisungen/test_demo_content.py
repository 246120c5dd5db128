"""The demo content is complete, clean, and agrees with itself (Stände, citations, Familien)."""

import re
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import lxml.html
import pytest

from arbeitsmittel.citations import Fundstelle, find_citations
from arbeitsmittel.kennung import Art, Bereich, Kennung
from portal import text
from weisungen.demo.content import (
    DemoArbeitsmittel,
    DemoContentInvalid,
    DemoFassung,
    demo_arbeitsmittel,
    demo_weisungen,
)
from weisungen.importing import read_weisung

HEUTE = date(2026, 11, 23)
BEISPIEL = "Beispielinhalt – keine geltende Regelung."
ARBEITSMITTEL = {each.kennung: each for each in demo_arbeitsmittel()}
FASSUNGEN = [(each.kennung, fassung) for each in ARBEITSMITTEL.values() for fassung in each.fassungen]
NACHFOLGER = [
    (each.kennung, *pair)
    for each in ARBEITSMITTEL.values()
    for pair in zip(each.fassungen, each.fassungen[1:], strict=False)
]
WEISUNGEN = {path.stem: path.read_text(encoding="utf-8") for path in demo_weisungen()}
EMB_NAMES = [kennung.bezeichnung for kennung in ARBEITSMITTEL if kennung.art is Art.EMB_AH]

each_fassung = pytest.mark.parametrize(
    ("kennung", "fassung"), FASSUNGEN, ids=[f"{kennung.slug}-{fassung.stand}" for kennung, fassung in FASSUNGEN]
)
each_successor = pytest.mark.parametrize(
    ("kennung", "alt", "neu"), NACHFOLGER, ids=[f"{kennung.slug}-{neu.stand}" for kennung, _, neu in NACHFOLGER]
)
each_weisung = pytest.mark.parametrize("nummer", WEISUNGEN)


def current(kennung: Kennung, tag: date) -> DemoFassung | None:
    """What applies on `tag`: the newest published, not withdrawn Fassung."""
    live = [each for each in ARBEITSMITTEL[kennung].fassungen if not each.entwurf and not each.zurueckgezogen_grund]
    return max((each for each in live if each.stand <= tag), key=lambda each: each.stand, default=None)


def citations(words: str) -> list[Fundstelle]:
    return find_citations(words, EMB_NAMES)


def elements(html: str) -> Counter:
    return Counter(each.tag for each in lxml.html.fragment_fromstring(html, create_parent="div").iter())


def weisung_date(nummer: str) -> date:
    day, month, year = re.search(r"vom (\d\d)\.(\d\d)\.(\d{4})", WEISUNGEN[nummer]).groups()
    return date(int(year), int(month), int(day))


# --- what there is ----------------------------------------------------------------------------------------------------


def test_demo_covers_every_art_and_bereich_in_a_good_order():
    kennungen = list(ARBEITSMITTEL)
    assert len(kennungen) == 17
    assert {each.bereich for each in kennungen} == set(Bereich)
    assert [each.art for each in kennungen] == sorted((each.art for each in kennungen), key=list(Art).index)
    assert str(kennungen[0]) == "GLF/AH EZ 1.001"


def test_demo_has_two_to_four_fassungen_each_oldest_first():
    for each in ARBEITSMITTEL.values():
        stands = [fassung.stand for fassung in each.fassungen]
        assert 2 <= len(stands) <= 4, each.kennung
        assert stands == sorted(set(stands)), each.kennung


def test_demo_has_one_announced_one_withdrawn_and_one_draft():
    published = [(str(kennung), each.stand) for kennung, each in FASSUNGEN if not each.entwurf]
    assert [each for each in published if each[1] > HEUTE] == [("GLF SC 3.001a", date(2027, 1, 4))]
    withdrawn = [(kennung, each) for kennung, each in FASSUNGEN if each.zurueckgezogen_grund]
    assert [(str(kennung), each.stand) for kennung, each in withdrawn] == [("GLF SC 3.305", date(2026, 11, 9))]
    assert current(withdrawn[0][0], HEUTE).stand == date(2026, 4, 13)
    assert [str(kennung) for kennung, each in FASSUNGEN if each.entwurf] == ["GLF SC 2.307"]


def test_demo_has_exactly_one_familie_that_has_drifted():
    stands_by_thema: dict[str, list[date]] = {}
    for kennung in ARBEITSMITTEL:
        if kennung.thema:
            stands_by_thema.setdefault(kennung.thema, []).append(current(kennung, HEUTE).stand)
    familien = {thema: len(set(stands)) == 1 for thema, stands in stands_by_thema.items() if len(stands) > 1}
    assert familien == {"001": True, "011": True, "103": False, "204": True, "410": True}


# --- the scripts ------------------------------------------------------------------------------------------------------


@each_fassung
def test_text_of_a_fassung_passes_clean_without_loss(kennung: Kennung, fassung: DemoFassung):
    cleaned = text.clean(fassung.inhalt)
    assert text.clean(cleaned) == cleaned
    assert elements(cleaned) == elements(fassung.inhalt)
    assert text.plain(cleaned) == text.plain(fassung.inhalt)


@each_fassung
def test_text_of_a_fassung_looks_like_a_script_and_says_that_it_is_an_example(kennung: Kennung, fassung: DemoFassung):
    body = lxml.html.fragment_fromstring(fassung.inhalt, create_parent="div")
    assert body[0].tag == "aside"
    assert body[0].get("data-art") == "hinweis"
    assert body[0].text_content().strip().startswith(BEISPIEL)
    assert 250 <= len(text.plain(fassung.inhalt).split()) <= 700
    assert {"h2", "table", "caption", "q"} <= set(elements(fassung.inhalt))
    assert not body.xpath("//table[not(caption)] | //th[not(@scope)]")


@each_successor
def test_fassungen_of_one_arbeitsmittel_differ_in_places_not_as_a_whole(
    kennung: Kennung, alt: DemoFassung, neu: DemoFassung
):
    lines = text.plain(alt.inhalt).splitlines(), text.plain(neu.inhalt).splitlines()
    changed = [each for each in SequenceMatcher(None, *lines, autojunk=False).get_opcodes() if each[0] != "equal"]
    assert len(changed) >= 2
    assert SequenceMatcher(None, *lines, autojunk=False).ratio() > 0.65


@each_fassung
def test_citations_in_a_script_name_arbeitsmittel_that_had_a_stand_then(kennung: Kennung, fassung: DemoFassung):
    cited = {each.kennung for each in citations(text.plain(fassung.inhalt))}
    assert kennung not in cited
    assert cited <= set(ARBEITSMITTEL)
    assert [str(each) for each in cited if current(each, fassung.stand) is None] == []


def test_most_scripts_cite_others():
    citing = {kennung for kennung, fassung in FASSUNGEN if citations(text.plain(fassung.inhalt))}
    assert citing == set(ARBEITSMITTEL)


# --- the Weisungen ----------------------------------------------------------------------------------------------------


def test_weisungen_come_in_the_order_of_their_numbers():
    assert list(WEISUNGEN) == ["202401002", "202607001", "202610003"]


@each_weisung
def test_weisung_has_the_published_form_and_says_that_it_is_an_example(nummer: str):
    head, rule, body = WEISUNGEN[nummer].partition("\n---\n")
    assert rule
    assert re.match(rf"# (Weisung|Information) {nummer} vom \d\d\.\d\d\.\d{{4}} – \S", head)
    assert f"{weisung_date(nummer):%Y%m}" == nummer[:6]
    labels = re.findall(r"^\*\*(.+?):\*\*", head, re.MULTILINE)
    assert labels == [
        "Laufende Nummer", "Geschäftszeichen", "Gültig ab", "Gültig bis", "SGB II", "SGB III", "Familienkasse",
        "Bezug", "Aufhebung von Regelungen",
    ]  # fmt: skip
    assert body.strip().startswith(BEISPIEL)
    assert re.findall(r"^## (\d)\. (.+)$", body, re.MULTILINE) == [
        ("1", "Ausgangssituation"), ("2", "Auftrag und Ziel"), ("3", "Einzelaufträge"),
        ("4", "Info"), ("5", "Haushalt"), ("6", "Beteiligung"),
    ]  # fmt: skip


@each_weisung
def test_weisung_cites_demo_arbeitsmittel_with_the_stand_of_its_day(nummer: str):
    found = citations(WEISUNGEN[nummer])
    assert len(found) == WEISUNGEN[nummer].count("(PDF, Stand ") == len({each.kennung for each in found})
    for each in found:
        assert each.stand.tag == current(each.kennung, weisung_date(nummer)).stand, each.beleg


def test_newest_weisung_has_one_citation_whose_stand_has_changed_since():
    found = citations(WEISUNGEN["202610003"])
    assert 8 <= len(found) <= 14
    changed = [str(each.kennung) for each in found if each.stand.tag != current(each.kennung, HEUTE).stand]
    assert changed == ["EMB AH Umzug und Ortswechsel"]


def test_newest_weisung_repeals_the_oldest_one():
    repealed = WEISUNGEN["202610003"].partition("**Aufhebung von Regelungen:**")[2].partition("\n---\n")[0]
    assert re.findall(r"\d{9}", repealed) == ["202401002"]
    assert WEISUNGEN["202607001"].startswith("# Information ")


@each_weisung
def test_header_of_a_weisung_does_not_contradict_its_citations(nummer: str):
    sgb_ii = re.search(r"^\*\*SGB II:\*\* (.+?) *$", WEISUNGEN[nummer], re.MULTILINE)[1]
    cites_sgb_ii = any(each.kennung.bereich is Bereich.SC_SGB_II for each in citations(WEISUNGEN[nummer]))
    assert cites_sgb_ii == (sgb_ii != "nicht betroffen")


@each_weisung
def test_importer_reads_a_weisung_and_finds_nothing_but_the_drifted_familie(nummer: str):
    read = read_weisung(WEISUNGEN[nummer]).as_json()
    assert read["weisung"]["nummer"] == nummer
    assert len(read["abschnitte"]) == 6
    assert len(read["zitate"]) == len(citations(WEISUNGEN[nummer]))
    drifted = [] if nummer == "202607001" else ["geschwister-verschieden"]
    assert [each["code"] for each in read["befunde"]] == drifted


# --- malformed files --------------------------------------------------------------------------------------------------

HEAD = {
    "kennung": "GLF SC 3.001a",
    "titel": "Anrufe",
    "aenderungsart": "fachlich",
    "aenderungshinweis": "Neu.",
}


def write(folder: Path, *, head: dict[str, str] = HEAD, stand: str = "2024-01-02", rest: str = "---\n<p>Text</p>\n"):
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    (folder / f"{stand}.html").write_text(lines + rest, encoding="utf-8")


def test_fassung_is_read_with_all_that_its_head_says(tmp_path: Path):
    write(tmp_path / "glf-sc-3.001a")
    write(tmp_path / "glf-sc-3.001a", stand="2025-06-02", head=HEAD | {"zurueckgezogen": "Irrtum: falsche Frist"})
    write(tmp_path / "glf-sc-3.001a", stand="2026-10-01", head=HEAD | {"entwurf": "ja"})
    first = DemoFassung(date(2024, 1, 2), "Anrufe", "<p>Text</p>", "Neu.", "fachlich", "", False)
    [found] = demo_arbeitsmittel(tmp_path)
    assert isinstance(found, DemoArbeitsmittel)
    assert found.kennung == Kennung(Art.GLF_SC, "3.001a")
    assert found.fassungen[0] == first
    assert found.fassungen[1].zurueckgezogen_grund == "Irrtum: falsche Frist"
    assert [each.entwurf for each in found.fassungen] == [False, False, True]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stand": "20240102"}, "kein Stand wie 2024-01-02"),
        ({"stand": "2024-02-30"}, "kein Stand wie 2024-01-02"),
        ({"rest": "<p>Text</p>\n"}, "Zeile „---“"),
        ({"rest": "---\n \n"}, "fehlt der Text"),
        ({"rest": "titel\n---\n<p>Text</p>"}, "Zeile 5: Erwartet wird"),
        ({"rest": "titel: Anderer\n---\n<p>Text</p>"}, "Zeile 5: „titel“ steht schon"),
        ({"head": HEAD | {"titel": ""}}, "Zeile 2: Erwartet wird"),
        ({"head": HEAD | {"tittel": "Anrufe"}}, "„tittel“ ist keine bekannte Angabe"),
        ({"head": {key: value for key, value in HEAD.items() if key != "titel"}}, "Im Kopf fehlt „titel“"),
        ({"head": HEAD | {"aenderungsart": "klein"}}, "erlaubt ist fachlich oder redaktionell"),
        ({"head": HEAD | {"entwurf": "nein"}}, "erlaubt ist ja"),
        ({"head": HEAD | {"entwurf": "ja", "zurueckgezogen": "Irrtum"}}, "Ein Entwurf kann nicht"),
        ({"head": HEAD | {"kennung": "GLF SC 3.001b"}}, "gehört in den Ordner „glf-sc-3.001b“"),
        ({"head": HEAD | {"kennung": "Telefonleitfaden"}}, "ist keine Kennung"),
    ],
)
def test_malformed_file_is_named_with_its_fault(tmp_path: Path, changes: dict, message: str):
    write(tmp_path / "glf-sc-3.001a", **changes)
    with pytest.raises(DemoContentInvalid, match=rf"^glf-sc-3\.001a/.*{re.escape(message)}"):
        demo_arbeitsmittel(tmp_path)


def test_folder_without_a_fassung_is_refused(tmp_path: Path):
    (tmp_path / "glf-sc-3.001a").mkdir()
    with pytest.raises(DemoContentInvalid, match="enthält keine Fassung"):
        demo_arbeitsmittel(tmp_path)


def test_folder_with_two_kennungen_of_one_slug_is_refused(tmp_path: Path):
    for stand, name in (("2024-01-02", "Umzug"), ("2024-03-01", "umzug")):
        write(tmp_path / "emb-ah-umzug", stand=stand, head=HEAD | {"kennung": f"EMB AH {name}"})
    with pytest.raises(DemoContentInvalid, match=r"verschiedene Kennungen \(EMB AH Umzug, EMB AH umzug\)"):
        demo_arbeitsmittel(tmp_path)


def test_file_that_is_not_utf8_is_refused(tmp_path: Path):
    write(tmp_path / "glf-sc-3.001a")
    (tmp_path / "glf-sc-3.001a" / "2024-01-02.html").write_bytes("titel: Änderung\n".encode("latin-1"))
    with pytest.raises(DemoContentInvalid, match="kein UTF-8-Text"):
        demo_arbeitsmittel(tmp_path)
