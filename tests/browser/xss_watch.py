"""Notices when something on a page runs that should not, or would run at the next click, in a real browser."""

from typing import Any

from playwright.sync_api import BrowserContext, Page, Request

VIEWER = ("chrome-extension://", "chrome://")  # the browser's own, for PDF files
# Before any script of the page, in every frame: whoever sets `xss` is told of, and so is every complaint of the policy.
LISTEN = """
Object.defineProperty(window, "xss", {set: (value) => window.xssNoticed(`window.xss auf ${location.href}`)})
document.addEventListener("securitypolicyviolation", (event) => window.xssNoticed(
  `CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample} auf ${location.href}`))
"""

# Everything in a parsed page that runs by itself or when it is used: programs in attributes and addresses, elements
# that no page of the portal has, resources and aims that lie elsewhere.
ARMED = """
const armed = (page) => {
  const programs = /^[^a-z]*(?:[a-z]*script:|data:text|data:image.svg|blob:|view-source:|feed:)/i
  const addresses = ["href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster", "background",
    "srcset", "values", "ping", "codebase"]
  const foreign = (value) => /^\\s*(?:[a-z]+:)?[\\\\/]{2}/i.test(value) && !value.startsWith(location.origin)
  const found = []
  for (const element of page.querySelectorAll("*")) {
    const name = element.localName
    const told = () => element.cloneNode(false).outerHTML.slice(0, 200)
    const bad = [...element.attributes].some((one) => one.name.startsWith("on") || one.name === "style"
      || /^(?:hx-|v-|x-|ng-|@|srcdoc)/.test(one.name)
      || addresses.includes(one.name) && (programs.test(one.value) || name !== "a" && foreign(one.value)))
    const stranger = ["object", "embed", "applet", "base", "frame", "frameset", "math", "marquee", "audio", "video",
      "foreignobject", "animate", "set", "plaintext", "xmp", "noembed", "portal", "isindex"].includes(name)
      || name === "meta" && element.httpEquiv
      || name === "script" && !element.nonce && !element.getAttribute("src")?.startsWith("/static/")
      || name === "iframe" && !element.getAttribute("src")?.startsWith("/redaktion/")
      || name === "img" || name === "style" && !element.nonce
    if (bad || stranger) found.push(told())
  }
  for (const template of page.querySelectorAll("template")) found.push(...armed(template.content))
  return found
}
"""
PARSED = f"(html) => {{ {ARMED} return armed(new DOMParser().parseFromString(html, 'text/html')) }}"
AS_SHOWN = f"() => {{ {ARMED} return armed(document) }}"


class Watch:
    """Watches every page of a browser context; `noticed` holds one line for each thing that should not be."""

    def __init__(self, context: BrowserContext, portal: str) -> None:
        self.noticed: list[str] = []
        self.portal = portal
        context.expose_function("xssNoticed", lambda what: self.noticed.append(what))
        context.add_init_script(LISTEN)
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        context.on("weberror", lambda error: self.noticed.append(f"Fehler {error.error}"))
        self.page: Page = context.new_page()
        self.parser: Page = context.new_page()
        self.parser.goto(f"{portal}/health/live")

    def look(self, path: str) -> Page:
        """Open a page as a person does, and look at it as it stands when everything is loaded."""
        answer = self.page.goto(f"{self.portal}{path}")
        assert answer is not None, path
        assert answer.status in (200, 409), f"{path} {answer.status}"
        return self.seen()

    def seen(self) -> Page:
        """Look at the page that is open."""
        self.page.wait_for_load_state("load")
        if self.page.locator("textarea[data-editor]").count():
            self.page.locator(".editor__text").last.wait_for(state="attached")  # it may lie in a closed section
        self.page.wait_for_timeout(150)
        self.noticed += [f"{self.page.url}: {what}" for what in self.page.evaluate(AS_SHOWN)]
        return self.page

    def parse(self, answer: Any) -> Any:
        """Let the browser parse an answer of the test client, without showing it; returns the answer."""
        found = self.found_in(answer.content.decode())
        self.noticed += [f"{answer.request['PATH_INFO']}: {what}" for what in found]
        return answer

    def found_in(self, html: str) -> list[str]:
        """What the browser's own parser makes of a page that would run."""
        return self.parser.evaluate(PARSED, html)

    def _dialog(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":  # the portal's own: unsaved changes
            self.noticed.append(f"Dialog {dialog.type} {dialog.message}")
        dialog.accept()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.portal}/", "data:", "about:", *VIEWER)):
            self.noticed.append(f"Anfrage an {request.url[:200]}")
