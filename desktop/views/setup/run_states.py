"""How the state of a run is said and shown: its word, icon, tone, and the group it is listed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.services.run_types import RunSummary

translate = QCoreApplication.translate

Group = Literal["running", "waiting", "interrupted", "uncertain", "drafts", "done"]
GROUPS: Final[tuple[Group, ...]] = (
    "running",
    "waiting",
    "interrupted",
    "uncertain",
    "drafts",
    "done",
)
MOVING: Final = frozenset({"running", "queued"})
# States in which nothing moves until somebody decides; drafts are asked for on their own.
NEEDS_SOMEBODY: Final = frozenset({"interrupted", "failed", "uncertain"})

_GROUP_OF: Final[dict[str, Group]] = {
    "running": "running",
    "queued": "waiting",
    "interrupted": "interrupted",
    "failed": "interrupted",
    "uncertain": "uncertain",
    "draft": "drafts",
}
_LOOKS: Final = {
    "running": ("loader", "accent"),
    "queued": ("hourglass", "text2"),
    "interrupted": ("circle-pause", "warn"),
    "failed": ("circle-x", "bad"),
    "uncertain": ("circle-question-mark", "warn"),
    "draft": ("file-pen", "text2"),
    "cancelled": ("circle-minus", "text2"),
    "abandoned": ("circle-minus", "text2"),
    "done": ("circle-check", "text2"),
}
UNDONE_LOOK: Final = ("undo-2", "text2")


def state_text(state: str) -> str:
    """What became of a run."""
    words = {
        "done": translate("Run", "Done"),
        "interrupted": translate("Run", "Paused"),
        "cancelled": translate("Run", "Cancelled"),
        "uncertain": translate("Run", "Uncertain"),
        "failed": translate("Run", "Stopped"),
        "draft": translate("Run", "Draft"),
        "queued": translate("Run", "Waits its turn"),
        "abandoned": translate("Run", "Given up"),
    }
    return words.get(state, translate("Run", "Running"))


def group_of(state: str) -> Group:
    """The group of the list a state belongs to; everything that is over is one."""
    return _GROUP_OF.get(state, "done")


def group_text(group: Group) -> str:
    """The word on the group's filter."""
    match group:
        case "running":
            return translate("Run", "Running")
        case "waiting":
            return translate("Run", "Waiting")
        case "interrupted":
            return translate("Run", "Interrupted")
        case "uncertain":
            return translate("Run", "Uncertain")
        case "drafts":
            return translate("Run", "Drafts")
        case "done":
            return translate("Run", "Done")


def summary_text(run: RunSummary) -> str:
    """The state of a run in the list, with its progress where it has begun and not ended."""
    if run.undone_by is not None:
        return translate("Run", "Undone")
    word = state_text(run.state)
    begun = run.state in {"running", "interrupted", "failed", "uncertain"}
    if not begun or not run.total:
        return word
    number = QLocale().toString
    return translate("Run", "{state}, {done} of {all}").format(
        state=word, done=number(run.done), all=number(run.total)
    )


def summary_look(run: RunSummary) -> tuple[str, str]:
    """Icon and tone that go with the words."""
    return UNDONE_LOOK if run.undone_by is not None else state_look(run.state)


def state_look(state: str) -> tuple[str, str]:
    """Icon and tone of a state."""
    return _LOOKS.get(state, _LOOKS["running"])


def moment_text(moment: datetime) -> str:
    """A moment as people say it: the time today, weekday and time this week, else the date."""
    then = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()
    now = QDateTime.currentDateTime()
    locale = QLocale()
    time = locale.toString(then.time(), QLocale.FormatType.ShortFormat)
    days = then.date().daysTo(now.date())
    if days == 0:
        return translate("Run", "Today {time}").format(time=time)
    if days == 1:
        return translate("Run", "Yesterday {time}").format(time=time)
    if 0 < days < 7:
        return f"{locale.toString(then, 'dddd')} {time}"
    return f"{locale.toString(then, 'd MMM yyyy')} {time}"
