"""The checker as people run it: a program of its own, on a real dossier, and on every way to falsify one."""

import ast
import hashlib
import json
from pathlib import Path

import pytest

from portal.ledger import dossier_checker
from portal.ledger.entries import COVERED, entry_text
from portal.models import Eintrag
from portal.pages.revision_export.dossier import bauen
from tests.factories import make_fassung, make_person, make_weisung, settle
from tests.revision.taking_along import CHECKER, checked, dossier, unpacked

pytestmark = pytest.mark.django_db
REFUSED, ACCEPTED = "ERGEBNIS: Das Dossier stimmt nicht.", "ERGEBNIS: Das Dossier stimmt."


@pytest.fixture
def archive() -> bytes:
    make_fassung(stand="2023-05-12", only_stand=True)
    make_fassung("GLF SC 3.001b", "2024-01-02")
    make_fassung(stand="2024-01-02", text="<p>Grüße – „Frist“: zwei Wochen.</p>")
    make_fassung("GLF SC 3.001b", "2024-05-02")
    make_fassung(stand="2024-05-02", text="<p>Frist: drei Wochen.</p>", published=False)
    make_fassung("GLF SC 3.001b", "2024-06-02")
    reviewer = make_person("revision", role="Revision", first_name="Quirin", last_name="Prüfer")
    return dossier(reviewer, "arbeitsmittel", "glf-sc-3.001a")


@pytest.fixture
def folder(archive, tmp_path) -> Path:
    return unpacked(archive, tmp_path / "dossier")


