"""Imports run one way (README, "Rooms"): roof over weisungen over arbeitsmittel over the floor."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ("portal", "arbeitsmittel", "weisungen")
MAX_LINES = 300
# Inside an app, higher may import lower; what is not named here (querysets, kennung, …) is at the bottom.
LEVELS = {
    "urls": 6,
    "apps": 6,
    "views": 5,
    "admin": 5,
    "management": 5,
    "feeds": 5,
    "api": 5,
    "redaktion": 5,
    "forms": 4,
    "publishing": 4,
    "drafting": 4,
    "importing": 4,
    "demo": 4,
    "recording": 4,
    "package": 4,
    "checks": 3,
    "printing": 3,
    "reading": 3,
    "nachweis": 3,
    "umsetzungen": 3,
    "verifying": 3,
    "citing": 2,
    "resolving": 2,
    "models": 1,
}


def modules() -> Iterator[tuple[str, Path]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def imports(source: str) -> Iterator[tuple[str, int]]:
    """Every imported module of our own with its line, those inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] in APPS:
                yield name, node.lineno


def room(module: str) -> str:
    app, _, rest = module.partition(".")
    if app != "portal":
        return app
    return "roof" if rest.split(".")[0] in ("urls", "pages") else "floor"


MAY_IMPORT = {
    "roof": {"roof", "weisungen", "arbeitsmittel", "floor"},
    "weisungen": {"weisungen", "arbeitsmittel", "floor"},
    "arbeitsmittel": {"arbeitsmittel", "floor"},
    "floor": {"floor"},
}


def wrong_arrows(module: str, source: str) -> list[str]:
    """The sentence for each import that runs against the direction."""
    found = []
    for target, line in imports(source):
        if room(target) not in MAY_IMPORT[room(module)]:
            found.append(f"{module}, Zeile {line}: {room(module)} importiert {room(target)} ({target})")
        same_app = module.split(".")[0] == target.split(".")[0] and room(module) in ("weisungen", "arbeitsmittel")
        if same_app and level(target) > level(module):
            found.append(f"{module}, Zeile {line}: importiert die höhere Ebene {target}")
    return found


def level(module: str) -> int:
    parts = module.split(".")
    return LEVELS.get(parts[1], 0) if len(parts) > 1 else 0


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_run_one_way(module, path):
    assert wrong_arrows(module, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("arbeitsmittel.models", "from weisungen.models import Zitat"),
        ("portal.stichtag", "import arbeitsmittel.kennung"),
        ("portal.text", "from portal.pages import start"),
        ("arbeitsmittel.querysets", "def f():\n    from arbeitsmittel.models import Fassung"),
        ("weisungen.models", "from weisungen.importing.storing import store_weisung"),
    ],
)
def test_a_wrong_arrow_is_found(module, source):
    (sentence,) = wrong_arrows(module, source)
    assert module in sentence


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_files_stay_small(module, path):
    assert path.read_text(encoding="utf-8").count("\n") <= MAX_LINES


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_tracked_rows_are_written_one_by_one(module, path):
    """QuerySet.update and bulk writes leave no history; dates come from arguments, never from the machine's clock."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            on_queryset = name == "update" and isinstance(node.func.value, ast.Call | ast.Attribute) and node.keywords
            assert name not in ("bulk_create", "bulk_update", "today"), f"{module}, Zeile {node.lineno}: {name}"
            assert not on_queryset, f"{module}, Zeile {node.lineno}: QuerySet.update"


def test_only_one_module_knows_the_renderer():
    assert [module for module, path in modules() if "import weasyprint" in path.read_text(encoding="utf-8")
            or "from weasyprint" in path.read_text(encoding="utf-8")
            if not module.startswith("portal.pdf")] == []  # fmt: skip
