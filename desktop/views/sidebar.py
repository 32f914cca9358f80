"""The sidebar: who is signed in, the pages, open clients, a running plan, sync state and lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.views.switcher import ClosedLine, Switcher
from desktop.views.text import explain, joined, name_aloud, shown
from desktop.views.theme import color, paint_icon, u
from desktop.views.widgets.draw import (
    count_width,
    draw_avatar,
    draw_bar,
    draw_count,
    draw_dot,
    draw_mark,
    draw_text,
    fill_rounded,
    focus_ring,
    smooth_painter,
)
from desktop.views.widgets.layouts import column, row

WIDTH = 232


class SidebarItem(QAbstractButton):
    """One line of the sidebar: an icon or a client's avatar, a name, maybe a count.

    `waiting` shows the count as an amber pill: someone must act.
    """

    closed = Signal()

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        avatar_key: str = "",
        is_closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = shown(text)
        self._icon = icon
        self._avatar_key = avatar_key
        self._closable = is_closable
        self._count = ""
        self._waiting = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name_aloud(self, self._name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        explain(self, self._name)

    @property
    def name(self) -> str:
        return self._name

    def set_count(self, count: int, *, is_waiting: bool = False) -> None:
        """0 shows nothing."""
        self._count = self.locale().toString(count) if count else ""
        self._waiting = is_waiting
        name_aloud(self, joined(self._name, self._count, between=" "))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(WIDTH - 24), u(32))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self._closable and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.closed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._closable and event.key() == Qt.Key.Key_Delete:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _cross(self) -> QRect:
        return QRect(self.width() - u(28), 0, u(28), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect()).adjusted(0, u(1), 0, -u(1))
        if self.isChecked():
            fill_rounded(painter, box, u(6), "sidebar_chosen", "sidebar_edge")
        elif self.underMouse():
            fill_rounded(painter, box, u(6), "sidebar_hover")
        if self.hasFocus():
            focus_ring(painter, box, u(6))
        middle = self.height() / 2
        if self._avatar_key:
            side = u(18)
            draw_avatar(
                painter,
                QRectF(u(9), middle - side / 2, side, side),
                self._avatar_key,
                self._name,
            )
        else:
            token = "accent_text" if self.isChecked() else "text2"
            paint_icon(painter, self._icon, token, u(10), middle - u(8))
        right = self.width() - u(10)
        shows_cross = self._closable and (self.isChecked() or self.underMouse())
        if shows_cross:
            paint_icon(painter, "x", "text2", self.width() - u(22), middle - u(6), 12)
            right = self.width() - u(28)
        elif self._count:
            width = count_width(self._count)
            pill = QRect(right - width, round(middle - u(10)), width, u(20))
            draw_count(painter, pill, self._count, "warn" if self._waiting else "neutral")
            right -= width + u(6)
        role = "medium" if self.isChecked() else "body"
        area = QRect(u(36), 0, max(0, right - u(36)), self.height())
        draw_text(painter, area, self._name, "text", role)


class Identity(QWidget):
    """Mark, provider and where it lives, at the top of the sidebar."""

    def __init__(self, provider: str, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(provider, place)

    def set_words(self, provider: str, place: str) -> None:
        self._provider = shown(provider)
        self._place = shown(place)
        name_aloud(self, joined(self._provider, self._place))
        explain(self, f"{self._provider}\n{self._place}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(WIDTH - 24), u(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        draw_mark(painter, QRectF(u(6), u(6), u(28), u(28)))
        left = u(44)
        width = self.width() - left - u(4)
        draw_text(painter, QRect(left, u(2), width, u(19)), self._provider, "text", "strong")
        draw_text(painter, QRect(left, u(20), width, u(18)), self._place, "text2", "small")


class SectionTitle(QWidget):
    """A caption above a group of items; with a dot (`#RRGGBB`) it names a connection."""

    def __init__(self, text: str, dot: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = shown(text)
        self._dot = dot
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name_aloud(self, text)
        explain(self, text if dot else "")

    def sizeHint(self) -> QSize:
        return QSize(u(WIDTH - 24), u(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        area = QRect(u(10), u(12), self.width() - u(20), u(20))
        if self._dot:
            draw_dot(painter, area, self._dot)
            area.adjust(u(14), 0, 0, 0)
        draw_text(painter, area, self._text, "text2", "caption")


class SidebarButton(QAbstractButton):
    """An icon alone at the foot of the sidebar, with a name for everyone."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        name_aloud(self, name)
        explain(self, name)
        self.setFixedSize(u(28), u(28))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect())
        if self.underMouse():
            fill_rounded(painter, box, u(6), "sidebar_hover")
        if self.hasFocus():
            focus_ring(painter, box, u(6))
        token = "text2" if self.isEnabled() else "text3"
        paint_icon(painter, self._icon, token, (self.width() - u(16)) / 2, u(6))


