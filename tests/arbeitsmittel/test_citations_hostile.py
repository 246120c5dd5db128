"""Text that was made to slow the finder down."""

import time

import pytest
from citation_reading import NAMES

from arbeitsmittel.citations import find_citations

HOSTILE = {
    "prefixes": "GLF SC " * 75_000,
    "names without end": "EMB AH " + "Ab " * 170_000,
    "name prefixes": "EMB AH " * 75_000,
    "white space in prefix": "GLF" + " " * 500_000,
    "white space after item": "GLF SC 3.001a" + " " * 500_000,
    "white space in name": ("EMB AH A" + " " * 130 + "b") * 3_600,
    "lines in name": "EMB AH A" + "\n" * 500_000,
    "separators": "GLF SC 3.001a" + ", und " * 100_000,
    "open markers": "GLF SC 3.001a(PDF " * 30_000,
    "long markers": ("GLF SC 3.001a (" + "PDF " * 30) * 4_000,
    "brackets": "GLF SC 3.001a" + "(" * 500_000,
    "words of dates": ("EMB AH A " + "Stand " * 20) * 4_000,
    "dashes": ("EMB AH A" + " - " * 40) * 4_000,
    "quotation marks": ("EMB AH „" + "A " * 60) * 4_000,
    "combining marks": "a" + "\u0308\u0323" * 250_000,
    "soft hyphens": "a\u00ad" * 250_000,
}
DENSE = {
    "short names": "EMB AH A b " * 15_000,
    "known names": "EMB AH Umzug, " + "Umzug, " * 25_000,
    "marked names": "EMB AH " + "A (PDF), " * 20_000,
    "numbers": "GLF SC " + "3.001a, " * 25_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_half_a_megabyte_of_hostile_text_takes_less_than_a_second(text):
    assert len(text) > 400_000
    assert seconds_to_read(text[:500_000]) < 1


@pytest.mark.parametrize("text", DENSE.values(), ids=DENSE.keys())
def test_a_text_of_nothing_but_citations_takes_less_than_a_second(text):
    assert len(find_citations(text, NAMES)) > 10_000
    assert seconds_to_read(text) < 1


def seconds_to_read(text):
    begin = time.process_time()  # of this process: other work on the machine does not count
    find_citations(text, NAMES)
    return time.process_time() - begin
