"""What the tests of the finder share: reading a text as the list of its citations, and as it is stored."""

from itertools import pairwise

from arbeitsmittel.citations import find_citations

NAMES = ("Umzug", "Umzug und Ortswechsel", "Kündigung, Abmeldung", "E-Mail mit Anhang")


def found(text, names=NAMES):
    """The citations as printed: "GLF SC 3.001a", or with a Stand "GLF SC 3.001a @ 02.01.2024"."""
    hits = find_citations(text, names)
    for hit in hits:
        assert hit.beleg == text[hit.start : hit.end]
        assert hit.start <= hit.label_start < hit.label_end <= hit.end
    assert all(before.end <= after.start for before, after in pairwise(hits))
    return [f"{hit.kennung} @ {hit.stand}" if hit.stand else str(hit.kennung) for hit in hits]


def without_markers(text, names=()):
    """The text as it is stored: what stands behind each label is taken out."""
    for hit in reversed(find_citations(text, names)):
        text = text[: hit.label_end] + text[hit.end :]
    return text