class SyncLine(QWidget):
    """A dot and a sentence: how old the picture is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._told = ""
        self._tone = "ok_fill"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_state(self, text: str, *, is_online: bool, tip: str = "") -> None:
        """`tip` says more where the mouse rests and to a screen reader."""
        told = f"{text}\n{tip}" if tip else text
        tone = "ok_fill" if is_online else "warn_fill"
        if (text, told, tone) == (self._text, self._told, self._tone):
            return
        self._text, self._told, self._tone = text, told, tone
        name_aloud(self, text)
        explain(self, told)
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(u(120), u(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(u(60), u(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        fill_rounded(painter, QRectF(u(10), self.height() / 2 - u(4), u(8), u(8)), u(4), self._tone)
        area = QRect(u(24), 0, self.width() - u(24), self.height())
        draw_text(painter, area, shown(self._text), "text2", "small")


class RunCard(QAbstractButton):
    """A running plan: its name, how far it is, a thin bar. A click opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._state = ""
        self._share = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_progress(self, title: str, state: str, share: float) -> None:
        self._title, self._state, self._share = shown(title), shown(state), share
        name_aloud(self, joined(self._title, state))
        explain(self, f"{self._title}\n{state}")
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(WIDTH - 24), u(58))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect())
        fill_rounded(painter, box, u(8), "sidebar_chosen", "sidebar_edge")
        if self.hasFocus():
            focus_ring(painter, box, u(8))
        width = self.width() - u(20)
        draw_text(painter, QRect(u(10), u(6), width, u(18)), self._title, "text", "small_medium")
        draw_text(painter, QRect(u(10), u(23), width, u(18)), self._state, "text2", "small")
        draw_bar(painter, QRectF(u(10), u(46), width, u(4)), self._share)


@dataclass(frozen=True)
class PageEntry:
    """One page; `section` is a caption above it, with a dot where it names a connection."""

    key: str
    title: str
    icon: str
    section: str = ""
    dot: str = ""


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


