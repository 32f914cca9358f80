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


def _press(field: QWidget, key: Qt.Key, text: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(field, event)


def _blocked_ms(application: QApplication, field: SearchField, key: Qt.Key, text: str) -> float:
    """From the key until the loop has nothing left to do: filtered and painted."""
    began = time.perf_counter()
    _press(field, key, text)
    for _turn in range(3):  # the field's timer, the table's layout, the frame
        application.processEvents()
    return (time.perf_counter() - began) * 1000


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
    for _turn in range(5):
        application.processEvents()
    blocked = []
    for word in WORDS:
        blocked += [_blocked_ms(application, search, Qt.Key.Key_A, letter) for letter in word]
        if model.rowCount() == model.total_count:
            raise SystemExit(f"typing {word!r} filtered nothing")
        for _letter in word:
            blocked.append(_blocked_ms(application, search, Qt.Key.Key_Backspace, ""))
        if model.rowCount() != model.total_count:
            raise SystemExit("an empty search does not show everything")
    say(blocked_ms=blocked, floor_ms=_floor_ms(people))


if __name__ == "__main__":
    main(int(sys.argv[1]))
