"""Two corrections of the tags that WeasyPrint 70.0 writes. Each names its reason; a test fails when one is superfluous.

Both use what WeasyPrint hands out for one document (its pages, the `finisher`); nothing is patched for the process.
"""

from contextlib import contextmanager

import pydyf
from weasyprint import Document, Page
from weasyprint.formatting_structure import boxes

_FOOT = "@bottom"


def mark_margins(document: Document) -> None:
    """Make running heads and feet artifacts, and let links say in words where they lead.

    WeasyPrint 70.0 tags margin boxes as Span with structure elements outside the tree; ISO 14289-1 7.8 wants
    pagination artifacts. It describes every link by its address (Contents); screen readers read that aloud.
    """
    document.pages = [_MarkedPage(page._page_box) for page in document.pages]


class _MarkedPage(Page):
    def paint(self, stream, scale=1) -> None:
        for *_, box in self.links:
            words = " ".join("".join(box.element.itertext()).split())
            if words and box.link_annotation is not None:
                box.link_annotation["Contents"] = pydyf.String(words)
        stream.marked = _artifacts_in_margins(stream, self._page_box)
        super().paint(stream, scale)
        # The tags are built after painting, and margin boxes have no place there.
        self._page_box.children = [child for child in self._page_box.children if not isinstance(child, boxes.MarginBox)]


def _artifacts_in_margins(stream, page_box: boxes.PageBox):
    """Return a replacement for `stream.marked` that knows which boxes of this page stand in its margins."""
    places = {
        id(box): "Footer" if margin.at_keyword.startswith(_FOOT) else "Header"
        for margin in page_box.children
        if isinstance(margin, boxes.MarginBox)
        for box in (margin, *margin.descendants())
    }
    marked = stream.marked

    @contextmanager
    def marked_or_artifact(box, tag):
        if id(box) not in places:
            with marked(box, tag):
                yield
            return
        properties = pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{places[id(box)]}"})
        stream.begin_marked_content("Artifact", properties)
        try:
            yield
        finally:
            stream.end_marked_content()

    return marked_or_artifact


def gather_list_bodies(document: Document, pdf: pydyf.PDF) -> None:
    """Put everything in a list item that is not its label into one list body.

    WeasyPrint 70.0 leaves blocks (`<li><p>…`, boxes, tables) beside the label; PDF/UA (Matterhorn 09-005, ISO 32000-1
    14.8.4.3.3) knows only Lbl and LBody there. Our editor and Markdown write `<li><p>` always.
    """
    elements = {
        item.reference: item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    }
    for item in list(elements.values()):
        if item["S"] != "/LI":
            continue
        kinds = [elements[kid]["S"] if kid in elements else None for kid in item["K"]]
        if any(kind not in ("/Lbl", "/LBody") for kind in kinds):
            _gather(item, elements, pdf)


def _gather(item: pydyf.Dictionary, elements: dict[bytes, pydyf.Dictionary], pdf: pydyf.PDF) -> None:
    bodies = [elements[kid] for kid in item["K"] if kid in elements and elements[kid]["S"] == "/LBody"]
    if bodies:
        body = bodies[0]
    else:
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"], "P": item.reference})
        pdf.add_object(body)
    labels, content = [], []
    for kid in item["K"]:
        element = elements.get(kid)
        if element is not None and element["S"] == "/Lbl":
            labels.append(kid)
        elif element is not None and element["S"] == "/LBody":
            content.extend(element["K"])
        else:
            content.append(kid)
    for kid in content:
        if kid in elements:
            elements[kid]["P"] = body.reference
    body["K"] = pydyf.Array(content)
    item["K"] = pydyf.Array([*labels, body.reference])