class Sidebar(QWidget):
    """Draws what it is told and says what was chosen; knows no page."""

    page_chosen = Signal(str)
    client_chosen = Signal(str)
    client_closed = Signal(str)
    refresh_asked = Signal()
    lock_asked = Signal()
    run_asked = Signal()
    closed_asked = Signal(str)  # key of a connection that needs somebody

    def __init__(self, provider: str, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(u(WIDTH))
        name_aloud(self, self.tr("Sidebar"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._pages: dict[str, SidebarItem] = {}
        self._clients: dict[str, SidebarItem] = {}
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        self._open_title = SectionTitle(self.tr("Open clients"), parent=self)
        self._open_title.hide()
        self._open = QVBoxLayout()
        self._open.setSpacing(0)
        self.run_card = RunCard(self)
        self.run_card.clicked.connect(self.run_asked)
        self.sync_line = SyncLine(self)
        refresh = SidebarButton("refresh-cw", self.tr("Reload (F5)"), self)
        refresh.clicked.connect(self.refresh_asked)
        self.lock_button = SidebarButton("lock", self.tr("Lock (Ctrl+L)"), self)
        self.lock_button.clicked.connect(self.lock_asked)
        self.identity = Identity(provider, place, self)
        self.switcher = Switcher(self)
        self._closed_title = SectionTitle(self.tr("Connections"), parent=self)
        self._closed_title.hide()
        self._closed = QVBoxLayout()
        self._closed.setSpacing(0)
        self._closed_lines: tuple[ClosedLine, ...] = ()
        self._lay_out(refresh, self.lock_button)

    def _lay_out(self, refresh: QWidget, lock: QWidget) -> None:
        foot = row(self.sync_line, refresh, lock, gap=2)
        whole = column(
            self.identity,
            self.switcher,
            8,
            self._top,
            self._open_title,
            self._open,
            None,
            self._closed_title,
            self._closed,
            self.run_card,
            4,
            foot,
            gap=2,
            margins=(12, 10, 12, 10),
        )
        self.setLayout(whole)

    def set_pages(self, entries: Sequence[PageEntry]) -> None:
        """Exactly these, in this order; one that was there keeps its count."""
        for key in [key for key in self._pages if key not in {one.key for one in entries}]:
            item = self._pages.pop(key)
            self._group.removeButton(item)
            _drop(item)
        while (line := self._top.takeAt(0)) is not None:
            widget = line.widget()
            if isinstance(widget, SectionTitle):
                _drop(widget)
        for one in entries:
            if one.section:
                self.add_section(one.section, one.dot)
            if one.key in self._pages:
                self._top.addWidget(self._pages[one.key])
            else:
                self.add_page(one.key, one.title, one.icon)

    def set_closed(self, lines: Sequence[ClosedLine]) -> None:
        """Connections that need somebody, each with what a click does."""
        if tuple(lines) == self._closed_lines:
            return
        self._closed_lines = tuple(lines)
        while (line := self._closed.takeAt(0)) is not None:
            if (widget := line.widget()) is not None:
                _drop(widget)
        for one in lines:
            item = SidebarItem(one.name, one.icon, parent=self)
            item.setObjectName("closed_connection")
            item.setCheckable(False)
            explain(item, one.tip)
            item.clicked.connect(lambda _on=False, key=one.key: self.closed_asked.emit(key))
            self._closed.addWidget(item)
        self._closed_title.setVisible(bool(lines))

    @property
    def closed_lines(self) -> tuple[ClosedLine, ...]:
        return self._closed_lines

    def add_page(self, key: str, title: str, icon: str) -> SidebarItem:
        item = SidebarItem(title, icon, parent=self)
        item.setObjectName(f"page_{key}")
        item.clicked.connect(lambda: self.page_chosen.emit(key))
        self._group.addButton(item)
        self._pages[key] = item
        self._top.addWidget(item)
        return item

    def add_section(self, title: str, dot: str = "") -> None:
        self._top.addWidget(SectionTitle(title, dot, self))

    def page(self, key: str) -> SidebarItem:
        return self._pages[key]

    def add_client(self, key: str, name: str, avatar_key: str = "") -> None:
        """Lists an open client once."""
        if key not in self._clients:
            item = SidebarItem(name, avatar_key=avatar_key or key, is_closable=True, parent=self)
            item.clicked.connect(lambda: self.client_chosen.emit(key))
            item.closed.connect(lambda: self.client_closed.emit(key))
            self._group.addButton(item)
            self._clients[key] = item
            self._open.addWidget(item)
        self._open_title.show()

    def remove_client(self, key: str) -> None:
        item = self._clients.pop(key, None)
        if item is not None:
            self._group.removeButton(item)
            self._open.removeWidget(item)
            item.deleteLater()
        self._open_title.setVisible(bool(self._clients))

    def mark(self, key: str) -> None:
        """Shows page or client `key` as the chosen one."""
        item = self._pages.get(key) or self._clients.get(key)
        if item is not None:
            item.setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("sidebar"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))
