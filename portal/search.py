"""Full-text search in German; the word "german" stands in this module only.

The database makes the vectors (generated columns), from one immutable function, so no code path can forget them.
Numbers of Arbeitsmittel are tokens of their own: the text parser would cut `3.001a` into `3.001` and `a`.
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.contrib.postgres.search import SearchRank as Rank
from django.db.models import CharField, Func, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

CONFIG = "german"
__all__ = ["Excerpt", "Query", "Rank", "ReadQuery", "SearchVector", "highlight"]

MARK_START, MARK_END = "\ue000", "\ue001"  # private use; `such_auszug` takes them out of the text


class SearchVector(Func):
    """The vector of a title and a rich text, for a generated column."""

    function = "such_vektor"
    arity = 2


class Query(SearchQuery):
    """What somebody typed, as a query: words by their German stem, numbers by their beginning."""

    def __init__(self, text: str, **extra: Any) -> None:
        super().__init__(text[:200], **extra)
        self.function = "such_anfrage"
        self.config = None


class ReadQuery(SearchQuery):
    """A query that the database has read already (`Query` as text): a constant, where rows are filtered one by one.

    As a filter, the function behind `Query` is called anew for each row, and costs more than looking at the row.
    """

    def __init__(self, text: str, **extra: Any) -> None:
        self.text = text
        super().__init__(text, **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[str]]:
        return "%s::tsquery", [self.text]


class Excerpt(Func):
    """The passage of a rich text in which the words of a query stand, with markers for `highlight`."""

    function = "ts_headline"
    output_field = TextField()

    def __init__(self, html: Any, query: Query, **extra: Any) -> None:
        options = f"StartSel={MARK_START}, StopSel={MARK_END}, MaxWords=32, MinWords=16, MaxFragments=1"
        text = Func(Coalesce(html, Value("")), function="such_auszug", output_field=TextField())
        super().__init__(Value(CONFIG, output_field=RegConfig()), text, query, Value(options), **extra)


class RegConfig(CharField):
    """The type of a text search configuration, for the cast in `Excerpt`."""

    def db_type(self, connection: Any) -> str:
        return "regconfig"


def highlight(excerpt: str) -> SafeString:
    """Return an excerpt as safe HTML: everything escaped, the found words in <mark>."""
    marked = escape(excerpt).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
    return mark_safe(re.sub(r"\s+", " ", marked).strip())
