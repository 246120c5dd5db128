"""How lists of a text are counted: as their author said, and by letters in a list in a list where nobody said."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

KINDS = {"": "lower-alpha", "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"}


@pytest.mark.parametrize(("kind", "counted"), KINDS.items())
def test_a_list_in_a_list_is_counted_as_its_author_said(page: Page, kind, counted):
    style = (settings.BASE_DIR / "static/css/text.css").read_text(encoding="utf-8")
    said = f' type="{kind}"' if kind else ""
    page.set_content(f'<style>{style}</style><div class="text"><ol><li>x<ol{said}><li>y</li></ol></li></ol></div>')
    assert page.eval_on_selector("ol ol", "list => getComputedStyle(list).listStyleType") == counted
