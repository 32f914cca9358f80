"""What the program is shipped with may be shipped with it: GPL-3.0-or-later."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"
MOST_DIRECT = 25
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-3.0-only", "GPL-3.0-or-later", "ISC",
    "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "PSF-2.0",
}  # fmt: skip
# Packages from before licence expressions write these in the free-text field or as a classifier.
OLD_SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "GPL-3.0": "GPL-3.0-only",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Public Domain": "0BSD",
}


def _locked() -> list[str]:
    """Give the names of the run-time lock that are installed on this system."""
    text = (PACKAGING / "requirements.lock").read_text("utf-8")
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)==", text)


def _direct() -> list[str]:
    text = (PACKAGING / "requirements.in").read_text("utf-8")
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)", text)


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """Give the licence expression; the old fields stand in where there is none."""
    for field in ("License-Expression", "License"):
        value = str((metadata.get_all(field) or [""])[0]).strip()
        if value and "\n" not in value:
            return value
    classifiers = [str(line) for line in metadata.get_all("Classifier") or []]
    licences = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    return " OR ".join(licences)


def is_allowed(expression: str) -> bool:
    """Judge an expression without brackets: one side of an OR is enough, AND needs all."""
    return any(
        all(
            OLD_SPELLINGS.get(part.strip(), part.strip()) in ALLOWED
            for part in re.split(r"\bAND\b", choice)
        )
        for choice in re.split(r"\bOR\b", expression)
    )


@pytest.mark.parametrize("name", _locked())
def test_the_licence_fits_ours(name: str) -> None:
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{name} is for another system or Python")
    licence = licence_of(metadata)
    assert is_allowed(licence), f"{name}: {licence!r}"


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT AND ISC", True),
        ("MIT AND Proprietary", False),
        ("Proprietary OR Apache-2.0", True),
        ("GPL-2.0-only", False),
        ("", False),
    ],
)
def test_expressions_are_judged(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


def test_t98_few_direct_dependencies() -> None:
    assert 0 < len(_direct()) <= MOST_DIRECT


@pytest.mark.parametrize("name", _direct())
def test_each_direct_dependency_is_justified(name: str) -> None:
    text = (PACKAGING.parent / "ARCHITECTURE.md").read_text("utf-8")
    table = text.split("\n## Dependencies\n")[1].split("\n## ")[0]
    assert re.search(rf"\| .*\b{re.escape(name)}\b.* \|", table, re.IGNORECASE)
