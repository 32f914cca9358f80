"""The program's arguments. Each command imports only what it needs, so that each starts fast."""

from __future__ import annotations

import sys

from desktop import __version__

USAGE = """\
claviger                     open the window
claviger practice [...]      run the practice server alone
claviger tour --out DIR      walk the main job offscreen; leaves pictures and summary.json
claviger verify-log FILE     check that an exported log, or a journal, is whole (--help: more)
claviger --version           say which version this is
"""


def _window() -> int:
    from desktop import app

    return app.run_window()


def _tour(words: list[str]) -> int:
    from desktop import app

    return app.run_tour(words)


def _practice(words: list[str]) -> int:
    from desktop.practice import server

    return server.main(words)


def _import_worker(_words: list[str]) -> int:
    from desktop.importers import worker

    return worker.main()


def _verify_log(words: list[str]) -> int:
    from desktop.cache import verify

    return verify.main(words)


# The import worker is a command of the program itself so that it is there in the bundle too.
COMMANDS = {
    "practice": _practice,
    "import-worker": _import_worker,
    "tour": _tour,
    "verify-log": _verify_log,
}


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments (the process's own by default) say; the exit code is the answer.

    The practice server, the import worker and the check of a log load neither Qt nor the rest of
    the program.
    """
    words = sys.argv[1:] if arguments is None else arguments
    match words:
        case [str(command), *rest] if command in COMMANDS:
            return COMMANDS[command](rest)
        case ["--version" | "-V"]:
            sys.stdout.write(f"Claviger {__version__}\n")
        case ["--help" | "-h"]:
            sys.stdout.write(USAGE)
        case [str(command), *_] if not command.startswith("-"):
            sys.stderr.write(f"claviger: unknown command {command!r}\n\n{USAGE}")
            return 2
        case _:  # nothing, or options of Qt, which finds them itself
            return _window()
    return 0


if __name__ == "__main__":
    sys.exit(main())