def sealed(folder: Path) -> None:
    """Write the manifest anew, as a forger would."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
             if name != "MANIFEST.txt"]  # fmt: skip
    (folder / "MANIFEST.txt").write_text("".join(lines))


def lines_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "eintraege.jsonl").read_text().splitlines()]


def write_lines(folder: Path, lines: list[dict]) -> None:
    (folder / "eintraege.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def refused(*arguments) -> str:
    status, said = checked(*arguments)
    assert (status, said.splitlines()[-1]) == (1, REFUSED), said
    return said


def test_a_real_dossier_is_accepted_as_folder_as_zip_and_by_its_own_checker(archive, folder, tmp_path):
    (tmp_path / "dossier.zip").write_bytes(archive)
    for arguments, checker in (([folder], CHECKER), ([tmp_path / "dossier.zip"], CHECKER), ([], folder / "pruefen.py")):
        status, said = checked(*arguments, checker=checker)
        assert (status, said.splitlines()[-1]) == (0, ACCEPTED)
        assert "Stand 12.05.2023, veröffentlicht: nur der Stand ist bekannt" in said
        assert "lückenlos" in said
    assert (folder / "pruefen.py").read_bytes() == CHECKER.read_bytes()


def test_a_weisung_is_accepted(tmp_path):
    make_weisung(cites=("GLF SC 3.001a",), repeals=("202301001",))
    archive = dossier(make_person("revision", role="Revision"), "weisung", "202305004")
    assert checked(unpacked(archive, tmp_path))[0] == 0


def test_one_changed_byte_in_any_file_is_refused(folder):
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        kept = path.read_bytes()
        middle = len(kept) // 2
        path.write_bytes(kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :])
        assert path.name in refused(folder) or path.name == "MANIFEST.txt"
        path.write_bytes(kept)
    assert checked(folder)[0] == 0


def test_one_changed_byte_anywhere_in_the_zip_is_refused(archive, tmp_path):
    """Every byte of the container at its ends, and one in 97 of the rest, without a process for each."""
    path = tmp_path / "dossier.zip"
    places = {*range(200), *range(0, len(archive), 97), *range(len(archive) - 1500, len(archive))}
    accepted = []
    for place in sorted(places):
        path.write_bytes(archive[:place] + bytes([archive[place] ^ 0x20]) + archive[place + 1 :])
        try:
            if not dossier_checker.check(str(path), None):
                accepted.append(place)
        except (dossier_checker.Falsch, ValueError, KeyError, TypeError, AttributeError):
            continue
    assert accepted == []


@pytest.mark.parametrize("change", [lambda content: content + b"\0", lambda content: content[:-1], lambda c: b"x" + c])
def test_a_longer_or_shorter_zip_is_refused(archive, tmp_path, change):
    (tmp_path / "dossier.zip").write_bytes(change(archive))
    refused(tmp_path / "dossier.zip")


def test_missing_and_additional_files_are_named(folder):
    (folder / "zeitachse.csv").unlink()
    (folder / "nachtrag.pdf").write_bytes(b"%PDF")
    said = refused(folder)
    assert "zeitachse.csv: Die Datei fehlt." in said
    assert "nachtrag.pdf: Die Datei gehört nicht zum Dossier." in said


# With a new manifest only the checksums of the chain are left.


def test_a_forged_row_is_found(folder):
    lines = lines_of(folder)
    lines[2]["inhalt"] = lines[2]["inhalt"].replace("zwei", "vier")
    write_lines(folder, lines)
    sealed(folder)
    assert f"Eintrag {lines[2]['eintrag']['nummer']}: Der Inhalt passt nicht zu seiner Prüfsumme." in refused(folder)


@pytest.mark.parametrize("name", [name for name in COVERED if name not in ("angaben", "dienststelle_id", "nummer")])
def test_forged_facts_of_an_entry_are_found(folder, name):
    lines = lines_of(folder)
    entry = lines[1]["eintrag"]
    entry[name] = entry[name] + 1 if isinstance(entry[name], int) else entry[name] + "x"
    write_lines(folder, lines)
    sealed(folder)
    assert f"Eintrag {entry['nummer']}: Seine Angaben passen nicht" in refused(folder)


def test_an_entry_left_out_or_hashed_anew_breaks_the_chain(folder):
    lines = lines_of(folder)
    forged = lines[1]
    forged["eintrag"]["grund"] = "Anderer Grund"
    forged["hash"] = dossier_checker.sha256(
        forged["vorher_hash"] + dossier_checker.sha256(dossier_checker.entry_text(forged["eintrag"]))
    )
    write_lines(folder, lines)
    sealed(folder)
    assert f"Eintrag {forged['eintrag']['nummer']}: Die Kette stimmt an dieser Stelle nicht." in refused(folder)


def test_a_forged_strip_does_not_reach_the_head(folder):
    path = folder / "streifen.txt"
    strip = path.read_text().split()
    last = {line["eintrag"]["nummer"] for line in lines_of(folder)}
    first = min(last)
    foreign = next(number for number in range(first, first + len(strip)) if number > max(last))
    strip[foreign - first] = hashlib.sha256(b"").hexdigest()
    path.write_text("".join(f"{line}\n" for line in strip))
    sealed(folder)
    assert "Die Kette führt nicht zu ihrem Kopf" in refused(folder)


def test_a_changed_pdf_or_text_is_not_the_one_of_the_entries(folder):
    next(folder.rglob("fassung.pdf")).write_bytes(b"%PDF-1.7 other")
    for path in folder.rglob("pruefdruck-*.pdf"):
        path.write_bytes(b"%PDF-1.7 other")
    sealed(folder)
    assert "Die PDF-Datei dazu fehlt oder ist eine andere." in refused(folder)


def test_a_changed_text_is_not_the_one_of_the_entries(folder):
    path = next(path for path in folder.rglob("text.json") if "zwei Wochen" in path.read_text())
    path.write_text(path.read_text().replace("zwei Wochen", "vier Wochen"))
    sealed(folder)
    assert "Der Text ist nicht der, der zu Eintrag" in refused(folder)


# Anchors: what the portal cannot take back.


def anchors(tmp_path: Path, *told: tuple[int, str]) -> Path:
    path = tmp_path / "anker.jsonl"
    path.write_text("".join(json.dumps({"nummer": nummer, "hash": checksum}) + "\n" for nummer, checksum in told))
    return path


def test_anchors_confirm_the_chain(folder, tmp_path):
    heads = list(Eintrag.objects.order_by("nummer").values_list("nummer", "hash"))
    status, said = checked(folder, "--anker", anchors(tmp_path, *heads))
    assert (status, said.splitlines()[-1]) == (0, ACCEPTED)
    assert "alle stimmen" in said


def test_an_anchor_of_another_chain_refuses(folder, tmp_path):
    nummer = Eintrag.objects.latest("nummer").nummer
    assert f"Anker zu Eintrag {nummer}" in refused(folder, "--anker", anchors(tmp_path, (nummer, "0" * 64)))


def test_anchors_that_say_nothing_about_it_confirm_nothing(folder, tmp_path):
    assert "bestätigt ist damit nichts" in refused(folder, "--anker", anchors(tmp_path, (10**6, "0" * 64)))


@pytest.mark.parametrize("words", ["", "kein JSON\n", "[]\n", '{"nummer": []}\n', '{"nummer": 1}\n'])
def test_a_broken_file_of_anchors_is_one_sentence(folder, tmp_path, words):
    path = tmp_path / "anker.jsonl"
    path.write_text(words)
    refused(folder, "--anker", path)


def test_what_is_no_dossier_is_one_sentence(tmp_path):
    (tmp_path / "leer.zip").write_bytes(b"")
    refused(tmp_path / "leer.zip")
    refused(tmp_path / "gibt-es-nicht.zip")
    (tmp_path / "ordner").mkdir()
    refused(tmp_path / "ordner")


def test_without_a_strip_each_entry_is_checked_for_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(bauen, "LONGEST_STRIP", 0)
    make_fassung()
    make_fassung("GLF SC 3.001b")
    archive = dossier(make_person("revision", role="Revision"), "arbeitsmittel", "glf-sc-3.001a")
    folder = unpacked(archive, tmp_path)
    assert not (folder / "streifen.txt").exists()
    status, said = checked(folder)
    assert status == 0
    assert "geprüft ist jeder Eintrag für sich" in said


def test_it_reads_entries_as_the_portal_does():
    make_fassung(text="<p>Grüße – „Frist“ \N{PILE OF POO} \x01\t\n</p>")
    settle()
    assert dossier_checker.COVERED == COVERED
    entry = dict.fromkeys(COVERED, 1) | {"grund": 'ä\u2028\x7f\\"/', "angaben": {"pdf_sha256": "0"}}
    assert dossier_checker.entry_text(entry) == entry_text(entry)


def test_it_runs_on_python_3_9_with_the_standard_library_alone():
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)}  # fmt: skip
    assert imported <= {"__future__", "argparse", "hashlib", "json", "os", "re", "struct", "sys", "zlib"}
