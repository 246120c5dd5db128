"""Contexts for the PDF templates, and the question whether this machine can make PDF files at all."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from portal.fonts import prepare_fonts
from portal.pdf import STYLESHEET, render_pdf
from portal.text import clean
from tests.portal.pdf_reading import ReadPdf


def fassung(inhalt: str = "<p>Guten Tag.</p>", **changes) -> dict:
    context = {
        "kennung": "GLF SC 3.001a",
        "titel": "Begrüßung am Telefon",
        "bereich": "Service Center SGB III",
        "stand": date(2024, 1, 2),
        "kopf": [("Art", "GLF SC"), ("Veröffentlicht am", "28.12.2023")],
        "inhalt": clean(inhalt),
        "aenderungshinweis": "",
        "hinweise": [],
    }
    return context | changes


def weisung(**changes) -> dict:
    context = {
        "typ": "Weisung",
        "nummer": "202401099",
        "titel": "Änderungen im Kundenportal",
        "datum": date(2024, 1, 12),
        "kopf": [("Laufende Nummer", "202401099"), ("Gültig bis", "unbegrenzt"), ("Bezug", "")],
        "vorspann": "<p>Vorspann.</p>",
        "abschnitte": [
            {"nummer": 1, "titel": "Ausgangssituation", "html": "<p>Text.</p>"},
            {"nummer": 2, "titel": "Auftrag und Ziel", "html": "<h2>2.1 Ablauf</h2><h4>a) Telefon</h4><p>Text.</p>"},
        ],
        "stichtag": date(2024, 3, 12),
        "stand_hinweis": "Alle Verweise nennen den Stand dieses Tages.",
        "zitate": [],
    }
    return context | changes


def read_fassung(inhalt: str = "<p>Guten Tag.</p>", **changes) -> ReadPdf:
    return ReadPdf(render_pdf("pdf/fassung.html", fassung(inhalt, **changes)))


def read_weisung(**changes) -> ReadPdf:
    return ReadPdf(render_pdf("pdf/weisung.html", weisung(**changes)))


def render_here(template: str, context: dict) -> bytes:
    """Render in the test's own process, so that a test can replace parts and see what is asked for."""
    from portal.pdf import engine

    fonts = {path.name: str(path) for path in prepare_fonts(Path(settings.FONT_DIR))}
    html, site = render_to_string(template, context), context.get("portal_adresse", "")
    return engine.render(html, site, STYLESHEET.read_text("utf-8"), fonts)


def read_fassung_here(inhalt: str) -> ReadPdf:
    return ReadPdf(render_here("pdf/fassung.html", fassung(inhalt)))
