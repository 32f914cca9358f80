"""Jobs keep tasks, report them, and end with their widget."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.domain.errors import ClavigerError, Offline
from desktop.views.jobs import Jobs


async def value(number: int) -> int:
    await asyncio.sleep(0)
    return number


async def failing() -> None:
    await asyncio.sleep(0)
    raise Offline("vault.example")


def test_results_errors_and_busy_are_told(qapp: QObject) -> None:
    async def run() -> None:
        jobs = Jobs(qapp)
        busy: list[bool] = []
        errors: list[ClavigerError] = []
        found: list[int] = []
        jobs.busy_changed.connect(busy.append)
        jobs.failed.connect(errors.append)
        await jobs.start(value(3), found.append)
        task = jobs.start(failing())
        assert jobs.is_busy
        with pytest.raises(Offline):
            await task
        mine: list[ClavigerError] = []
        with pytest.raises(Offline):
            await jobs.start(failing(), None, mine.append)
        await asyncio.sleep(0)
        assert found == [3]
        assert [type(e) for e in errors] == [Offline]
        assert [type(e) for e in mine] == [Offline]
        assert busy == [True, False] * 3

    asyncio.run(run())


def test_tasks_end_with_their_widget(qapp: QObject) -> None:
    del qapp

    async def run() -> None:
        parent = QObject()
        jobs = Jobs(parent)
        found: list[int] = []
        task = jobs.start(value(1), found.append)
        delete(parent)
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)
        assert found == []

    asyncio.run(run())


def test_cancel_is_no_error(qapp: QObject) -> None:
    async def run() -> None:
        jobs = Jobs(qapp)
        errors: list[ClavigerError] = []
        jobs.failed.connect(errors.append)
        task = jobs.start(value(1))
        jobs.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)
        assert errors == []
        assert not jobs.is_busy

    asyncio.run(run())
