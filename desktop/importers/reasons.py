"""Why a row is not simply ready: every key a preview can carry, with the facts it brings.

Views hold one sentence per key. Facts are field names, counts, row numbers and names safe to
show; never a secret.
"""

from __future__ import annotations

from typing import Final

# Adjusted: nothing is lost, something was put into another form.
ENTITIES_DECODED: Final = "entities_decoded"  # fields: the columns, count: values changed
NOTES_SPLIT: Final = "notes_split"  # parts: items made of one row
NAME_MADE: Final = "name_made"  # name: what the item is called now
NAME_SHORTENED: Final = "name_shortened"  # full name stands on top of the notes
URI_SCHEME_ADDED: Final = "uri_scheme_added"  # count
URI_ANDROID: Final = "uri_android"  # count: android:// became androidapp://
TOTP_TIDIED: Final = "totp_tidied"  # blanks and dashes removed, upper case
BECAME_NOTE: Final = "became_note"  # a login with nothing to log in with
FIELD_TO_NOTES: Final = "field_to_notes"  # field: too long or of several lines
LINES_GLUED: Final = "lines_glued"  # count: physical lines that make this row
CELLS_MISSING: Final = "cells_missing"  # missing: cells the row is short of
CELLS_EXTRA: Final = "cells_extra"  # extra: cells without a heading, kept in notes
FOLDER_CLEANED: Final = "folder_cleaned"  # folder: the path now
FOLDER_SHORTENED: Final = "folder_shortened"  # folder: the path now; full path in notes
ARCHIVED: Final = "archived"  # was archived; the date is kept as a field
SSH_KEPT_AS_NOTE: Final = "ssh_kept_as_note"  # the key has a form clients cannot use
FIELDS_REJOINED: Final = "fields_rejoined"  # count: lines joined to the field before them
MARKUP_TO_TEXT: Final = "markup_to_text"  # notes in HTML became text
WAS_IN_PORTAL: Final = "was_in_portal"  # the end client could see it
KIND_UNKNOWN: Final = "kind_unknown"  # kind: what the file calls it; read as a login
CELL_UNREADABLE: Final = "cell_unreadable"  # field: kept as it stands
APOSTROPHE_REMOVED: Final = "apostrophe_removed"  # the guard that spreadsheets need

# Loses something.
TOTP_INVALID: Final = "totp_invalid"  # kept as a hidden field
TOTP_COUNTER: Final = "totp_counter"  # counter-based codes, kept as a hidden field
TOTP_TOO_LONG: Final = "totp_too_long"  # kept as a hidden field
VALUE_MOVED: Final = "value_moved"  # field: too long for its place, to: "field" or "notes"
URI_TO_NOTES: Final = "uri_to_notes"  # count
SSH_KEY_TOO_LONG: Final = "ssh_key_too_long"  # became a secure note
BLOCK_SPLIT: Final = "block_split"  # a key block longer than a note, cut inside
PASSKEY_AS_FIELD: Final = "passkey_as_field"  # count: kept as hidden fields
ATTACHMENTS_LEFT_OUT: Final = "attachments_left_out"  # count
HISTORY_SHORTENED: Final = "history_shortened"  # count: older passwords, kept as hidden fields
FOLDER_UNKNOWN: Final = "folder_unknown"  # count: places the file names but does not hold
TYPE_BECAME_NOTE: Final = "type_became_note"  # type: its number in the file
FIELD_TYPE_UNKNOWN: Final = "field_type_unknown"  # field: kept as a hidden field

# Left out, and said so.
EMPTY_ROW: Final = "empty_row"
HEADER_AGAIN: Final = "header_again"
ITEM_UNREADABLE: Final = "item_unreadable"  # problem: short technical fact
BAD_TEXT: Final = "bad_text"  # half a character that no encoding can hold
IN_TRASH: Final = "in_trash"
BROWSER_KEYS: Final = "browser_keys"  # keys of the browser's own account
FOLDER_ROW: Final = "folder_row"  # only names a folder; its items name it too
SAME_AS_ROW: Final = "same_as_row"  # first: number of the row it repeats

# Ready, and worth knowing.
SHARED_AS: Final = "shared_as"  # rights: what those it was shared with might do
MARKUP_KEPT: Final = "markup_kept"  # notes in HTML that text could not say
ENTITIES_KEPT: Final = "entities_kept"  # count: looks like entities, but the file is not escaped

ALL: Final = frozenset(
    value for name, value in dict(vars()).items() if name.isupper() and isinstance(value, str)
)
