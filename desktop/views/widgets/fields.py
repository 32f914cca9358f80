"""Fields and choices: text, search, password, number, check, radio, select, form field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.text import describe, escaped, explain, name_aloud, shown, tell
from desktop.views.theme import font, icon, metrics, paint_icon, repolish, u
from desktop.views.widgets.buttons import IconButton
from desktop.views.widgets.draw import (
    draw_check,
    draw_radio,
    draw_text,
    fill_rounded,
    smooth_painter,
)
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Snug, row


class TextField(QLineEdit):
    """One line of text; `set_state` colours the edge, a counter may stand at its right."""

    def __init__(
        self,
        name: str,
        *,
        placeholder: str = "",
        maximum: int = 0,
        is_password: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        name_aloud(self, name)
        self.setPlaceholderText(shown(placeholder))
        self.setProperty("state", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._maximum = maximum
        self._eye: QAction | None = None
        if is_password:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self._eye = self.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
            self._eye.triggered.connect(self._toggle_echo)
            self._name_eye()
        self.textChanged.connect(self._recount)
        self._recount()

    @property
    def is_secret(self) -> bool:
        """Whether what is typed here is hidden until somebody asks to see it."""
        return self._eye is not None

    def set_state(self, state: str) -> None:
        """`warn`, `bad` or an empty text."""
        if self.property("state") != state:
            self.setProperty("state", state)
            repolish(self)

    def set_blocked(self, reason: str) -> None:
        self.setEnabled(not reason)
        explain(self, reason)
        # Qt's own button for the eye: nothing is to be shown while nothing can be typed.
        for eye in self.findChildren(QToolButton):
            eye.setVisible(not reason)

    def _counter(self) -> str:
        return f"{len(self.text())} / {self._maximum}" if self._maximum else ""

    def _recount(self) -> None:
        wide = metrics("small", tabular=True).horizontalAdvance(self._counter())
        self.setTextMargins(0, 0, wide + u(6) if wide else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        counter = self._counter()
        if counter:
            spot = self.rect().adjusted(0, 0, -u(10), 0)
            token = "bad_text" if len(self.text()) > self._maximum else "text3"
            painter = smooth_painter(self)
            draw_text(
                painter,
                spot,
                counter,
                token,
                "small",
                align=Qt.AlignmentFlag.AlignRight,
                tabular=True,
            )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(font("body"))
            if self._eye is not None:
                self._name_eye()
        super().changeEvent(event)

    def clear(self) -> None:
        """Empties it. A secret cannot be brought back by undoing (T80)."""
        # Not Qt's own: that is an edit, and keeps what was there for whoever undoes it.
        self.setText("")

    def _toggle_echo(self) -> None:
        # What was typed unseen, and taken away unseen, is not to be undone in sight.
        spot, text = self.cursorPosition(), self.text()
        self.setText(text)
        self.setCursorPosition(spot)
        is_hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password)
        self._name_eye()

    def _name_eye(self) -> None:
        if self._eye is None:
            return
        is_hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self._eye.setIcon(icon("eye" if is_hidden else "eye-off"))
        self._eye.setText(self.tr("Show password") if is_hidden else self.tr("Hide password"))


class SearchField(QLineEdit):
    """Search as you type: `searched` comes 200 ms after the last key; Esc clears, then leaves."""

    searched = Signal(str)

    def __init__(
        self,
        placeholder: str,
        key_hint: str = "",
        *,
        delay_ms: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key_hint = key_hint
        self.setProperty("small", "true")
        self.setPlaceholderText(shown(placeholder))
        name_aloud(self, placeholder)
        self.setMinimumWidth(u(140))
        self.setMaximumWidth(u(248))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cross = IconButton("x", self.tr("Clear search"), side=22, size=14, parent=self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.hide()
        self._cross.clicked.connect(self.clear)
        self._wait = QTimer(self, singleShot=True, interval=delay_ms)
        self._wait.timeout.connect(self._announce)
        self.textChanged.connect(self._typed)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(u(248), u(30))

    def _place(self) -> None:
        hint = 0
        if self.text():
            hint = u(26)
        elif self._key_hint:
            hint = metrics("caption").horizontalAdvance(self._key_hint) + u(18)
        self.setTextMargins(u(22), 0, hint, 0)
        self._cross.setGeometry(self.width() - u(28), (self.height() - u(22)) // 2, u(22), u(22))

    def _typed(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self._place()
        if text:
            self._wait.start()
        else:
            self._announce()

    def _announce(self) -> None:
        self._wait.stop()
        self.searched.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.clearFocus()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._announce()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(font("body"))
            self.setMaximumWidth(u(248))
            self._place()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = smooth_painter(self)
        paint_icon(painter, "search", "text2", u(10), self.height() / 2 - u(8), 16)
        if self._key_hint and not self.text():
            wide = metrics("caption").horizontalAdvance(self._key_hint) + u(10)
            cap = QRect(self.width() - wide - u(6), (self.height() - u(20)) // 2, wide, u(20))
            fill_rounded(painter, cap.toRectF(), u(4), "sunken")
            draw_text(
                painter,
                cap,
                self._key_hint,
                "text2",
                "caption",
                align=Qt.AlignmentFlag.AlignHCenter,
            )


class NumberField(QSpinBox):
    """A number with minus and plus at its right."""

    def __init__(
        self, name: str, minimum: int = 0, maximum: int = 9_999, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        name_aloud(self, name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFixedWidth(u(132))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state = ""
        self.lineEdit().setFrame(False)
        self._less = IconButton("minus", self.tr("Fewer"), kind="ghost", side=26, parent=self)
        self._more = IconButton("plus", self.tr("More"), kind="ghost", side=26, parent=self)
        for button, step in ((self._less, self.stepDown), (self._more, self.stepUp)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(True)
            button.clicked.connect(step)

    def set_state(self, state: str) -> None:
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(132), u(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        edges = {"warn": "warn_fill", "bad": "bad_fill"}
        edge, width = edges.get(self._state, "field"), 1.0
        if self.hasFocus():
            edge, width = "focus", 2.0
        fill = "field_fill"
        if not self.isEnabled():
            fill, edge = "sunken", "line"
        fill_rounded(painter, self.rect().toRectF(), u(7), fill, edge, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lineEdit().setGeometry(u(9), 1, self.width() - u(67), self.height() - 2)
        top = (self.height() - u(26)) // 2
        self._more.setGeometry(self.width() - u(29), top, u(26), u(26))
        self._less.setGeometry(self.width() - u(57), top, u(26), u(26))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(u(132))
        super().changeEvent(event)


if TYPE_CHECKING:
    _AnyButton = QAbstractButton
else:
    _AnyButton = object  # at run time the mixin stands beside Qt's own class


class _PlainMark(_AnyButton):
    """What a checkbox and a radio button share: a plain label that elides beside a mark of 16."""

    _full: str

    def _set_up(self, text: str) -> None:
        self._full = shown(text)
        name_aloud(self, self._full)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_blocked(self, reason: str) -> None:
        self.setEnabled(not reason)
        explain(self, reason)

    def full_text(self) -> str:
        return self._full

    def hitButton(self, position: object) -> bool:
        del position
        return True

    def sizeHint(self) -> QSize:
        wide = metrics("body").horizontalAdvance(self._full)
        return QSize(u(24) + wide + 2, max(u(20), metrics("body").height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), u(64)), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isEnabled():
            is_cut = self.width() < self.sizeHint().width()
            tell(self, self._full if is_cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        self.draw_mark(painter, QRectF(0, (self.height() - u(16)) / 2, u(16), u(16)))
        spot = self.rect().adjusted(u(24), 0, 0, 0)
        draw_text(painter, spot, self._full, "text" if self.isEnabled() else "text3")

    def draw_mark(self, painter: QPainter, box: QRectF) -> None:
        raise NotImplementedError


class CheckBox(_PlainMark, QCheckBox):
    """A checkbox with a plain label that elides."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(escaped(text), parent)
        self._set_up(text)

    def draw_mark(self, painter: QPainter, box: QRectF) -> None:
        draw_check(painter, box, self.checkState(), enabled=self.isEnabled())


