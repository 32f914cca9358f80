"""Moments as the language of the window writes them; imports nothing of ours, for the start."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QDate, QDateTime, QLocale

_WEEK: Final = 7


def local_time(moment: datetime) -> QDateTime:
    """On this computer's clock."""
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()


def clock_time(moment: datetime) -> str:
    """The time of day on this computer's clock."""
    return QLocale().toString(local_time(moment).time(), QLocale.FormatType.ShortFormat)


def moment_text(moment: datetime) -> str:
    """Date and time in a sentence, with the weekday of the last seven days; kept on one line."""
    day = local_time(moment).date()
    today = QDate.currentDate()
    pattern = "d MMM" if day.year() == today.year() else "d MMM yyyy"
    if 0 <= day.daysTo(today) < _WEEK:
        pattern = f"ddd {pattern}"
    return f"{QLocale().toString(day, pattern)} {clock_time(moment)}".replace(" ", "\u00a0")


def short_moment(moment: datetime) -> str:
    """The time of today, else the day alone: for the end of a line."""
    then = local_time(moment)
    today = QDate.currentDate()
    if then.date() == today:
        return clock_time(moment)
    pattern = "d MMM" if then.date().year() == today.year() else "d MMM yyyy"
    return QLocale().toString(then.date(), pattern).replace(" ", "\u00a0")
