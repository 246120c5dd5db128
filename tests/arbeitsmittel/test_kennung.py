import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbeitsmittel.kennung import Art, Bereich, Kennung, KennungInvalid, parse_kennung, slug_of

SC = Kennung(Art.GLF_SC, "3.001a")
EZ = Kennung(Art.GLF_EZ, "1.001")
UMZUG = Kennung(Art.EMB_AH, "Umzug und Ortswechsel")

SPELLINGS_OF_SC = [
    "GLF SC 3.001a",
    "GLF SC 3.001 A",
    "GLF-SC-3.001A",
    "GLF_SC_3.001a",
    "GLF/SC 3.001a",
    "glf sc 3.001 a",
    "glfsc3001a",
    "GLF 3.001a",
    "SC 3.001a",
    "sc3001a",
    "3.001a",
    "3.001-a",
    "3,001a",
    "3 001 a",
    "3001a",
    "3001 a",
    "glf-sc-3.001a",
    "GLF SC Nr. 3.001a",
    "GLF SC: 3.001a",
    "Gesprächsleitfaden SC 3.001a",
    "Gesprächsleitfaden Service Center 3.001a",
    "gespraechsleitfaden service-center 3.001a",
    "  GLF   SC\t3.001a \n",
    "GLF\xa0SC\u202f3.001a",
    "GLF\u200b SC 3.0\u00ad01a\ufeff",
    "GLF\u2011SC\u20133.001a",
    "GLF − SC – 3.001a",
    "„GLF SC 3.001a“,",
    "(3.001a).",
    unicodedata.normalize("NFD", "Gesprächsleitfaden 3.001a"),
]
SPELLINGS_OF_EZ = [
    "GLF/AH EZ 1.001",
    "GLF / AH EZ 1.001",
    "GLF AH EZ 1.001",
    "GLF EZ 1.001",
    "AH EZ 1.001",
    "EZ 1.001",
    "GLF/AH 1.001",
    "AH 1.001",
    "glfahez1001",
    "glf-ah-ez-1.001",
    "1.001",
    "1001",
    "Arbeitshilfe Eingangszone 1.001",
]
SPELLINGS_OF_UMZUG = [
    "EMB AH Umzug und Ortswechsel",
    "EMB-AH Umzug und Ortswechsel",
    "EMB/AH Umzug und Ortswechsel",
    "EMB AH: Umzug und Ortswechsel",
    "emb ah „Umzug  und\xa0Ortswechsel“.",
    "EMB-Arbeitshilfe Umzug und Ortswechsel",
    "EMB\u2011AH Umzug und Orts\u00adwechsel",
]


@pytest.mark.parametrize("text", SPELLINGS_OF_SC)
def test_parse_takes_every_spelling_of_a_service_center_script(text):
    assert parse_kennung(text) == SC
    assert slug_of(text) == "glf-sc-3.001a"


@pytest.mark.parametrize("text", SPELLINGS_OF_EZ)
def test_parse_takes_every_spelling_of_an_eingangszone_script(text):
    assert parse_kennung(text) == EZ
    assert slug_of(text) == "glf-ah-ez-1.001"


@pytest.mark.parametrize("text", SPELLINGS_OF_UMZUG)
def test_parse_takes_every_spelling_of_a_name(text):
    assert parse_kennung(text) == UMZUG
    assert slug_of(text) == "emb-ah-umzug-und-ortswechsel"


def test_parse_keeps_the_case_of_a_name_but_the_slug_does_not_depend_on_it():
    assert str(parse_kennung("emb ah umzug und ortswechsel")) == "EMB AH umzug und ortswechsel"
    assert slug_of("emb ah UMZUG UND ORTSWECHSEL") == UMZUG.slug


