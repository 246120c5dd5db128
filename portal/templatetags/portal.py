"""Links that carry the Stichtag along, and the rich text as it is shown."""

from typing import Any
from urllib.parse import urlencode

import lxml.html
from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from portal.personal import render_part

register = template.Library()

NARROW = 2  # columns of a table that still fit on a telephone by wrapping their words


@register.simple_tag(takes_context=True)
def link(context: Context, name: str, *args: Any, **query: Any) -> str:
    """Return the address of a view with the Stichtag of the page: `{% link "arbeitsmittel:liste" bereich="ez" %}`."""
    return _carried(context, reverse(name, args=args) + ("?" + urlencode(query) if query else ""))


@register.simple_tag(takes_context=True)
def link_to(context: Context, thing: Any) -> str:
    """Return the address of an object with the Stichtag of the page: `{% link_to fassung %}`."""
    return _carried(context, thing.get_absolute_url())


@register.simple_tag(takes_context=True)
def with_parameters(context: Context, **changes: Any) -> str:
    """Return the query of the page with some parameters changed; None or an empty value removes one."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            parameters.pop(key, None)
        else:
            parameters[key] = value
    return "?" + parameters.urlencode()


@register.simple_tag(takes_context=True)
def am_stichtag(context: Context) -> str:
    """Return the day that the page speaks of, in words: `heute` or `am 01.06.2023`."""
    stichtag = context["stichtag"]
    return "heute" if stichtag.ist_heute else f"am {stichtag.tag:%d.%m.%Y}"


@register.simple_tag(takes_context=True)
def personal(context: Context, name: str, argument: str = "") -> SafeString:
    """Return a part of the page that is the person's own: `{% personal "konto" %}` (portal.personal)."""
    return render_part(context["request"], name, argument)


@register.filter
def with_scrolling_tables(html: SafeString) -> SafeString:
    """Return a cleaned text whose wide tables scroll by themselves, by keyboard too (WCAG 1.4.10 and 2.1.1).

    A text that nobody marked as safe comes back escaped.
    """
    if not hasattr(html, "__html__") or "<table" not in html:
        return conditional_escape(html)
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for table in root.findall(".//table"):
        if max((len(row) for row in table.iter("tr")), default=0) > NARROW:
            _wrap_in_scroller(table)
    inner = "".join(lxml.html.tostring(child, encoding="unicode") for child in root)
    return mark_safe(escape(root.text or "") + inner)  # the words were cleaned before, and stay as they were


def _wrap_in_scroller(table: etree._Element) -> None:
    caption = table.find("caption")
    name = " ".join(caption.text_content().split()) if caption is not None else "Tabelle"
    scroller = etree.Element("div", {"class": "tabelle-rollbar", "role": "group", "tabindex": "0", "aria-label": name})
    scroller.tail, table.tail = table.tail, None
    table.getparent().replace(table, scroller)
    scroller.append(table)


def _carried(context: Context, url: str) -> str:
    stichtag = context.get("stichtag")
    return stichtag.on(url) if stichtag else url
