"""The way of a document through the package, in the child: unpack, check, prepare, convert."""

from functools import cache
from html import escape

from portal.docx.container import unpack
from portal.docx.converting import to_html
from portal.docx.losses import take_out
from portal.docx.package import read_package
from portal.docx.refusal import DocxRefused
from portal.docx.sentences import Leftovers
from portal.docx.structure import Rewriting, drop_contents
from portal.docx.xmlparts import check_parts
from portal.text import TextRefused, clean

MAX_TITLE = 300


def read(data: bytes) -> dict:
    """Return html, titel and nicht_uebernommen of a document, or why it is refused (abgelehnt)."""
    try:
        parts = unpack(data)
        check_parts(parts.values())
        package = read_package(parts)
    except DocxRefused as refusal:
        return {"abgelehnt": str(refusal)}
    leftovers = Leftovers()
    drop_contents(package, leftovers)
    take_out(package, leftovers, is_allowed)
    titel = Rewriting(package, leftovers).titel
    html = to_html(package, leftovers)
    return {"html": html, "titel": titel[:MAX_TITLE], "nicht_uebernommen": leftovers.sentences()}


@cache
def is_allowed(address: str) -> bool:
    """Whether the portal's text may hold a link to this address; one bad link must not refuse the document."""
    try:
        return "<a " in clean(f'<p><a href="{escape(address)}">x</a></p>')
    except TextRefused:
        return False
