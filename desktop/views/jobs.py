"""The only place in views that starts tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.diagnostics import note
from desktop.domain.errors import ClavigerError

T = TypeVar("T")


class Jobs(QObject):
    """Keeps tasks alive while they work and cancels them with the parent."""

    busy_changed = Signal(bool)
    failed = Signal(ClavigerError)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks: set[asyncio.Task[Any]] = set()
        tasks = self._tasks  # the closure must not hold self
        self.destroyed.connect(lambda: [task.cancel() for task in tuple(tasks)])

    @property
    def is_busy(self) -> bool:
        return bool(self._tasks)

    def start(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[ClavigerError], None] | None = None,
    ) -> asyncio.Task[T]:
        """Runs `work`; its result goes to `done`. Without `failed` errors go to the signal."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(lambda task: self._finish(task, done, failed))
        if len(self._tasks) == 1:
            self.busy_changed.emit(True)
        return task

    def cancel(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()

    def _finish(
        self,
        task: asyncio.Task[T],
        done: Callable[[T], None] | None,
        failed: Callable[[ClavigerError], None] | None,
    ) -> None:
        self._tasks.discard(task)
        if not isValid(self):  # the widget closed first
            return
        if not self._tasks:
            self.busy_changed.emit(False)
        if task.cancelled():
            return
        match task.exception():
            case None:
                if done is not None:
                    done(task.result())
            case ClavigerError() as error:
                note("refused", error=error)
                (failed or self.failed.emit)(error)
            case bug:
                raise bug  # reaches the loop's handler: crash report
