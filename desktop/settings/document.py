"""One JSON file of settings: read with forgiveness, written whole, foreign keys kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from desktop.settings.files import DISK, Disk, read_private, set_aside, write_private

DOCUMENT_BYTES_MAX: Final = 1024 * 1024


def read_document(path: Path) -> dict[str, Any] | None:
    """The object in `path`; None if there is none or it cannot be read as an object.

    A broken file is moved aside (`<stem>.broken-<n>.json`), so that nothing in it is lost to the
    next save. Raises ProfileUnsafe, StorageFailed.
    """
    try:
        data = read_private(path, DOCUMENT_BYTES_MAX)
        if data is None:
            return None
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        set_aside(path)
        return None


def write_document(path: Path, document: dict[str, Any], *, disk: Disk = DISK) -> None:
    """Replaces `path`, indented and in key order as given. ProfileUnsafe, StorageFailed."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2)
    write_private(path, text + b"\n", disk=disk)
