"""Steps of a report as the run list shows them: state, what went wrong, what a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.services.run_types import GIVEN_UP, LISTING, SENT_AGAIN
from desktop.views.setup.grouping import group_title
from desktop.views.text import SafeText, isolated, shown
from desktop.views.widgets.rail import RailStep
from desktop.views.widgets.runlist import RunStep
from desktop.views.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.services.run_types import RunReport, StepOutcome

translate = QCoreApplication.translate
_STATES: Final = {
    "PLANNED": "open",
    "SENT": "now",
    "UNKNOWN": "unknown",
    "DONE": "done",
    "FAILED": "failed",
    "SKIPPED": "skipped",
}
SETTLED: Final = frozenset({"done", "skipped"})


def state_of(state: str, *, is_moving: bool) -> str:
    """The list's word for the journal's. Of a run at work a planned step that is told of is the
    one that is being made ready; while nothing moves, what was sent waits and turns no ring.
    """
    if is_moving and state == "PLANNED":
        return "now"
    found = _STATES.get(state, "now" if is_moving else "open")
    return "waiting" if found == "now" and not is_moving else found


def shown_step(step: StepOutcome, *, is_moving: bool, is_decided: bool = True) -> RunStep:
    """One line of the list. `is_decided` False: it is asked about elsewhere, and offers nothing."""
    state = _STATES.get(step.state, "open")
    if state == "now" and not is_moving:
        state = "waiting"
    words = " ".join((*step.say.facts.values(), *step.facts.values()))
    return RunStep(
        step.key,
        say(step.say),
        state,
        "",
        _problem(step, state),
        words,
        has_choices=is_decided and not _is_out_of_reach(step),
    )


def rail_of(steps: Mapping[str, RunStep], group_of: Mapping[str, str]) -> list[RailStep]:
    """The groups of a plan with how far each is; both mappings are by step key."""
    groups: dict[str, list[RunStep]] = {}
    for key, step in steps.items():
        groups.setdefault(group_of.get(key, "people"), []).append(step)
    return [_rail_step(key, steps) for key, steps in groups.items()]


def _rail_step(key: str, steps: list[RunStep]) -> RailStep:
    done = sum(step.state in SETTLED for step in steps)
    states = {step.state for step in steps}
    state = "open"
    if states & {"failed", "unknown"}:
        state = "warn"
    elif done == len(steps):
        state = "done"
    elif done or states & {"now", "waiting"}:
        state = "now"
    number = QLocale().toString
    note = translate("Run", "{done} of {all}").format(done=number(done), all=number(len(steps)))
    return RailStep(key, group_title(key), note, state)


def is_half_made(report: RunReport) -> bool:
    """A client lacks something and nothing was planned yet to add it; also after a restart."""
    lacks = any(note.key == "note.half_made" for note in report.notes)
    return lacks and not any(step.key.startswith("complete.") for step in report.steps)


def left_out_text(facts: Mapping[str, str]) -> str:
    """Why a step was skipped: by a person, with what it needs, or for a second delivery."""
    if SENT_AGAIN in facts:
        return translate("Run", "Sent again as a delivery of its own; see below.")
    if "needs" in facts:
        return translate("Run", "Left out, as a step that it needs was left out.")
    if GIVEN_UP in facts:
        return translate("Run", "Left out: the rest of the run was given up.")
    reason = facts.get("reason", "")
    if not reason:
        return ""
    return SafeText(translate("Run", "Left out: {reason}").format(reason=isolated(reason)))


def _is_out_of_reach(step: StepOutcome) -> bool:
    """Reading back where the server lists no items: asking again changes nothing."""
    return step.state == "UNKNOWN" and LISTING in step.facts


def _problem(step: StepOutcome, state: str) -> str:
    match state:
        case "skipped":
            return left_out_text(step.facts)
        case "unknown":
            return _unclear(step)
        case "waiting" if step.state == "SENT":
            return translate("Run", "Sent. It is read back when the run goes on.")
        case "failed":
            return _failure(step)
        case _:
            return ""


def _unclear(step: StepOutcome) -> str:
    if LISTING in step.facts:
        return translate("Run", "The server lists no items to you, so nothing was read back.")
    if step.kind == "import_items" and step.problem == "Uncertain":
        return translate("Run", "Sent once. Nobody can tell whether it arrived; see above.")
    return translate(
        "Run", "Whether this step happened is not known. Claviger looks before it sends again."
    )


def _failure(step: StepOutcome) -> str:
    match step.problem:
        case "ChangedSince":
            return translate("Run", "Someone changed this meanwhile. Nothing was overwritten.")
        case "AlreadyThere":
            return translate(
                "Run", "Someone made one of this name meanwhile. No second one was made."
            )
        case "NotAllowed":
            return translate("Run", "Your role does not allow this step. It changed nothing.")
        case "Refused":
            return translate("Run", "The server refused this step. It changed nothing.")
        case "Shortfall":
            rows = shown(step.facts.get("rows", "").replace(",", ", "))
            return translate("Run", "Not found in the vault: rows {rows}.").format(rows=rows)
        case _:
            return translate(
                "Run", "This step did not succeed; nothing that needs it was sent. See above."
            )
