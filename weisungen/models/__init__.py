"""Directives, what they cite, repeal and announce (domain, glossary)."""

from weisungen.models.recorded import Aufhebung, Zitat
from weisungen.models.umsetzung import Umsetzung
from weisungen.models.weisung import TEXT_FIELDS, WHOLE_TEXT, Rolle, Typ, Weisung, WeisungPruefdruck, slug_of

__all__ = [
    "TEXT_FIELDS",
    "WHOLE_TEXT",
    "Aufhebung",
    "Rolle",
    "Typ",
    "Umsetzung",
    "Weisung",
    "WeisungPruefdruck",
    "Zitat",
    "slug_of",
]
