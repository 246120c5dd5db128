"""The fonts of the PDF files, made from the KERN package that the set-up has fetched."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from portal.fonts import KERN_FONTS, FontsUnavailable, font_files, prepare_fonts


def test_fonts_are_plain_truetype_in_the_declared_weights(tmp_path):
    files = prepare_fonts(tmp_path / "fonts")
    assert [file.name for file in files] == [
        "FiraSans-Regular.ttf",
        "FiraSans-Italic.ttf",
        "FiraSans-SemiBold.ttf",
        "FiraSans-Bold.ttf",
    ]
    weights = []
    for file in files:
        with TTFont(file) as font, TTFont(KERN_FONTS / f"{file.stem}.woff2") as source:
            assert font.flavor is None
            assert font.getGlyphOrder() == source.getGlyphOrder()
            assert font["head"].modified == source["head"].modified
            weights.append(font["OS/2"].usWeightClass)
    assert weights == [400, 400, 600, 700]


def test_fonts_that_exist_are_left_alone(tmp_path):
    before = [file.stat().st_mtime_ns for file in prepare_fonts(tmp_path)]
    font_files(tmp_path)[1].unlink()
    after = [file.stat().st_mtime_ns for file in prepare_fonts(tmp_path)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True, True]


def test_aborted_writing_leaves_no_font_behind(tmp_path, monkeypatch):
    def stop(self, file):
        file.write(b"half a font")
        raise KeyboardInterrupt

    monkeypatch.setattr(TTFont, "save", stop)
    with pytest.raises(KeyboardInterrupt):
        prepare_fonts(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, b"", b"wOF2 and then nothing", b"<html>" * 100])
def test_unreadable_source_is_named(tmp_path, content):
    source = tmp_path / "source"
    shutil.copytree(KERN_FONTS, source)
    broken = source / "FiraSans-Regular.woff2"
    broken.unlink() if content is None else broken.write_bytes(content)
    with pytest.raises(FontsUnavailable, match=r"^Die Schrift FiraSans-Regular.woff2 aus dem KERN-Paket ist nicht"):
        prepare_fonts(tmp_path / "fonts", source)
    assert list((tmp_path / "fonts").iterdir()) == []
