"""A window with so many members, and somebody who types names into its search field."""

from __future__ import annotations

import sys
import time
from random import Random
from statistics import median
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app
from desktop.domain.enums import ProviderUserStatus, ProviderUserType
from desktop.domain.ids import ProviderUserId
from desktop.domain.records import ProviderMember
from desktop.domain.shown import folded
from desktop.models.table import RecordTableModel
from desktop.views.pages.members import member_columns
from desktop.views.theme import apply, system_theme
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.layouts import column
from desktop.views.widgets.table import RecordTable
from desktop.views.widgets.totals import TotalsRow
from tests.benchmarks.telling import say

FIRST = (
    *("Anna", "Bram", "Çelik", "Daan", "Eva", "Fleur", "Günther", "Hanna", "Inge", "Joris"),
    *("Karin", "Lars", "Maaike", "Niels", "Olga", "Pieter", "Quinten", "Roos", "Sjoerd", "Zoë"),
)
LAST = (
    *("Bakker", "de Boer", "van Dijk", "Visser", "Smit", "Meijer", "de Groot", "Mulder", "Bos"),
    *("Vos", "Peters", "Hendriks", "Dekker", "Brouwer", "de Wit", "Dijkstra", "Kok", "Jacobs"),
)
COMPANIES = ("bakkerij-smit", "vandijk-techniek", "notariaat-oost", "haven-logistiek", "zorgplus")
PAUSE_S = 1.0
WORDS = ("van dijk", "zoe", "maaike.1", "bakkerij", "smit 7", "günther", "haven", "qqq", "an")


def members(count: int) -> list[ProviderMember]:
    """People with names, addresses, roles and every status; always the same."""
    random = Random(7)
    found = []
    for number in range(count):
        first, last = random.choice(FIRST), random.choice(LAST)
        place = random.choice(COMPANIES)
        status = random.choices(tuple(ProviderUserStatus)[-3:], (1, 1, 18))[0]
        found.append(
            ProviderMember(
                id=ProviderUserId(UUID(int=number + 1)),
                type=random.choice(tuple(ProviderUserType)),
                status=status,
                name=f"{first} {last}" if number % 20 else None,
                email=f"{folded(first)}.{number}@{place}.example",
            )
        )
    return found


class Typist:
    """Types and notes, for each key, how long the loop was busy and how much it computed."""

    def __init__(self, application: QApplication, field: SearchField) -> None:
        self._application = application
        self._field = field
        self.blocked_ms: list[float] = []
        self.computed_ms: list[float] = []

    def press(self, key: Qt.Key, text: str = "") -> None:
        """Until the loop has nothing left to do: filtered and painted."""
        began, computed = time.perf_counter(), time.process_time()
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(self._field, event)
        for _turn in range(3):  # the field's timer, the table's layout, the frame
            self._application.processEvents()
        self.blocked_ms.append((time.perf_counter() - began) * 1000)
        self.computed_ms.append((time.process_time() - computed) * 1000)


def _wait(application: QApplication, seconds: float) -> None:
    """The loop runs on while a person reaches for the field."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        application.processEvents()


def _floor_ms(people: list[ProviderMember]) -> float:
    """A search over prepared text and nothing else."""
    texts = [folded(f"{one.name or ''}\n{one.email}") for one in people]
    times = []
    for word in (folded(word) for word in WORDS):
        began = time.perf_counter()
        found = [at for at, text in enumerate(texts) if word in text]
        times.append((time.perf_counter() - began) * 1000)
        del found
    return median(times)


def main(count: int) -> None:
    application = app.application()
    apply(application, system_theme(application, appearance="light", scale=1.0))
    people = members(count)
    window = QWidget()
    search = SearchField("Search members", delay_ms=0)
    model: RecordTableModel[ProviderMember] = RecordTableModel(
        member_columns("alice@example-msp.example"), lambda one: one.id, window
    )
    table = RecordTable(model, "Members")
    search.searched.connect(model.set_filter)
    window.setLayout(column(search, table, TotalsRow(table)))
    window.resize(1280, 800)
    window.show()
    table.sort_by("name")
    model.replace(people)
    search.setFocus()
    _wait(application, PAUSE_S)
    typist = Typist(application, search)
    for word in WORDS:
        for letter in word:
            typist.press(Qt.Key.Key_A, letter)
        if model.rowCount() == model.total_count:
            raise SystemExit(f"typing {word!r} filtered nothing")
        for _letter in word:
            typist.press(Qt.Key.Key_Backspace)
        if model.rowCount() != model.total_count:
            raise SystemExit("an empty search does not show everything")
    say(
        blocked_ms=typist.blocked_ms,
        computed_ms=typist.computed_ms,
        floor_ms=_floor_ms(people),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
