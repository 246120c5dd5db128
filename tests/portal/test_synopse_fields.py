"""Header fields and citations beside each other."""

import re

from portal.synopse import Art, compare_fields, compare_lists


def plain(html: str) -> str:
    return re.sub(r'<span class="kern-sr-only">[^<]*</span>', "", html)


def test_fields_stand_in_the_order_of_the_new_version():
    old = {"Titel": "Anrufe führen", "Bezug": "HEGA 1", "Aufhebung": "202301001"}
    new = {"Stand": "02.01.2024", "Titel": "Anrufe gut führen", "Bezug": "HEGA 1"}
    assert [(change.name, change.art.value) for change in compare_fields(old, new)] == [
        ("Stand", "neu"),
        ("Titel", "geaendert"),
        ("Bezug", "unveraendert"),
        ("Aufhebung", "entfallen"),
    ]


def test_words_of_a_field_are_marked():
    (change,) = compare_fields({"Titel": "Anrufe führen"}, {"Titel": "Anrufe gut führen"})
    assert plain(change.neu_html) == "Anrufe <ins>gut </ins>führen"
    assert change.alt_html == "Anrufe führen"
    assert change.geaendert


def test_a_field_without_an_old_value_is_new():
    assert [change.art for change in compare_fields(None, {"Titel": "a"})] == [Art.NEU]
    assert [change.art for change in compare_fields({"Titel": None}, {"Titel": "a"})] == [Art.NEU]
    assert [change.art for change in compare_fields({"Titel": "a"}, {"Titel": ""})] == [Art.ENTFALLEN]
    assert [change.art for change in compare_fields({"Titel": None}, {"Titel": ""})] == [Art.UNVERAENDERT]


def test_values_are_words_and_never_markup():
    (change,) = compare_fields({"Titel": "<b>alt</b> & 'x'"}, {"Titel": "<script>neu</script> & 'x'"})
    for html in (change.alt_html, change.neu_html, change.html):
        assert set(re.findall(r"<(\w+)", html)) <= {"ins", "del", "span"}
    assert change.neu == "<script>neu</script> & 'x'"


def test_citations_come_go_and_stay_in_order():
    old = ["GLF SC 3.001a", "GLF SC 3.011", "GLF SC 3.204", "GLF SC 3.204"]
    new = ["GLF SC 3.001a", "EMB AH Umzug", "GLF SC 3.204"]
    assert [(change.wert, change.art.value) for change in compare_lists(old, new)] == [
        ("GLF SC 3.001a", "unveraendert"),
        ("GLF SC 3.011", "entfallen"),
        ("GLF SC 3.204", "entfallen"),
        ("EMB AH Umzug", "neu"),
        ("GLF SC 3.204", "unveraendert"),
    ]


def test_another_order_of_citations_is_no_change():
    assert [(change.wert, change.geaendert) for change in compare_lists(["a", "b", "c"], ["c", "a", "b"])] == [
        ("c", False),
        ("a", False),
        ("b", False),
    ]
