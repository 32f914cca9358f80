"""The texts of the window: collected into `.ts` by lupdate, compiled into `.qm` by lrelease.

The `.ts` files are committed, the `.qm` files are built. Both tools come with PySide6.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

from dev_environment import ROOT, Stop, run, say, tool

I18N = ROOT / "resources" / "i18n"
LANGUAGES = ("en", "nl")
# English is the language of the sources: its file holds the plural forms only.
PLURALS_ONLY = ("en",)


class Message(NamedTuple):
    """What makes a text one text: where it stands, its words, the translator's hint, plural."""

    context: str
    source: str
    comment: str
    is_plural: bool


def _sources() -> list[Path]:
    rooms = sorted((ROOT / "desktop" / "views").rglob("*.py"))
    rest = [*sorted((ROOT / "desktop" / "models").glob("*.py")), ROOT / "desktop" / "app.py"]
    return [path for path in (*rooms, *rest) if path.exists()]


class _Collector(ast.NodeVisitor):
    """Collects the texts of one module.

    WORKAROUND for lupdate 6.11: it leaves out `translate(..., len(x))` and `n=...` without a word
    and marks no plural of `translate`. So the texts are collected here, and lupdate, which merges
    well, reads them from a file in which all have the one form that it understands.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: set[Message] = set()
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        words = node.args
        match node.func:
            case ast.Name(id="translate"):
                pass
            case ast.Attribute(value=ast.Name(id="QCoreApplication"), attr="translate"):
                pass
            case ast.Attribute(attr="tr"):
                if not self._classes:
                    raise Stop(f"{self.path}:{node.lineno}: `tr` outside a class has no context")
                words = [ast.Constant(self._classes[-1]), *words]
            case _:
                return
        keywords = {word.arg: word.value for word in node.keywords}
        hint = words[2] if len(words) > 2 else keywords.get("disambiguation")
        texts = [getattr(word, "value", None) for word in (*words[:2], hint)]
        context, source, comment = (text if isinstance(text, str) else "" for text in texts)
        if source:
            is_plural = len(words) > 3 or "n" in keywords
            self.found.add(Message(context, source, comment, is_plural))


def _collected() -> list[Message]:
    found: set[Message] = set()
    for path in _sources():
        collector = _Collector(path)
        collector.visit(ast.parse(path.read_text("utf-8")))
        found |= collector.found
    return sorted(found)


def _one_form(messages: list[Message]) -> str:
    """Write the texts as a module in the form that lupdate reads without loss."""
    lines = []
    for context in dict.fromkeys(message.context for message in messages):
        lines += [f"class {context}:", "    def texts(self, n):"]
        for message in messages:
            if message.context == context:
                words = [json.dumps(text, ensure_ascii=False) for text in message[1:3]]
                call = ", ".join([*words, "n"] if message.is_plural else words)
                lines.append(f"        self.tr({call})")
    return "\n".join(lines) + "\n"


def _lupdate(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        texts = Path(name) / "texts.py"
        texts.write_text(_one_form(_collected()), "utf-8")
        for language in LANGUAGES:
            command: list[str | Path] = [tool("pyside6-lupdate"), texts]
            command += ["-silent", "-no-obsolete", "-locations", "none", "-sort-messages"]
            command += ["-source-language", "en", "-target-language", language]
            command += ["-pluralonly"] if language in PLURALS_ONLY else []
            words = [str(word) for word in command]
            words += ["-ts", str(folder / f"claviger_{language}.ts")]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Stop(f"lupdate failed:\n{done.stdout}{done.stderr}")


def _named(text: str) -> list[str]:
    """Give what a text leaves open: {names} and counts. A translation leaves open the same."""
    return sorted(re.findall(r"\{[^}]*\}|%L?n", text))


def _messages(path: Path) -> dict[Message, bool]:
    """Give the messages of a `.ts` file, and for each whether it is translated, names and all."""
    found: dict[Message, bool] = {}
    if not path.exists():
        return found
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None  # noqa: S101 - lupdate always writes one
            key = Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
                message.get("numerus") == "yes",
            )
            forms = [form.text for form in translation.iter("numerusform")]
            texts = forms if key.is_plural else [translation.text]
            found[key] = translation.get("type") != "unfinished" and all(
                text and _named(text) == _named(key.source) for text in texts
            )
    return found


def update() -> None:
    """Bring the `.ts` files up to date with the sources, in place."""
    I18N.mkdir(parents=True, exist_ok=True)
    _lupdate(I18N)
    for language in LANGUAGES:
        messages = _messages(I18N / f"claviger_{language}.ts")
        left = sum(not done for done in messages.values())
        say(f"claviger_{language}.ts: {len(messages)} texts, {left} not translated")


def compile_texts() -> None:
    """Build each `.qm` that is missing or older than its `.ts`."""
    for source in sorted(I18N.glob("*.ts")):
        compiled = source.with_suffix(".qm")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        run(tool("pyside6-lrelease"), "-silent", source, "-qm", compiled)


def stale() -> list[str]:
    """Say in which ways the `.ts` files differ from the sources; an empty list is good."""
    complaints = []
    if not any(I18N.glob("*.ts")):
        return []
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        for path in I18N.glob("*.ts"):
            (fresh / path.name).write_bytes(path.read_bytes())
        _lupdate(fresh)
        for language in LANGUAGES:
            file = f"claviger_{language}.ts"
            committed, wanted = _messages(I18N / file), _messages(fresh / file)
            added = wanted.keys() - committed.keys()
            gone = committed.keys() - wanted.keys()
            open_ones = [key for key, done in committed.items() if not done and key in wanted]
            for title, keys in (("new", added), ("gone", gone), ("not translated", open_ones)):
                complaints += [
                    f"{file}: {title}: {key.context}: {key.source[:70]!r}" for key in keys
                ]
    return sorted(complaints)
