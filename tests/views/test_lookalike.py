"""Our list of letters that look alike is the one of the library that comes with Qt (T75)."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest

from desktop.domain.lookalike import skeleton

SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "HEBREW")


@pytest.fixture(scope="module")
def icu() -> Callable[[str], str]:
    """The skeleton as ICU makes it; only Qt for Linux brings that library along."""
    folder = Path(PySide6.__path__[0]) / "Qt" / "lib"
    found = {one.name.split(".")[0]: one for one in folder.glob("libicu*.so.*")}
    if not found:
        pytest.skip("Qt uses the system's own library here")
    for name in ("libicudata", "libicuuc"):
        ctypes.CDLL(str(found[name]), mode=ctypes.RTLD_GLOBAL)
    library = ctypes.CDLL(str(found["libicui18n"]))
    version = found["libicui18n"].name.rsplit(".", 1)[1]
    make, work = (
        getattr(library, f"uspoof_{name}_{version}") for name in ("open", "getSkeletonUTF8")
    )
    make.restype = ctypes.c_void_p
    failed = ctypes.c_int(0)
    checker = ctypes.c_void_p(make(ctypes.byref(failed)))
    assert failed.value <= 0

    def of(text: str) -> str:
        told, made = text.encode(), ctypes.create_string_buffer(256)
        size = work(checker, 0, told, len(told), made, len(made), ctypes.byref(failed))
        assert failed.value <= 0
        return made.raw[:size].decode()

    return of


def test_t75_every_letter_that_can_pass_for_a_latin_one_does(icu: Callable[[str], str]) -> None:
    missed, tried = [], 0
    for code in range(0x80, 0x10000):
        one = chr(code)
        name = unicodedata.name(one, "")
        if unicodedata.category(one)[0] not in "LN" or not name.startswith(SCRIPTS):
            continue
        like = icu(one)
        if like.isascii() and like.isalnum() and len(like) <= 2:
            tried += 1
            if skeleton(one) != skeleton(like):
                missed.append(f"U+{code:04X} {name} is like {like}")
    assert missed == []
    assert tried > 250
