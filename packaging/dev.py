#!/usr/bin/env python3
"""Everything a developer does with Claviger, by one command; standard library only.

    python3 packaging/dev.py run     start it (without a display: the guided tour, offscreen)
    python3 packaging/dev.py test    lint, types, rooms, translations, all tests

The first use makes `.venv` from a lock with hashes. `--help` tells the rest.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import dev_environment as place
from dev_bw import ensure_bw
from dev_checks import check
from dev_environment import BUILD, ROOT, Stop, child_environment, ensure_environment, run, say
from dev_qtfree import folders, test_without_qt
from dev_translate import compile_texts, stale, update

TOUR = BUILD / "tour"
LOCKS = (("requirements.in", "requirements.lock"), ("requirements-dev.in", "requirements-dev.lock"))
WORKERS = ("-n", "2")
KILLS = 100  # as many as the tests run
ENCRYPTIONS = 1_000_000  # none of them may have the IV of another
MEMORY_SCANS = 20  # processes that work, lock, and then look for their keys
RELEASES_RIPEN_DAYS = 7  # stolen accounts publish bad releases, which are found within days


def _ready(*, dev: bool) -> Path:
    """See to the environment, the system libraries, the compiled texts and bytecode."""
    python = ensure_environment(dev=dev)
    place.ensure_qt_libraries()
    compile_texts()
    place.compile_bytecode(python, ROOT / "desktop")
    return python


def _program(
    python: Path, *arguments: str | Path, offscreen: bool = False, **variables: str
) -> None:
    env = {**child_environment(), **variables}
    if offscreen:
        env["QT_QPA_PLATFORM"] = "offscreen"
    words = [str(word) for word in (python, "-m", "desktop", *arguments)]
    code = subprocess.run(words, cwd=ROOT, env=env, check=False).returncode
    if code:
        raise SystemExit(code)


def run_window(options: argparse.Namespace) -> None:
    """Start the program, or walk the tour where no window can be shown."""
    if not place.has_display():
        say("No display here: performing the guided tour offscreen instead.")
        run_tour(options)
        return
    _program(_ready(dev=False), *options.rest)


def run_tour(options: argparse.Namespace) -> None:
    """Drive the real window offscreen and leave pictures and a summary."""
    out = Path(options.out).resolve()
    _program(_ready(dev=False), "tour", "--out", out, *options.rest, offscreen=True)
    say(f"The tour's pictures and its summary.json are in {out}")


def run_tests(options: argparse.Namespace) -> None:
    """Check everything, then run the tests; words after the command go to pytest.

    The rooms that need no Qt are tested where it is not installed, the rest with it. A choice of
    tests (any word without a dash) runs alone, in one process.
    """
    python = _ready(dev=True)
    words = options.rest
    # Tests that choose at random read this, and so choose alike in both worker processes.
    seed = os.environ.setdefault("CLAVIGER_SEED", str(time.time_ns() % 1_000_000))
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    if not (BUILD / "bw" / "node_modules").exists():
        say("The bw client is not installed (`dev.py bw`): tests that need it will be skipped.")
    if any(not word.startswith("-") for word in words):
        _stop_for([] if place.succeeds(python, "-m", "pytest", *words, env=env) else ["tests"])
        return
    failed = [] if options.no_lint or options.qt_free else check()
    say(f"\nCLAVIGER_SEED={seed}; repeat with it what failed only once")
    say("\nThe rooms that need no Qt, where it is not installed")
    if not test_without_qt([*WORKERS, *words]):
        failed.append("tests without Qt")
    if not options.qt_free:
        say("\nAll other tests")
        elsewhere = [f"--ignore={folder}" for folder in folders()]
        if not place.succeeds(python, "-m", "pytest", *WORKERS, *elsewhere, *words, env=env):
            failed.append("tests")
    _stop_for(failed)


def run_lint(options: argparse.Namespace) -> None:
    """Check style, types, rooms and translations; `--fix` mends what can be mended."""
    _ready(dev=True)
    if options.fix:
        run(place.tool("ruff"), "check", "--fix", "--quiet", "desktop", "tests", "packaging")
        run(place.tool("ruff"), "format", "--quiet", "desktop", "tests", "packaging")
    _stop_for(check())


def _stop_for(failed: list[str]) -> None:
    if failed:
        raise Stop("Failed: " + ", ".join(failed))


def run_bench(options: argparse.Namespace) -> None:
    """Measure; the figures go to a JSON file. The official client is the import's peer."""
    python = _ready(dev=True)
    ensure_bw()
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    words: list[str | Path] = [python, "-m", "tests.benchmarks", "--json"]
    run(*words, Path(options.json).resolve(), *options.rest, env=env)


def run_faults(options: argparse.Namespace) -> None:
    """Tear at every write request and kill at every moment; without options as a change must pass.

    `--case NAME` repeats a cell, `--seed S` a sample; every outcome goes to build/faults.json.
    """
    python = _ready(dev=True)
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    cells: list[str | Path] = [python, "-m", "tests.bench_faults", *options.rest]
    kills: list[str | Path] = [python, "-m", "tests.bench_faults.kills", "--kills"]
    if options.all:
        run(*cells, "--all", env=env)
        run(python, "-m", "tests.end2end.memory_probe", "--runs", str(MEMORY_SCANS), env=env)
        run(python, "-m", "tests.crypto.iv_probe", "--encryptions", str(ENCRYPTIONS), env=env)
    if options.kills:
        run(*kills, str(options.kills), *options.rest, env=env)
    if not options.all and not options.kills:
        run(*cells, env=env)
        if not options.rest:
            run(*kills, str(KILLS), env=env)


