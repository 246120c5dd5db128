#!/usr/bin/env python3
"""Prüft ein Dossier des Arbeitsmittelportals, ohne das Portal. Braucht nur Python ab 3.9, nichts sonst.

    python3 pruefen.py                          prüft den Ordner, in dem dieses Programm liegt
    python3 pruefen.py DOSSIER.zip              prüft die Zip-Datei, wie sie heruntergeladen wurde
    python3 pruefen.py ORDNER --anker DATEI     vergleicht auch mit Ankern, die außerhalb des Portals lagen

Ausgang 0: alles stimmt. Ausgang 1: etwas stimmt nicht, jeder Fehler steht in einem Satz.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import struct
import sys
import zlib

MANIFEST, FORMAT = "MANIFEST.txt", 1
COVERED = (
    "nummer", "tabelle", "zeile", "objekt_id", "thema_art", "thema_id", "bezeichnung", "vorgang", "person_id",
    "person_name", "dienststelle_id", "dienststelle_name", "grund", "zeitpunkt", "erfasst_am", "angaben", "spalten",
    "inhalt_hash",
)  # fmt: skip
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
HASH = re.compile(r"[0-9a-f]{64}")
LOCAL, CENTRAL, END = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"


class Falsch(Exception):
    """Ein Fehler, nach dem sich nicht weiter prüfen lässt."""


def sha256(content: bytes | str) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


class Ordner:
    """Ein entpacktes Dossier."""

    def __init__(self, path: str) -> None:
        self.path = path

    def names(self) -> list[str]:
        found = []
        for folder, _folders, files in os.walk(self.path):
            below = os.path.relpath(folder, self.path).replace(os.sep, "/")
            found += [name if below == "." else f"{below}/{name}" for name in files]
        return found

    def read(self, name: str) -> bytes:
        with open(os.path.join(self.path, *name.split("/")), "rb") as file:
            return file.read()

    def container_faults(self, zeit: list[int]) -> list[str]:
        return []


class Zip:
    """Ein Dossier als Zip-Datei. Sie ist unkomprimiert, darum lässt sich für jedes Byte sagen, wie es lauten muss."""

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            self.content = file.read()
        self.places: dict[str, tuple[int, int]] = {}
        at = 0
        try:
            while self.content[at : at + 4] == b"PK\x03\x04":
                size, length = struct.unpack_from("<LH", self.content, at + 22)
                name = self.content[at + 30 : at + 30 + length].decode("ascii")
                if name in self.places or at + 30 + length + size > len(self.content):
                    raise ValueError(name)
                self.places[name] = (at + 30 + length, size)
                at += 30 + length + size
        except (ValueError, struct.error) as fault:
            raise Falsch("Die Zip-Datei ist beschädigt.") from fault
        if not self.places:
            raise Falsch("Das ist keine Zip-Datei eines Dossiers.")

    def names(self) -> list[str]:
        return list(self.places)

    def read(self, name: str) -> bytes:
        start, size = self.places[name]
        return self.content[start : start + size]

    def container_faults(self, zeit: list[int]) -> list[str]:
        """Baut alles um die Dateien herum neu und vergleicht."""
        year, month, day, hour, minute, second = zeit
        stamp = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
        at, central = 0, b""
        for name, (start, size) in self.places.items():
            facts = (0, 0, *stamp, zlib.crc32(self.read(name)), size, size, len(name), 0)
            local = struct.pack(LOCAL, b"PK\x03\x04", 20, *facts) + name.encode()
            if self.content[at:start] != local:
                return [f"{name}: Die Zip-Datei ist um diese Datei herum verändert."]
            central += struct.pack(CENTRAL, b"PK\x01\x02", 20 | 3 << 8, 20, *facts, 0, 0, 0, 0o644 << 16, at)
            central += name.encode()
            at = start + size
        count = len(self.places)
        end = struct.pack(END, b"PK\x05\x06", 0, 0, count, count, len(central), at, 0)
        if self.content[at:] != central + end:
            return ["Das Verzeichnis der Zip-Datei ist verändert, oder sie wurde neu gepackt."]
        return []


def manifest_faults(source: Ordner | Zip) -> tuple[dict[str, str], list[str]]:
    """Fehlende, veränderte und zusätzliche Dateien."""
    names = set(source.names())
    if MANIFEST not in names:
        raise Falsch(f"{MANIFEST} fehlt.")
    sums: dict[str, str] = {}
    for line in source.read(MANIFEST).decode("utf-8").split("\n")[:-1]:
        checksum, gap, name = line[:64], line[64:66], line[66:]
        if not (HASH.fullmatch(checksum) and gap == "  " and NAME.fullmatch(name)) or name in sums:
            raise Falsch(f"{MANIFEST} ist nicht lesbar: {line[:100]!r}")
        sums[name] = checksum
    faults = []
    if source.read(MANIFEST).decode("utf-8") != "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)):
        faults.append(f"{MANIFEST} ist verändert.")
    faults += [f"{name}: Die Datei fehlt." for name in sorted(set(sums) - names)]
    faults += [f"{name}: Die Datei gehört nicht zum Dossier." for name in sorted(names - set(sums) - {MANIFEST})]
    for name in sorted(set(sums) & names):
        if sha256(source.read(name)) != sums[name]:
            faults.append(f"{name}: Die Datei ist verändert.")
    return sums, faults


def entry_text(entry: dict) -> str:
    return json.dumps([FORMAT, *(entry[name] for name in COVERED)], ensure_ascii=False)


def entry_faults(lines: list[dict], lists: list[dict]) -> list[str]:
    """Jeder Eintrag für sich: sein Inhalt, seine Spalten, seine Prüfsumme."""
    faults = []
    columns = {row["pruefsumme"]: row for row in lists}
    for row in lists:
        if sha256(json.dumps(row["spalten"], ensure_ascii=False)) != row["pruefsumme"]:
            faults.append(f"Die Spaltenliste von {row['tabelle']} passt nicht zu ihrer Prüfsumme.")
    for line in lines:
        entry, number, content = line["eintrag"], line["eintrag"]["nummer"], line["inhalt"]
        if content is None or sha256(content) != entry["inhalt_hash"]:
            faults.append(f"Eintrag {number}: Der Inhalt passt nicht zu seiner Prüfsumme.")
        known = columns.get(entry["spalten"])
        if known is None or known["tabelle"] != entry["tabelle"] or (
            content is not None and set(json.loads(content)) != set(known["spalten"])
        ):  # fmt: skip
            faults.append(f"Eintrag {number}: Die Spalten passen nicht zu seiner Spaltenliste.")
        if sha256(line["vorher_hash"] + sha256(entry_text(entry))) != line["hash"]:
            faults.append(f"Eintrag {number}: Seine Angaben passen nicht zu seiner Prüfsumme.")
    return faults


def chain_faults(about: dict, lines: list[dict], strip: list[str] | None) -> tuple[dict[int, str], list[str]]:
    """Die Kette. Gibt auch die Prüfsummen zurück, die damit bewiesen sind."""
    proven = {line["eintrag"]["nummer"]: line["hash"] for line in lines}
    numbers = [line["eintrag"]["nummer"] for line in lines]
    faults = []
    if numbers != sorted(set(numbers)) or (numbers and numbers[0] != about["erster"]):
        faults.append("Die Einträge sind nicht vollständig oder nicht in ihrer Reihenfolge.")
    for before, line in zip(lines, lines[1:]):  # noqa: B905, RUF007 - Python 3.9
        number = line["eintrag"]["nummer"]
        if number == before["eintrag"]["nummer"] + 1 and line["vorher_hash"] != before["hash"]:
            faults.append(f"Eintrag {number}: Er schließt nicht an den Eintrag davor an.")
    if strip is None:
        return proven, faults
    first, head = about["erster"], about["kopf"]["nummer"]
    if len(strip) != head - first + 1:
        return proven, [*faults, "streifen.txt: Es fehlen Prüfsummen, oder es sind zu viele."]
    by_number = {line["eintrag"]["nummer"]: line for line in lines}
    current = lines[0]["vorher_hash"] if lines else ""
    for number, checksum in enumerate(strip, start=first):
        current = sha256(current + checksum)
        line = by_number.get(number)
        if line is not None and (checksum != sha256(entry_text(line["eintrag"])) or current != line["hash"]):
            return proven, [*faults, f"Eintrag {number}: Die Kette stimmt an dieser Stelle nicht."]
        proven[number] = current
    if current != about["kopf"]["hash"]:
        faults.append(f"Die Kette führt nicht zu ihrem Kopf, Eintrag {head}.")
    return proven, faults


def file_faults(source: Ordner | Zip, sums: dict[str, str], about: dict, lines: list[dict]) -> list[str]:
    """PDF-Dateien und Texte gegen das, was die Einträge über sie sagen."""
    faults = []
    printed = {checksum for name, checksum in sums.items() if name.endswith(".pdf")}
    contents = {line["eintrag"]["nummer"]: line["inhalt"] for line in lines}
    for line in lines:
        wanted = line["eintrag"]["angaben"].get("pdf_sha256")
        if wanted and wanted not in printed:
            faults.append(f"Eintrag {line['eintrag']['nummer']}: Die PDF-Datei dazu fehlt oder ist eine andere.")
    for version in about["versionen"]:
        told = json.loads(source.read(version["text"]))
        number = version["eintrag"]
        if told["eintrag"] != number or told["felder"] != json.loads(contents.get(number) or "null"):
            faults.append(f"{version['text']}: Der Text ist nicht der, der zu Eintrag {number} gehört.")
    return faults


def anchor_faults(path: str, proven: dict[int, str]) -> list[str]:
    """Vergleicht mit Ankern: Kopf der Kette an früheren Tagen, außerhalb des Portals aufbewahrt."""
    compared, faults = 0, []
    with open(path, encoding="utf-8-sig") as file:
        for text in filter(str.strip, file):
            anchor = json.loads(text)
            if anchor["nummer"] in proven:
                compared += 1
                if proven[anchor["nummer"]] != anchor["hash"]:
                    faults.append(f"Anker zu Eintrag {anchor['nummer']}: Die Kette des Dossiers ist eine andere.")
    if not compared:
        faults.append(
            "Kein Anker der Datei gehört zu einem Eintrag, den das Dossier beweist; bestätigt ist damit nichts."
        )
    elif not faults:
        say(f"Anker: {compared} verglichen, alle stimmen.")
    return faults


def check(path: str, anchors: str | None) -> list[str]:
    source = Ordner(path) if os.path.isdir(path) else Zip(path)
    sums, faults = manifest_faults(source)
    if faults:
        return faults  # der Inhalt wird erst danach verglichen: er ist nicht der, den das Portal abgegeben hat
    about = json.loads(source.read("dossier.json"))
    lines = [json.loads(line) for line in source.read("eintraege.jsonl").decode("utf-8").split("\n") if line]
    strip = source.read("streifen.txt").decode("ascii").split() if about["streifen"] else None
    say(f"Dossier zu {about['titel']}, erstellt von {about['erstellt_von']}.")
    proven, broken = chain_faults(about, lines, strip)
    faults += source.container_faults(about["zeit"])
    faults += entry_faults(lines, json.loads(source.read("spaltenlisten.json"))) + broken
    faults += file_faults(source, sums, about, lines)
    if anchors:
        faults += anchor_faults(anchors, proven)
    if not faults:
        tell(about, sums, lines, strip)
    return faults


def tell(about: dict, sums: dict[str, str], lines: list[dict], strip: list[str] | None) -> None:
    head = about["kopf"]
    say(f"Dateien: {len(sums)}, alle unverändert.")
    say(f"Einträge: {len(lines)}, Inhalt und Prüfsumme stimmen.")
    if strip is None:
        say("Kette: Zu viele spätere Einträge, um sie bis zum Kopf zu verfolgen; geprüft ist jeder Eintrag für sich.")
    else:
        say(f"Kette: lückenlos von Eintrag {about['erster']} bis zum Kopf, Eintrag {head['nummer']}.")
        say(f"Prüfsumme des Kopfes: {head['hash']}")
    for version in about["versionen"]:
        if version["nur_stand"]:
            say(f"{version['bezeichnung']}: nur der Stand ist bekannt, ein Text lag im Portal nie vor.")


def say(sentence: str) -> None:
    print(sentence)


def main() -> int:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(description="Prüft ein Dossier des Arbeitsmittelportals.")
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("dossier", nargs="?", default=here, help="Ordner oder Zip-Datei (sonst der Ordner von hier)")
    parser.add_argument("--anker", help="Datei mit Ankern, eine Zeile JSON je Anker")
    given = parser.parse_args()
    try:
        faults = check(given.dossier, given.anker)
    except Falsch as fault:
        faults = [str(fault)]
    except OSError as fault:
        faults = [f"Nicht lesbar: {fault.filename or given.dossier}"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        faults = ["Eine Datei hat nicht die Form, die das Portal ihr gibt."]
    for fault in faults:
        say(f"FEHLER: {fault}")
    if not faults and not given.anker:
        say("Hinweis: Dass das Portal diese Kette führte, zeigt erst der Vergleich mit einem Anker (--anker).")
    say("ERGEBNIS: Das Dossier stimmt nicht." if faults else "ERGEBNIS: Das Dossier stimmt.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
