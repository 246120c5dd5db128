"""Files that the editors' pages show in the browser."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.pdf import PdfFailed, render_pdf


def preview_pdf(request: HttpRequest, template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """Return the PDF of a template under a file name; where it cannot be made, a page with the reason (503)."""
    try:
        content = render_pdf(template, context)
    except PdfFailed as failure:
        return render(request, "pdf_failed.html", {"grund": str(failure)}, status=503)
    return shown_pdf(content, name)


def shown_pdf(content: bytes, name: str) -> HttpResponse:
    """Return a PDF for the viewer of the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
