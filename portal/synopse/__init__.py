"""Old and new text side by side: what was inserted, deleted, and what stayed. Pure, without Django.

`compare` is a tree diff of two texts of `portal.text`: blocks, list items and table rows are aligned by similarity,
cells by column, and words are compared in what stays. `compare_fields` and `compare_lists` do the same for the values
of a header and for citations. The modules inside: tree ← matching, marks ← words, alignment ← tables ← blocks ← result.
"""

from portal.synopse.fields import FieldChange, ListChange, compare_fields, compare_lists
from portal.synopse.result import Abschnitt, Art, Synopse, Zeile, compare
from portal.synopse.sides import new_text, old_text
from portal.synopse.tree import NotClean

__all__ = [
    "Abschnitt",
    "Art",
    "FieldChange",
    "ListChange",
    "NotClean",
    "Synopse",
    "Zeile",
    "compare",
    "compare_fields",
    "compare_lists",
    "new_text",
    "old_text",
]
