"""A start of the program as far as the lock and the socket go; `python -m ... PROFILE`.

At each line of stdin it opens the profile and says "writer", "raised" or "reader". A writer then
answers others until the next line, says how many there were, and puts everything away. The word
"die" in place of a line ends it at once, with nothing put away.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from desktop.settings.profile import ProfileFolder
from desktop.views.instance import Doorbell, was_raised


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def heard() -> str:
    """One line, unbuffered: what waits for the next must see that there is one."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return ""
        line += byte
    return line.decode().strip() or "go"


def start(app: QCoreApplication, path: Path) -> bool:
    """One start and its end; False when there is nothing more to do."""
    with ProfileFolder.open(path) as profile:
        if profile.read_only:
            say("raised" if was_raised(profile, patience_s=30) else "reader")
            return bool(heard())
        rung: list[int] = []
        bell = Doorbell(profile)
        bell.rung.connect(lambda: rung.append(1))
        assert bell.listen()
        say("writer")
        notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        notifier.activated.connect(app.quit)
        app.exec()
        word = heard()
        if word == "die":
            os._exit(1)
        say(str(len(rung)))
        bell.close()
        return bool(word)


def main() -> None:
    app = QCoreApplication([])
    while heard() and start(app, Path(sys.argv[1])):
        say("closed")


if __name__ == "__main__":
    main()