def test_slug_of_takes_the_address_of_a_name_which_parse_cannot_spell():
    assert slug_of(" emb-ah-umzug-und-ortswechsel ") == UMZUG.slug
    with pytest.raises(KennungInvalid, match="ist eine Adresse"):
        parse_kennung("emb-ah-umzug-und-ortswechsel")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("GLF/AH EZ 3.001", "Die Nummer 3.001 gehört zu GLF SC, nicht zu GLF/AH EZ."),
        ("GLF SC 1.001a", "Die Nummer 1.001a gehört zu GLF/AH EZ, nicht zu GLF SC."),
        ("AH 3.001", "Die Nummer 3.001 gehört zu GLF SC, nicht zu GLF/AH EZ."),
        (
            "GLF SC 4.001",
            "Die Nummer 4.001 gehört zu keiner Reihe, denn GLF/AH EZ beginnt mit 1 und GLF SC mit 2 oder 3.",
        ),
        ("EMB AH", "Nach „EMB AH“ fehlt der Name der Arbeitshilfe."),
        ("EMB AH 3.001", "„3.001“ ist kein Name einer Arbeitshilfe, denn er enthält keine Buchstaben."),
        ("EMB AH Umzug (neu) jetzt", "„Umzug (neu) jetzt“ enthält Zeichen, die im Namen einer Arbeitshilfe"),
        ("EMB AH " + "Umzug " * 30, "Der Name einer Arbeitshilfe hat höchstens 120 Zeichen."),
        ("x" * 301, "Die Eingabe ist zu lang für eine Kennung."),
    ],
)
def test_parse_says_in_one_german_sentence_what_is_wrong(text, message):
    with pytest.raises(KennungInvalid) as refused:
        parse_kennung(text)
    assert str(refused.value).startswith(message)
    assert str(refused.value).endswith(".")
    assert slug_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "3.01a",
        "3.0011",
        "3.001ab",
        "02.01.2024",
        "6801.4",
        "§ 1.001",
        "GLF SC",
        "GLF/AH SC 3.001",
        "EMB 3.001",
        "Umzug",
        "202305004",
        "3.001a 3.001b",
        "\x00",
        "GLF SC 3.001a; DROP",
        "３.００１",
    ],
)
def test_parse_refuses_what_is_no_kennung(text):
    with pytest.raises(KennungInvalid, match="ist keine Kennung"):
        parse_kennung(text)


def test_messages_never_repeat_control_characters_or_long_input():
    with pytest.raises(KennungInvalid) as refused:
        parse_kennung("a\x1b[31m" + "b" * 200)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("filler", [".", "-", " . ", "/", "_", "glf.", "ah "])
def test_parse_answers_fast_on_hostile_input(filler):
    begin = time.process_time()
    assert slug_of("glf" + (filler * 300)[:290] + "x") is None
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(
    ("kennung", "bereich", "label", "nummer", "thema"),
    [
        (EZ, Bereich.EZ, "Eingangszone", "1.001", "001"),
        (Kennung(Art.GLF_SC, "2.011"), Bereich.SC_SGB_II, "Service Center SGB II", "2.011", "011"),
        (SC, Bereich.SC_SGB_III, "Service Center SGB III", "3.001a", "001"),
        (UMZUG, Bereich.EMAIL, "E-Mail-Bearbeitung", "", ""),
    ],
)
def test_number_tells_bereich_and_topic(kennung, bereich, label, nummer, thema):
    assert (kennung.bereich, kennung.bereich.label) == (bereich, label)
    assert (kennung.nummer, kennung.thema) == (nummer, thema)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Änderung der Straße", "emb-ah-aenderung-der-strasse"),
        ("Café & Öl – Überblick/Größe", "emb-ah-cafe-oel-ueberblick-groesse"),
        ("ÜBERBLICK", "emb-ah-ueberblick"),
        ("E-Mail 2.0", "emb-ah-e-mail-2-0"),
    ],
)
def test_slug_spells_umlauts_out(name, slug):
    assert Kennung(Art.EMB_AH, name).slug == slug
    assert slug_of(slug) == slug


@pytest.mark.parametrize(
    "name",
    ["", " Umzug", "Umzug.", "Um  zug", "Um\xa0zug", "Um\nzug", "Um\x00zug", "A\u0308rzte", "<b>Umzug", "ЖЖ", "12"],
)
def test_a_name_that_is_not_in_its_normal_form_is_refused(name):
    with pytest.raises(KennungInvalid):
        Kennung(Art.EMB_AH, name)


def test_a_plain_value_becomes_an_art():
    assert Kennung("glf-sc", "3.001a").art is Art.GLF_SC
    with pytest.raises(KennungInvalid, match="„glf“ ist keine Art"):
        Kennung("glf", "3.001a")


def test_kennungen_sort_by_number():
    assert sorted([SC, Kennung(Art.GLF_SC, "2.011"), Kennung(Art.GLF_SC, "3.001")])[0].nummer == "2.011"


NUMBERED = st.builds(
    lambda digit, topic, letter: Kennung(Art.GLF_EZ if digit == "1" else Art.GLF_SC, f"{digit}.{topic:03}{letter}"),
    st.sampled_from("123"),
    st.integers(0, 999),
    st.sampled_from(["", *"abcxyz"]),
)


@given(NUMBERED)
def test_every_number_is_read_back_from_print_and_slug(kennung):
    assert parse_kennung(str(kennung)) == kennung
    assert parse_kennung(kennung.slug) == kennung
    assert parse_kennung(kennung.nummer.replace(".", "")) == kennung


@given(st.text(max_size=60))
def test_any_name_is_refused_or_read_back(text):
    try:
        kennung = parse_kennung("EMB AH " + text)
    except KennungInvalid:
        return
    assert parse_kennung(str(kennung)) == kennung
    assert slug_of(kennung.slug) == kennung.slug
    assert set(kennung.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
