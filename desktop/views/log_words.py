"""Sentences for the local log, by what it noted. What a newer version noted shows as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.views.text import SafeText, isolated

translate = QCoreApplication.translate
Facts = Mapping[str, str]
_LINK_SHOWN = 16
"""So many hexadecimal digits tell two links apart."""


@dataclass(frozen=True)
class LogWording:
    """How one kind of entry is told."""

    sentence: Callable[[], str]
    icon: str
    tone: str = "neutral"


class _Facts(dict[str, str]):
    def __missing__(self, _key: str) -> str:
        return "?"


LOGGED: dict[str, LogWording] = {
    "signed_in": LogWording(lambda: translate("LocalLog", "Signed in"), "log-in"),
    "authority_accepted": LogWording(
        lambda: translate("LocalLog", "Accepted a certificate authority for this server"),
        "shield-alert",
        "warn",
    ),
    "signed_out": LogWording(lambda: translate("LocalLog", "Signed out"), "log-out"),
    "unlocked": LogWording(lambda: translate("LocalLog", "Unlocked"), "lock-open"),
    "unlocked_by_link": LogWording(
        lambda: translate("LocalLog", "Unlocked together with another connection"), "lock-open"
    ),
    "linked": LogWording(
        lambda: translate("LocalLog", "From now on another connection opens this one too"), "link"
    ),
    "unlinked": LogWording(
        lambda: translate("LocalLog", "No other connection opens this one any more"), "unlink"
    ),
    "opens_other": LogWording(
        lambda: translate("LocalLog", "From now on this connection opens another one too"), "link"
    ),
    "opens_no_more": LogWording(
        lambda: translate("LocalLog", "This connection does not open another one any more"),
        "unlink",
    ),
    "links_ended": LogWording(
        lambda: translate(
            "LocalLog", "The password or key changed: no connection opens together with this one"
        ),
        "unlink",
    ),
    "locked": LogWording(lambda: translate("LocalLog", "Locked"), "lock"),
    "vault_accessed": LogWording(
        lambda: translate("LocalLog", "Opened the client; its own event log has an entry"),
        "folder-open",
    ),
    "opened_offline": LogWording(
        lambda: translate("LocalLog", "Opened the client without a connection"), "cloud-off"
    ),
    "items_read_back": LogWording(
        lambda: translate("LocalLog", "Read back the items of our own import"), "eye"
    ),
    "run_planned": LogWording(lambda: translate("LocalLog", "Planned a run"), "list-checks"),
    "run_drafted": LogWording(lambda: translate("LocalLog", "Kept a draft"), "notebook-pen"),
    "run_done": LogWording(lambda: translate("LocalLog", "A run ended, all done"), "circle-check"),
    "run_failed": LogWording(
        lambda: translate("LocalLog", "A run stopped at a step that failed"), "circle-x", "bad"
    ),
    "run_interrupted": LogWording(
        lambda: translate("LocalLog", "A run was interrupted"), "circle-pause", "warn"
    ),
    "run_uncertain": LogWording(
        lambda: translate("LocalLog", "A run stopped: nobody can tell what arrived"),
        "circle-question-mark",
        "warn",
    ),
    "run_cancelled": LogWording(lambda: translate("LocalLog", "A run was cancelled"), "ban"),
    "run_abandoned": LogWording(lambda: translate("LocalLog", "A run was given up"), "ban"),
    "run_queued": LogWording(lambda: translate("LocalLog", "A run waits for its turn"), "clock"),
    "step_skipped": LogWording(
        lambda: translate("LocalLog", "Left out a step of a run"), "skip-forward", "warn"
    ),
    "chunk_sent_again": LogWording(
        lambda: translate("LocalLog", "Sent an uncertain part of an import once more"),
        "repeat",
        "warn",
    ),
    "report_saved": LogWording(
        lambda: translate("LocalLog", "Saved the report of a run ({kind})"), "file-down"
    ),
    "support_saved": LogWording(
        lambda: translate("LocalLog", "Saved a support bundle"), "life-buoy"
    ),
    "table_saved": LogWording(
        lambda: translate("LocalLog", "Saved a table of {rows} rows"), "file-down"
    ),
    "log_exported": LogWording(
        lambda: translate("LocalLog", "Exported this log: records {records}, last link {link}"),
        "download",
    ),
    "keys_accepted": LogWording(
        lambda: translate("LocalLog", "Accepted the keys of the provider and its clients: {keys}"),
        "key-round",
    ),
    "key_accepted": LogWording(
        lambda: translate("LocalLog", "Accepted the key {fingerprint}"), "key-round"
    ),
    "key_changed": LogWording(
        lambda: translate("LocalLog", "Another key turned up: {before} → {now}"),
        "shield-alert",
        "bad",
    ),
    "key_change_accepted": LogWording(
        lambda: translate("LocalLog", "Accepted a changed key: {before} → {now}"),
        "key-round",
        "warn",
    ),
    "kdf_accepted": LogWording(
        lambda: translate("LocalLog", "Accepted weaker key settings: {before} → {now}"),
        "shield-alert",
        "warn",
    ),
    "salt_accepted": LogWording(
        lambda: translate("LocalLog", "Accepted another salt for the password"),
        "shield-alert",
        "warn",
    ),
    "client_forgotten": LogWording(
        lambda: translate("LocalLog", "Forgot the client on this computer"), "eraser"
    ),
}


def log_sentence(what: str, facts: Facts) -> str:
    """What was done as one sentence."""
    wording = LOGGED.get(what)
    if wording is None:
        return SafeText(
            translate("LocalLog", "Noted by another version: {what}").format(what=isolated(what))
        )
    filled = _Facts(
        {
            name: isolated(value[:_LINK_SHOWN] if name == "link" else value)
            for name, value in facts.items()
        }
    )
    return SafeText(wording.sentence().format_map(filled))


def log_look(what: str) -> tuple[str, str]:
    """Icon and tone."""
    wording = LOGGED.get(what)
    return ("circle-question-mark", "neutral") if wording is None else (wording.icon, wording.tone)
