"""What all checks share: order, keys under which reasons are kept, the quoted passage."""

from portal.befund import Befund, answered, blocking, collect, kept_reasons, passage


def befund(code="regel", schwere="warnung", stelle="Titel"):
    return Befund(code, schwere, stelle, "Etwas stimmt nicht.", "Bitte ändern.")


def test_collect_puts_errors_first_and_keeps_the_order_of_the_rules():
    rules = [
        lambda subject: [befund("a", "hinweis"), befund("b")],
        lambda subject: [befund("c", "fehler"), befund("d")],
    ]
    assert [found.code for found in collect(rules, None)] == ["c", "b", "d", "a"]


def test_collect_keeps_the_gravest_of_one_key():
    rules = [lambda subject: [befund(schwere="hinweis"), befund(schwere="fehler")]]
    assert [found.schwere for found in collect(rules, None)] == ["fehler"]


def test_key_of_a_long_passage_stays_apart_from_another_that_begins_alike():
    one, other = befund(stelle="x" * 300 + "1"), befund(stelle="x" * 300 + "2")
    assert one.schluessel != other.schluessel
    assert len(one.schluessel) == len(other.schluessel) == 200


def test_key_does_not_depend_on_the_sentence():
    assert Befund("a", "warnung", "b", "so", "x").schluessel == Befund("a", "hinweis", "b", "anders", "y").schluessel


def test_reason_answers_a_warning_only():
    reasons = {"regel:Titel": "Absicht"}
    assert answered(befund(), reasons)
    assert not answered(befund(schwere="fehler"), reasons)
    assert blocking([befund()], {"regel:Titel": "  "}) == [befund()]
    assert blocking([befund(), befund(schwere="hinweis")], reasons) == []


def test_kept_reasons_leave_out_what_nobody_asks_any_more():
    assert kept_reasons([befund()], {"regel:Titel": " Absicht ", "alt:Text": "erledigt"}) == {"regel:Titel": "Absicht"}


def test_passage_quotes_whole_words_of_one_line():
    text = "Davor\nBitte reichen Sie die Bescheinigung spätestens am dritten Tag bei der Agentur für Arbeit ein\nDanach"
    start = text.index("dritten")
    assert passage(text, start, start + 7) == (
        "… reichen Sie die Bescheinigung spätestens am dritten Tag bei der Agentur für Arbeit ein"
    )
    assert passage("kurz", 0, 4) == "kurz"
