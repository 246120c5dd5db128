"""Writes the lock files anew."""

from __future__ import annotations

from portal.bootstrap.node import npm
from portal.bootstrap.python import ensure_venv, pip_install, venv_python
from portal.bootstrap.shell import ROOT, execute, say


def lock(*arguments: str) -> bool:
    """Write the lock files anew, with checksums and without addresses; `--upgrade` takes newer versions."""
    import tomllib

    ensure_venv()
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    say("Abhängigkeiten werden festgeschrieben …")
    pip_install(*groups["lock"])
    compile_lock = [venv_python(), "-Im", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    compile_lock += ["--no-header", "--python-version", "3.11", *arguments]
    for name, source in {
        "requirements.txt": ["pyproject.toml"],
        "requirements-embedded.txt": ["pyproject.toml", "--extra", "embedded"],
        "requirements-dev.txt": ["pyproject.toml", "--extra", "dev"],
        "requirements-node.txt": ["--group", "node"],
    }.items():
        execute([*compile_lock, *source, "-o", name], f"{name} ließ sich nicht schreiben:")
    execute([*npm(), "install", "--package-lock-only"], "package-lock.json ließ sich nicht schreiben:")
    return True