class Radio(_PlainMark, QRadioButton):
    """One of several; the label is plain and elides."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(escaped(text), parent)
        self._set_up(text)

    def draw_mark(self, painter: QPainter, box: QRectF) -> None:
        draw_radio(painter, box, is_on=self.isChecked(), enabled=self.isEnabled())


class Select(QComboBox):
    """A choice from a short list; the closed box is painted, the list is Qt's own."""

    def __init__(
        self,
        name: str,
        choices: list[tuple[str, str]] | None = None,
        *,
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`choices` are (key, text); the key comes back from `key()`."""
        super().__init__(parent)
        name_aloud(self, name)
        self._icon_name = icon_name
        self._reason = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.currentTextChanged.connect(self._tell_rest)
        for key, text in choices or []:
            self.add(key, text)

    def add(self, key: str, text: str) -> None:
        """One choice more; the text is plain and marked."""
        self.addItem(shown(text), key)

    def key(self) -> str:
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def choose(self, key: str) -> None:
        self.setCurrentIndex(max(0, self.findData(key)))

    def set_blocked(self, reason: str) -> None:
        self._reason = reason
        self.setEnabled(not reason)
        explain(self, reason)
        self._tell_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_rest()

    def _tell_rest(self) -> None:
        """The whole choice where the box is too narrow for it."""
        if not self._reason:
            wide = metrics("body").horizontalAdvance(self.currentText())
            has_room = wide <= self.width() - u(40 + (24 if self._icon_name else 0))
            tell(self, "" if has_room else self.currentText())

    def sizeHint(self) -> QSize:
        widths = [metrics("body").horizontalAdvance(self.itemText(i)) for i in range(self.count())]
        return QSize(max(widths, default=u(60)) + u(46) + (u(24) if self._icon_name else 0), u(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), u(96)), u(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        fill, edge = ("hover" if self.underMouse() else "plain"), "line2"
        if not self.isEnabled():
            fill, edge = "sunken", "line"
        fill_rounded(painter, self.rect().toRectF(), u(7), fill, edge)
        inside = self.rect().adjusted(u(10), 0, -u(30), 0)
        middle = self.height() / 2
        if self._icon_name:
            paint_icon(painter, self._icon_name, "text2", inside.x(), middle - u(8), 16)
            inside.adjust(u(24), 0, 0, 0)
        draw_text(painter, inside, self.currentText(), "text" if self.isEnabled() else "text3")
        paint_icon(painter, "chevrons-up-down", "text2", self.width() - u(24), middle - u(7), 14)


class FormField(Snug):
    """Label above, field, hint below; an error takes the hint's place so that nothing jumps."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        hint: str = "",
        is_optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self._label = Label(label, "medium")
        if "&" not in label:
            # A label with a buddy would make a shortcut out of a name's ampersand (T73).
            self._label.setBuddy(field)
        if not field.accessibleName():
            name_aloud(field, label)
        note = Label("", "small", "text2")
        if is_optional:
            note.set_text(QCoreApplication.translate("FormField", "optional"))
        if not is_optional:
            note.hide()
        self._below = Label(hint, "small", "text2", wraps=True)
        # One empty line stays reserved, so that an error moves nothing.
        self._below.setMinimumHeight(metrics("small").height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(u(4))
        layout.addLayout(row(self._label, note, None))
        layout.addWidget(field)
        layout.addWidget(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_label(self, text: str) -> None:
        """Of a field whose meaning depends on another one; it is read aloud so too."""
        self._label.set_text(text)
        name_aloud(self.field, text)

    def set_hint(self, text: str) -> None:
        self._hint = text
        self.clear_problem()

    def set_problem(self, text: str, tone: str = "bad") -> None:
        """Says what is wrong (`bad`) or worth another look (`warn`)."""
        if not text:
            self.clear_problem()
            return
        self._below.set_text(text)
        self._below.set_tone(tone)
        self._mark(tone)
        describe(self.field, text)

    def clear_problem(self) -> None:
        self._below.set_text(self._hint)
        self._below.set_tone("text2")
        self._mark("")
        describe(self.field, self._hint)

    def _mark(self, state: str) -> None:
        if isinstance(self.field, TextField | NumberField):
            self.field.set_state(state)

    def below_text(self) -> str:
        return self._below.full_text()