def run_mutants(options: argparse.Namespace) -> None:
    """Take each protection away in turn: the main job must still pass, its own test must not.

    Words choose mutants by the beginning of their names, such as `T01`.
    """
    python = _ready(dev=True)
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    run(python, "-m", "tests.mutants", *options.rest, env=env)


def run_screens(options: argparse.Namespace) -> None:
    """Write a picture of every page: light, dark, English, Dutch, and at twice the pixels."""
    out = Path(options.out).resolve()
    python = _ready(dev=False)
    _program(python, "tour", "--out", out, *options.rest, offscreen=True)
    twice = ("tour", "--out", out / "2x", "--looks", "en-light", *options.rest)
    _program(python, *twice, offscreen=True, QT_SCALE_FACTOR="2")


def run_lock(_options: argparse.Namespace) -> None:
    """Resolve the dependencies anew: hashes for all systems, no addresses."""
    uv = shutil.which("uv") or (place.tool("uv") if place.tool("uv").exists() else None)
    if uv is None:
        raise Stop("`lock` needs uv; install it with `pip install uv` and call this again.")
    ripe = time.gmtime(time.time() - RELEASES_RIPEN_DAYS * 86_400)
    for source, lock in LOCKS:
        rules = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"]
        rules += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--upgrade"]
        rules += ["--exclude-newer", time.strftime("%Y-%m-%dT00:00:00Z", ripe)]
        folder = ROOT / "packaging"
        if source != LOCKS[0][0]:  # tests run with what the program runs with
            rules += ["--constraint", str(folder / LOCKS[0][1])]
        run(uv, "pip", "compile", "--quiet", *rules, folder / source, "-o", folder / lock)
        if "://" in (folder / lock).read_text("utf-8"):
            raise Stop(f"{lock} holds an address; it must not be committed.")
        say(f"{lock} is new; the next command installs it.")


def run_sbom(options: argparse.Namespace) -> None:
    """Write what the program is made of, with hashes and licences (CycloneDX)."""
    # In the environment, for the licences stand in what is installed there.
    run(_ready(dev=True), ROOT / "packaging" / "dev_sbom.py", Path(options.out).resolve())


def run_bundle(_options: argparse.Namespace) -> None:
    """Build the one-folder bundle into build/bundle and let it walk the tour."""
    python = _ready(dev=True)
    bundle = BUILD / "bundle"
    spec = ROOT / "packaging" / "claviger.spec"
    folders = ("--distpath", bundle, "--workpath", BUILD / "bundle-work")
    run(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders, spec)
    program = bundle / "claviger" / ("claviger.exe" if os.name == "nt" else "claviger")
    # The environment lays a trap: whatever is loaded from these folders would stop the tour.
    trap = BUILD / "bundle-trap"
    trap.mkdir(exist_ok=True)
    for module in ("sitecustomize", "json", "httpx"):
        (trap / f"{module}.py").write_text("raise SystemExit('from the environment')\n", "utf-8")
    names = ("PYTHONPATH", "PYTHONHOME", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")
    env = child_environment(QT_QPA_PLATFORM="offscreen", **dict.fromkeys(names, str(trap)))
    run(program, "--version", env=env)
    run(program, "tour", "--looks", "nl-dark", "--out", BUILD / "bundle-tour", env=env)
    size = sum(path.lstat().st_size for path in bundle.rglob("*") if path.is_file())
    say(f"The bundle is in {bundle}, {size / 1e6:.0f} MB")


def run_translate(options: argparse.Namespace) -> None:
    """Collect the texts into the .ts files and compile them; `--check` only looks."""
    ensure_environment(dev=True)
    if options.check:
        complaints = stale()
        if complaints:
            advice = "Run `dev.py translate`, then translate what is open."
            raise Stop("\n".join([*complaints[:40], f"{len(complaints)} differences. {advice}"]))
        return
    update()
    compile_texts()


def run_bw(_options: argparse.Namespace) -> None:
    """Install the official bw client for the tests that ask it."""
    ensure_bw()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    actions = {
        "run": run_window,
        "test": run_tests,
        "tour": run_tour,
        "lint": run_lint,
        "bench": run_bench,
        "faults": run_faults,
        "mutants": run_mutants,
        "lock": run_lock,
        "screens": run_screens,
        "sbom": run_sbom,
        "bundle": run_bundle,
        "translate": run_translate,
        "bw": run_bw,
    }
    made = {}
    for name, action in actions.items():
        text = (action.__doc__ or "").strip()
        made[name] = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        made[name].set_defaults(action=action)
    for name in ("run", "tour"):
        made[name].add_argument("--out", default=str(TOUR), help="folder for the tour's pictures")
    made["screens"].add_argument("--out", default=str(BUILD / "screens"), help="where to")
    made["sbom"].add_argument("--out", default=str(BUILD / "sbom.json"), help="where to")
    made["bench"].add_argument("--json", default=str(BUILD / "bench.json"), help="where to")
    made["faults"].add_argument(
        "--all", action="store_true", help="every cell, every scan of memory, a million IVs"
    )
    made["faults"].add_argument("--kills", type=int, metavar="N", help="so many kill -9 loops")
    made["lint"].add_argument("--fix", action="store_true", help="mend what can be mended")
    made["translate"].add_argument("--check", action="store_true", help="fail on a difference")
    made["test"].add_argument("--qt-free", action="store_true", help="only what needs no Qt")
    made["test"].add_argument("--no-lint", action="store_true", help="the tests alone")
    return parser


def main(arguments: list[str]) -> int:
    """Do what the arguments say; 0 when all went well."""
    options, rest = _parser().parse_known_args(arguments)
    options.rest = rest
    if rest and options.command in {"lint", "lock", "sbom", "bundle", "translate", "bw"}:
        say(f"dev.py {options.command} does not know: {' '.join(rest)}")
        return 2
    try:
        place.check_python()
        options.action(options)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
