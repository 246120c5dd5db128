"""A PDF loads nothing: neither from the network nor from the file system.

Rendered in the test's own process: the child has no network in many places, which would hide what is asked for here.
"""

import contextlib
import http.server
import io
import threading

import pikepdf
import pytest

from tests.portal.pdf_samples import fassung, render_here

pytestmark = pytest.mark.needs_pdf


@pytest.fixture(scope="module")
def listening_server():
    """A server on 127.0.0.1 that notes every request: (its address, paths asked for)."""
    requests = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"body{color:red}")

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    thread.join()
    server.server_close()


VECTORS = [
    '<img src="{url}/img">',
    '<img srcset="{url}/srcset 2x">',
    '<link rel="stylesheet" href="{url}/link.css">',
    '<link rel="attachment" href="{url}/attachment">',
    '<a rel="attachment" href="{url}/a-attachment">x</a>',
    '<link rel="icon" href="{url}/icon">',
    "<style>@import '{url}/import.css'</style>",
    "<style>@import url({url}/import-url.css) print;</style>",
    "<style>@font-face{{font-family:F;src:url({url}/font.ttf)}} p{{font-family:F}}</style><p>x</p>",
    '<p style="background:url({url}/background)">x</p>',
    "<p style=\"background-image:url('{url}/background-image')\">x</p>",
    '<style>p::before{{content:url("{url}/content")}}</style><p>x</p>',
    '<ul style="list-style-image:url({url}/list)"><li>x</li></ul>',
    '<p style="border-image:url({url}/border) 3">x</p>',
    '<p style="mask-border:url({url}/mask) 3">x</p>',
    '<base href="{url}/"><img src="base">',
    '<object data="{url}/object"></object>',
    '<embed src="{url}/embed">',
    '<iframe src="{url}/iframe"></iframe>',
    '<svg><image href="{url}/svg-image" width="9" height="9"/><use href="{url}/use#x"/></svg>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22{url}/nested%22/%3E'
    '%3C/svg%3E">',
    "<style>@page{{background:url({url}/page)}}</style>",
    "<style>@color-profile --x{{src:url({url}/profile)}}</style>",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_html_that_went_around_cleaning_loads_nothing_from_the_network(vector, listening_server):
    address, requests = listening_server
    requests.clear()
    with contextlib.suppress(Exception):  # no file is fine, too
        render_here("pdf/fassung.html", fassung() | {"inhalt": vector.format(url=address)})
    assert requests == []


@pytest.mark.parametrize("vector", VECTORS)
def test_html_that_went_around_cleaning_embeds_no_local_file(vector, tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("sehr geheim " * 40)
    address = secret.as_uri()
    html = vector.replace("{url}/", "{url}?").format(url=address)
    data = b""
    with contextlib.suppress(Exception):
        data = render_here("pdf/fassung.html", fassung() | {"inhalt": html})
    assert not data or not holds(data, b"geheim")


def holds(data: bytes, words: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(words in item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))


def test_the_questions_asked_above_can_be_answered_with_yes(listening_server, tmp_path):
    """With WeasyPrint's own fetcher the server is asked and the file is embedded."""
    from weasyprint import HTML

    address, requests = listening_server
    requests.clear()
    secret = tmp_path / "geheim.txt"
    secret.write_text("sehr geheim " * 40)
    html = f'<html lang="de"><title>x</title><link rel="attachment" href="{secret.as_uri()}"><img src="{address}/img">'
    assert holds(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"), b"geheim")
    assert requests == ["/img"]


def test_fetcher_serves_our_fonts_and_nothing_beside_them(tmp_path):
    from portal.pdf.engine import OnlyOurFonts

    font = tmp_path / "A.ttf"
    font.write_bytes(b"schrift")
    (tmp_path / "B.ttf").write_bytes(b"andere")
    fetcher = OnlyOurFonts({"A.ttf": font})
    assert fetcher("portal-schrift:A.ttf").read() == b"schrift"
    for address in ("portal-schrift:B.ttf", "portal-schrift:../A.ttf", font.as_uri(), "data:,x", "http://127.0.0.1:1/"):
        with pytest.raises(ValueError, match="not one of our fonts"):
            fetcher(address)
