"""A disk whose nth call fails."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from desktop.settings.files import DISK, Disk


class FailingDisk:
    """A Disk whose nth call fails, and every call from then on if `stays` broken."""

    def __init__(self, nth: int, number: int) -> None:
        self.calls = 0
        self._nth = nth
        self._number = number
        wrapped = {f.name: self._wrap(getattr(DISK, f.name)) for f in dataclasses.fields(Disk)}
        self.disk = Disk(**wrapped)

    def _wrap(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            self.calls += 1
            if self.calls == self._nth:
                raise OSError(self._number, "planted")
            return real(*args)

        return call
