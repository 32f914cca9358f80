"""A list of events by day: time, icon, sentence, client; drawn from tokens, keyboard first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTime,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.models.timeline import AnyIndex, Day, DayWords, Entry, TimelineModel, plain_text
from desktop.views.clipboard import clipboard
from desktop.views.moments import clock_time, moment_text
from desktop.views.text import name_aloud, show_tip, shown
from desktop.views.theme import color, paint_icon, row_height, text_width, u
from desktop.views.widgets.draw import (
    draw_avatar,
    draw_dot,
    draw_text,
    fill_rounded,
    focus_ring,
    smooth_painter,
    tone_tokens,
)
from desktop.views.widgets.table import copied_cell

translate = QCoreApplication.translate
_MARGIN: Final = 24
_GAP: Final = 16
_TILE: Final = 26
_AVATAR: Final = 18
_CLIENT: Final = 230
_NOTE: Final = 150
_TEXT_LEAST: Final = 420
_LOADING_AFTER_MS: Final = 300


def day_words(count: Callable[[Day], str]) -> DayWords:
    """Dates and times as the language of the window writes them."""
    return DayWords(day=day_title, count=count, time=clock_time)


def day_text(day: date) -> str:
    """A date with its weekday; the year only where it is another one."""
    given = QDate(day.year, day.month, day.day)
    pattern = "dddd d MMMM" if day.year == QDate.currentDate().year() else "dddd d MMMM yyyy"
    text = QLocale().toString(given, pattern)
    return text[:1].upper() + text[1:]


def span_text(start: datetime, end: datetime) -> str:
    """A stretch of time, its day said once if it is one day."""
    if clock_time(start) == clock_time(end) and start.date() == end.date():
        return moment_text(end)
    if start.astimezone().date() == end.astimezone().date():
        return translate("Timeline", "{day}, between {start} and {end}").format(
            day=day_text(end.astimezone().date()), start=clock_time(start), end=clock_time(end)
        )
    return translate("Timeline", "Between {start} and {end}").format(
        start=moment_text(start), end=moment_text(end)
    )


def day_title(day: date) -> str:
    """The heading of a day."""
    past = QDate(day.year, day.month, day.day).daysTo(QDate.currentDate())
    if past == 0:
        return translate("Timeline", "Today, {day}").format(day=_inside(day))
    if past == 1:
        return translate("Timeline", "Yesterday, {day}").format(day=_inside(day))
    return day_text(day)


def _inside(day: date) -> str:
    """A date in the middle of a sentence: the language's own capitals."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM")


@dataclass(frozen=True)
class _Places:
    """Where the parts of a line stand; `note` and `client` have no width when they are left out."""

    time: QRect
    tile: QRect
    text: QRect
    client: QRect
    note: QRect


def _time_width() -> int:
    """Of the longest time of day, so that all sentences begin at one place."""
    samples = (QTime(10, 0), QTime(22, 58))
    texts = [QLocale().toString(one, QLocale.FormatType.ShortFormat) for one in samples]
    return max(text_width(text, "body", tabular=True) for text in texts)


