"""Rules of the house that no linter knows, asked of the syntax trees and of the tracked files."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESKTOP = ROOT / "desktop"
LATE_IMPORTERS = {"desktop/app.py", "desktop/__main__.py"}
Rule = Callable[[ast.AST], str | None]


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    """Parse all modules of the program once; the path is relative to the project."""
    paths = sorted(DESKTOP.rglob("*.py"))
    named = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]
    return tuple((name, ast.parse(text, name)) for name, text in named)


def _offences(rule: Rule, *, but: Callable[[str], bool] = lambda _name: False) -> list[str]:
    return [
        f"{name}:{getattr(node, 'lineno', 0)}: {problem}"
        for name, tree in _trees()
        if not but(name)
        for node in ast.walk(tree)
        if (problem := rule(node))
    ]


def _called(node: ast.AST) -> str:
    """Give the last part of the name of what is called, empty for anything but a call."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _imports(node: ast.AST) -> Iterator[str]:
    """Give what an import statement names, as dotted paths."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names):
            yield from (f"{module}.{alias.name}" for alias in names)


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a git work tree")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_a_translated_text_is_a_literal() -> None:
    """Lupdate extracts `tr(f"...")`, but at run time such a text is never found."""

    def rule(node: ast.AST) -> str | None:
        match node:
            case ast.Call(func=ast.Attribute(attr="tr"), args=[*texts]):
                wanted = texts[:1]
            case ast.Call(func=ast.Name(id="translate"), args=[*texts]):
                wanted = texts[:2]
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="QCoreApplication"), attr="translate"),
                args=[*texts],
            ):
                wanted = texts[:2]
            case _:
                return None
        literal = all(_is_literal(text) for text in wanted)
        return None if literal else "the text to translate is not a literal"

    assert _offences(rule) == []


def test_no_import_hides_in_a_function() -> None:
    def rule(node: ast.AST) -> str | None:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        late = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
        return f"{node.name} imports" if late else None

    assert _offences(rule, but=lambda name: name in LATE_IMPORTERS) == []


def test_style_sheets_are_set_by_the_theme_only() -> None:
    def rule(node: ast.AST) -> str | None:
        return "setStyleSheet" if _called(node) == "setStyleSheet" else None

    assert _offences(rule, but=lambda name: name.startswith("desktop/views/theme")) == []


def test_no_dialog_runs_a_loop_of_its_own() -> None:
    """A nested loop inside a task fails in qasync; menus and drags from a plain slot are fine.

    So is the application's own loop, which `app.py` runs up to the first frame.
    """
    blocking = {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"}
    blocking |= {"getText", "getItem", "getInt", "getDouble", "getColor", "getFont"}
    boxes = {"question", "information", "warning", "critical", "about"}

    def rule(node: ast.AST) -> str | None:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return None
        owner = ast.unparse(node.func.value)
        name = node.func.attr
        if name in {"exec", "exec_"}:
            allowed = re.search(r"menu|drag|^app$", owner, re.IGNORECASE)
            return None if allowed else f"{owner}.{name}()"
        if name in blocking and owner.endswith("Dialog"):
            return f"{owner}.{name}()"
        if name in boxes and owner.endswith("QMessageBox"):
            return f"{owner}.{name}()"
        return "processEvents()" if name == "processEvents" else None

    assert _offences(rule) == []


def test_no_task_opens_a_menu_or_starts_a_drag() -> None:
    def rule(node: ast.AST) -> str | None:
        if not isinstance(node, ast.AsyncFunctionDef):
            return None
        inside = [inner for inner in ast.walk(node) if _called(inner) in {"exec", "exec_"}]
        return f"async {node.name} runs a nested loop" if inside else None

    assert _offences(rule) == []


def test_tables_sort_themselves() -> None:
    """A proxy model took 20 s to sort 100,000 rows where our own order took half a second."""

    def rule(node: ast.AST) -> str | None:
        names = [name for name in _imports(node) if name.endswith("QSortFilterProxyModel")]
        return names[0] if names else None

    assert _offences(rule) == []


def test_t25_certificates_are_always_verified() -> None:
    def rule(node: ast.AST) -> str | None:
        match node:
            case ast.keyword(arg="verify" | "check_hostname", value=ast.Constant(value=False)):
                return "verification is switched off"
            case ast.Attribute(attr="CERT_NONE" | "_create_unverified_context"):
                return "verification is switched off"
            case ast.Assign(targets=[ast.Attribute(attr="check_hostname")]):
                return "the host name's check is changed"
            case _:
                return None

    assert _offences(rule) == []


def test_nothing_prints() -> None:
    def rule(node: ast.AST) -> str | None:
        bare = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        return "print()" if bare and _called(node) in {"print", "breakpoint"} else None

    assert _offences(rule) == []


def test_one_file_names_the_event_loop_bridge() -> None:
    def rule(node: ast.AST) -> str | None:
        return "qasync" if any(name.split(".")[0] == "qasync" for name in _imports(node)) else None

    assert _offences(rule, but=lambda name: name == "desktop/app.py") == []


def test_t97_no_code_is_made_from_data() -> None:
    modules = {"pickle", "cPickle", "marshal", "shelve", "dill", "yaml", "code", "codeop"}

    def rule(node: ast.AST) -> str | None:
        for name in _imports(node):
            if name.split(".")[0] in modules:
                return f"import {name}"
        match node:
            case ast.Call(func=ast.Name(id="eval" | "exec" | "compile" | "__import__" as name)):
                return f"{name}()"
            case ast.keyword(arg="shell", value=ast.Constant(value=True)):
                return "shell=True"
            case ast.Attribute(value=ast.Name(id="os"), attr="system" | "popen" as name):
                return f"os.{name}"
            case _:
                return None

    assert _offences(rule) == []


def test_t97_qt_brings_no_browser_and_no_second_network() -> None:
    """Of QtNetwork, three classes may be used, each named in one file only."""
    allowed = {"QLocalServer", "QLocalSocket", "QNetworkProxyFactory"}
    homes: dict[str, set[str]] = {}
    offences = []
    for name, tree in _trees():
        for node in ast.walk(tree):
            for path in _imports(node):
                if re.match(r"PySide6\.(QtWeb|QtPdf|QtCharts|QtQml|QtQuick)", path):
                    offences.append(f"{name}: {path}")
                if path == "PySide6.QtNetwork":
                    offences.append(f"{name}: imports the whole of QtNetwork")
                elif path.startswith("PySide6.QtNetwork."):
                    leaf = path.rsplit(".", 1)[1]
                    homes.setdefault(leaf, set()).add(name)
                    if leaf not in allowed:
                        offences.append(f"{name}: {path}")
    offences += [f"{leaf} in {sorted(files)}" for leaf, files in homes.items() if len(files) > 1]
    assert offences == []


def test_t97_one_file_hands_addresses_to_the_browser() -> None:
    """It is the one that takes https only; any other scheme may start a program."""
    named = {
        name
        for name, tree in _trees()
        for node in ast.walk(tree)
        if any(path.endswith("QDesktopServices") for path in _imports(node))
        or (isinstance(node, ast.Attribute) and node.attr == "QDesktopServices")
    }
    assert {Path(name).name for name in named} == {"browser.py"}


def test_t23_randomness_comes_from_the_system_everywhere() -> None:
    """`secrets`, `os.urandom` and `uuid4` ask it; `random` and numbered UUIDs do not."""

    def rule(node: ast.AST) -> str | None:
        for name in _imports(node):
            if name.split(".")[0] in {"random", "numpy"} or name in {"uuid.uuid1", "uuid.uuid3"}:
                return f"import {name}"
        match node:
            case ast.Attribute(attr="uuid1" | "SystemRandom" | "getrandbits" as name):
                return name
            case _:
                return None

    def is_free(name: str) -> bool:
        """How long a refused request waits is no secret; nor is anything of practice."""
        return name == "desktop/api/pace.py" or name.startswith("desktop/practice/")

    assert _offences(rule, but=is_free) == []


def test_t19_nothing_fetches_or_opens_what_an_item_says() -> None:
    """No icon service, no preview, no link that opens itself; one file opens addresses at all."""
    fetching = re.compile(r"/icons/|icon\.(png|ico)|favicon|og:image", re.IGNORECASE)

    def rule(node: ast.AST) -> str | None:
        match node:
            case ast.Constant(value=str(text)) if fetching.search(text):
                return f"names {text!r}"
            case ast.Attribute(
                attr="setOpenExternalLinks" | "setOpenLinks" | "loadResource" as name
            ):
                return name
            case ast.Name(id="QTextBrowser") | ast.Attribute(attr="QTextBrowser"):
                return "QTextBrowser opens links"
        if any(
            name.split(".")[0] in {"webbrowser", "urllib3", "requests"} for name in _imports(node)
        ):
            return "another way to the network"
        return None

    assert _offences(rule) == []
    callers = {
        name
        for name, tree in _trees()
        for node in ast.walk(tree)
        if any(path == "desktop.views.browser.open_in_browser" for path in _imports(node))
    }
    # For single sign-on, whose address the program makes itself; nothing that shows items.
    assert callers <= {"desktop/views/reception.py", "desktop/views/sign_in_again.py"}, callers


def _modules_after(statement: str) -> set[str]:
    program = f"import json, sys\n{statement}\njson.dump(sorted(sys.modules), sys.stdout)"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


SLOW = {"httpx", "keyring", "sqlite_utils", "cryptography", "uvicorn", "starlette"}


@pytest.mark.parametrize(
    "statement",
    ["import desktop.views.start", "import desktop.app", "import desktop.__main__"],
)
def test_the_first_window_waits_for_no_library_it_does_not_show(statement: str) -> None:
    loaded = _modules_after(statement)
    assert loaded & SLOW == set()


def test_the_first_frame_is_painted_before_they_are_loaded(tmp_path: Path) -> None:
    loaded = _modules_after(
        "from pathlib import Path\n"
        "from desktop import app\n"
        "running = app.application()\n"
        f"front = app.build_front(running, Path({str(tmp_path / 'desk')!r}))\n"
        "front.window.show()\n"
        "running.processEvents()"
    )
    assert "PySide6.QtWidgets" in loaded
    assert loaded & SLOW == set()


@pytest.mark.parametrize("module", ["desktop.practice.server", "desktop.importers.worker"])
def test_helper_processes_load_no_qt(module: str) -> None:
    loaded = _modules_after(f"import desktop.__main__, {module}")
    assert not any(name.startswith(("PySide6", "qasync", "desktop.views")) for name in loaded)


def test_packaging_is_no_package() -> None:
    """An `__init__.py` there would hide the library `packaging`, which pytest needs."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_tracked_file_names_a_registry() -> None:
    """The names are put together here, else this file would be the first offender."""
    hosts = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "npm" + "js.org",
        "npm" + "js.com",
        "crates" + ".io",
        "deb" + ".debian.org",
        "maven" + ".org",
        "golang" + ".org/proxy",
        "--index" + "-url",
        "--extra-index" + "-url",
    ]
    pattern = re.compile("|".join(map(re.escape, hosts)), re.IGNORECASE)
    offences = []
    for path in _tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        offences += [f"{path.relative_to(ROOT)}: {hit}" for hit in set(pattern.findall(text))]
    assert offences == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_t98_every_dependency_is_pinned_with_hashes(lock: str) -> None:
    text = (ROOT / "packaging" / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    loose = [
        entry.splitlines()[0]
        for entry in entries
        if not re.match(r"[A-Za-z0-9._-]+==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert loose == []
    assert "://" not in text


def test_tests_run_with_what_the_program_runs_with() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "packaging" / lock).read_text("utf-8")
        return set(re.findall(r"(?m)^[A-Za-z0-9._-]+==\S+", text))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_t98_the_witness_lock_has_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "packaging" / "bw" / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
