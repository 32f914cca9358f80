"""The floor of every start: a bare PySide6 main window, shown, painted once, gone."""

from __future__ import annotations

import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.telling import memory_mb, say


class BareWindow(QMainWindow):
    """Ends the loop with its first frame."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QApplication.exit()


def main() -> None:
    app = QApplication([])
    window = BareWindow()
    window.show()
    app.exec()
    ended, computed = time.monotonic(), time.process_time()
    say(painted=ended, computed_ms=computed * 1000, peak_mb=memory_mb("VmHWM"))


if __name__ == "__main__":
    main()