class _LineDelegate(QStyledItemDelegate):
    """Paints headings and lines; the view tells which row is hovered and what columns there are."""

    hover_row = -1
    has_clients = True
    has_notes = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(option.rect.width(), row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, TimelineModel):
            return
        row = model.row(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Day):
            self._heading(painter, option.rect, row, model.words)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, color("sel"))
            elif index.row() == self.hover_row:
                painter.fillRect(option.rect, color("hover"))
            self._line(painter, option.rect, row, model.words)
        painter.restore()

    @staticmethod
    def _heading(painter: QPainter, rect: QRect, day: Day, words: DayWords) -> None:
        painter.fillRect(rect, color("bg"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        inside = rect.adjusted(u(_MARGIN), u(2), -u(_MARGIN), 0)
        count = words.count(day)
        wide = text_width(count, "small")
        title = inside.adjusted(0, 0, -wide - u(_GAP), 0)
        draw_text(painter, title, words.day(day.date), "text", "strong")
        draw_text(painter, inside, count, "text2", "small", align=Qt.AlignmentFlag.AlignRight)

    def _line(self, painter: QPainter, rect: QRect, entry: Entry, words: DayWords) -> None:
        places = self.places(rect, entry, words)
        painter.fillRect(
            rect.x() + u(_MARGIN), rect.bottom(), rect.width() - u(_MARGIN), 1, color("line")
        )
        draw_text(painter, places.time, words.time(entry.at), "text2", tabular=True)
        if entry.icon:
            ink, soft = tone_tokens(entry.tone)
            fill_rounded(painter, QRectF(places.tile), u(6), soft)
            inset = (places.tile.width() - u(14)) / 2
            left, top = places.tile.x() + inset, places.tile.y() + inset
            paint_icon(painter, entry.icon, ink, left, top, 14)
        draw_text(painter, places.text, entry.text, "text")
        if entry.client and places.client.width():
            side = u(_AVATAR)
            top = places.client.center().y() - side / 2 + 1
            tile = QRectF(places.client.x(), top, side, side)
            draw_avatar(painter, tile, entry.client_key, entry.client)
            name = places.client.adjusted(side + u(8), 0, 0, 0)
            draw_text(painter, name, shown(entry.client), "text2")
        if entry.note and places.note.width():
            note = places.note
            if entry.dot:
                draw_dot(painter, note, entry.dot)
                note = note.adjusted(u(16), 0, 0, 0)
            draw_text(painter, note, shown(entry.note), "text2")

    def places(self, rect: QRect, entry: Entry, words: DayWords) -> _Places:
        """The parts of one line; what does not fit beside the sentence is left out."""
        inside = rect.adjusted(u(_MARGIN), 0, -u(_MARGIN), 0)
        wide = max(text_width(words.time(entry.at), "body", tabular=True), _time_width())
        time = QRect(inside.x(), rect.y(), wide + 1, rect.height())
        side = u(_TILE)
        tile = QRect(time.right() + u(_GAP), rect.center().y() - side // 2, side, side)
        left = tile.right() + 1 + u(12)
        room = inside.right() + 1 - left
        note = u(_NOTE) if self.has_notes and room > u(_TEXT_LEAST + _CLIENT + _NOTE) else 0
        client = 0
        if self.has_clients:
            client = u(_CLIENT) if room - note > u(_TEXT_LEAST + _CLIENT) else room // 3
        end = inside.right() + 1
        note_at, client_at = end - note, end - note - client
        gap = u(_GAP)
        return _Places(
            time=time,
            tile=tile,
            text=QRect(left, rect.y(), client_at - left - gap * bool(client), rect.height()),
            client=QRect(client_at, rect.y(), max(0, client - gap * bool(note)), rect.height()),
            note=QRect(note_at, rect.y(), note, rect.height()),
        )


class Timeline(QListView):
    """Shows a `TimelineModel`. Enter and a double click open a line; Esc chooses none.

    `menu_for` builds a line's menu, for the right button, the menu key and Shift+F10.
    """

    opened = Signal(object)
    """The `Entry`."""
    current_changed = Signal(object)
    """The `Entry`, or None."""

    def __init__(self, model: TimelineModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu_for: Callable[[Entry], QMenu | None] | None = None
        self._model = model
        self._delegate = _LineDelegate(self)
        self._placeholder: QWidget | None = None
        self._shows_ring = False
        self._kept: tuple[str, int] = ("", 0)
        name_aloud(self, name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._loading = QTimer(self, singleShot=True, interval=_LOADING_AFTER_MS)
        self._loading.timeout.connect(self._show_loading)
        self._loading_line = QWidget(self)
        self._loading_line.hide()
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._current_changed)
        model.modelAboutToBeReset.connect(self._remember)
        model.rows_changed.connect(self._rows_changed)

    # --- what pages ask ---------------------------------------------------------------------

    def entry_model(self) -> TimelineModel:
        return self._model

    def current_entry(self) -> Entry | None:
        return self._entry(self.currentIndex())

    def show_columns(self, *, clients: bool, notes: bool = False) -> None:
        """Which columns stand beside the sentence, where there is room for them."""
        self._delegate.has_clients, self._delegate.has_notes = clients, notes
        self.viewport().update()

    def choose(self, key: str) -> None:
        """Makes the line with this key the current one, or none."""
        number = self._model.row_of(key)
        if number < 0:
            self.choose_none()
            return
        index = self._model.index(number, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def choose_none(self) -> None:
        self.selectionModel().clear()
        self.current_changed.emit(None)

    def set_placeholder(self, widget: QWidget | None) -> None:
        """What stands in the place of the list while it is empty."""
        if self._placeholder is not None and self._placeholder is not widget:
            self._placeholder.hide()
            self._placeholder.deleteLater()
        self._placeholder = widget
        if widget is not None:
            widget.setParent(self)
        self._show_placeholder()

    def set_loading(self, is_loading: bool) -> None:
        """A line on top, only when loading takes longer than 300 ms."""
        if is_loading:
            self._loading.start()
        else:
            self._loading.stop()
            self._loading_line.hide()

    # --- rows -------------------------------------------------------------------------------

    def _entry(self, index: AnyIndex) -> Entry | None:
        row = self._model.row(index.row()) if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def _remember(self) -> None:
        current = self.current_entry()
        self._kept = (current.key if current else "", self.verticalScrollBar().value())

    def _rows_changed(self) -> None:
        key, scrolled = self._kept
        self._delegate.hover_row = -1
        if key and self._model.row_of(key) >= 0:
            self.choose(key)
        elif key:
            self.current_changed.emit(None)
        self.verticalScrollBar().setValue(scrolled)
        self._show_placeholder()
        self.viewport().update()

    def _show_placeholder(self) -> None:
        if self._placeholder is not None:
            self._placeholder.setGeometry(self.viewport().geometry())
            self._placeholder.setVisible(self._model.rowCount() == 0)
            self._placeholder.raise_()

    def _show_loading(self) -> None:
        palette = self._loading_line.palette()
        palette.setColor(palette.ColorRole.Window, color("bar"))
        self._loading_line.setAutoFillBackground(True)
        self._loading_line.setPalette(palette)
        self._loading_line.show()
        self._loading_line.raise_()

    def _current_changed(self, index: QModelIndex) -> None:
        self.current_changed.emit(self._entry(index))
        self.viewport().update()

    def _open(self, index: AnyIndex) -> None:
        if (entry := self._entry(index)) is not None:
            self.opened.emit(entry)

    # --- keys and mouse ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._shows_ring = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_line()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self.current_entry() is not None:
            self.choose_none()
        elif event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._menu_at_current()
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def copy_line(self) -> None:
        """Puts the current line on the clipboard as text for a spreadsheet."""
        entry = self.current_entry()
        if entry is not None:
            time = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
            cells = (time, entry.client, plain_text(entry.text))
            text = "\t".join(copied_cell(shown(cell)) for cell in cells)
            clipboard().copy(text)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._shows_ring = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if self._entry(index) is not None else -1)
        if not event.buttons():  # no choosing by dragging over rows
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hover_row:
            self._delegate.hover_row = row
            self.viewport().update()

    def _popup(self, index: AnyIndex, spot: QPoint) -> None:
        entry = self._entry(index)
        if entry is None or self.menu_for is None:
            return
        menu = self.menu_for(entry)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(spot)

    def _menu_at_current(self) -> None:
        area = self.visualRect(self.currentIndex())
        spot = QPoint(area.x() + u(_MARGIN), area.bottom())
        self._popup(self.currentIndex(), self.viewport().mapToGlobal(spot))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._menu_at_current()
            return
        index = self.indexAt(event.pos())
        if (entry := self._entry(index)) is not None:
            self.choose(entry.key)
            self._popup(index, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._tip_at(event.pos())
            if text:
                show_tip(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _tip_at(self, spot: QPoint) -> str:
        """The whole of a text that is cut."""
        index = self.indexAt(spot)
        entry = self._entry(index)
        if entry is None:
            return ""
        places = self._delegate.places(self.visualRect(index), entry, self._model.words)
        for place, text in (
            (places.text, entry.text),
            (places.client, shown(entry.client)),
            (places.note, shown(entry.note)),
        ):
            pad = u(_AVATAR + 8) if place is places.client else 0
            if place.contains(spot) and text_width(text, "body") + pad > place.width():
                return text
        return ""

    # --- painting and size ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if self._shows_ring and self.hasFocus() and self._entry(index) is not None:
            ring = self.visualRect(index).adjusted(2, 1, -2, -2).toRectF()
            focus_ring(smooth_painter(self.viewport()), ring, u(6))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        }:
            self._shows_ring = True
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_placeholder()
        self._loading_line.setGeometry(0, 0, self.width(), u(2))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
