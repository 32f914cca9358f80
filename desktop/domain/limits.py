"""Every limit in one place. Sources: threat list section 3; bitwarden/server 2026.8.0."""

from __future__ import annotations

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

# Key derivation: the official clients' floors, and ceilings against a hostile server.
PBKDF2_ITERATIONS_MIN: Final = 5_000
PBKDF2_ITERATIONS_MAX: Final = 2_000_000
PBKDF2_ITERATIONS_ADVISED: Final = 600_000
ARGON2_ITERATIONS_MIN: Final = 2
ARGON2_ITERATIONS_MAX: Final = 10
ARGON2_MEMORY_MIB_MIN: Final = 16
ARGON2_MEMORY_MIB_MAX: Final = 1024
ARGON2_LANES_MIN: Final = 1
ARGON2_LANES_MAX: Final = 16
RSA_BITS_MIN: Final = 2048
RSA_BITS_MAX: Final = 4096

# Answers, decompressed.
RESPONSE_BYTES_LARGE: Final = 512 * MIB
RESPONSE_BYTES_LIST: Final = 64 * MIB
RESPONSE_BYTES: Final = 4 * MIB
RESPONSE_BYTES_ERROR: Final = 64 * KIB
JSON_DEPTH: Final = 64
JSON_INTEGER_DIGITS: Final = 20

# Deadlines in seconds.
CONNECT_TIMEOUT_S: Final = 10.0
READ_TIMEOUT_S: Final = 60.0
REQUEST_DEADLINE_S: Final = 120.0
IMPORT_DEADLINE_S: Final = 300.0
RETRY_AFTER_MAX_S: Final = 300.0

# Names and people.
CLIENT_NAME_MAX: Final = 50
GROUP_NAME_MAX: Final = 100
EMAIL_MAX: Final = 256
INVITE_BATCH: Final = 20
BULK_BATCH: Final = 500
INVITE_LIFETIME_H: Final = 120
EXTERNAL_ID_MAX: Final = 300

# Encrypted lengths, in characters of the EncString.
ENC_NAME_MAX: Final = 1_000
ENC_USERNAME_MAX: Final = 1_000
ENC_TOTP_MAX: Final = 1_000
ENC_PASSWORD_MAX: Final = 5_000
ENC_FIELD_NAME_MAX: Final = 1_000
ENC_FIELD_VALUE_MAX: Final = 5_000
ENC_URI_MAX: Final = 10_000
ENC_NOTES_MAX: Final = 10_000
ENC_CARD_IDENTITY_MAX: Final = 1_000
ENC_SSH_KEY_MAX: Final = 5_000

# Imports.
IMPORT_FILE_BYTES: Final = 100 * MIB
IMPORT_ROWS: Final = 200_000
IMPORT_COLUMNS: Final = 1_000
IMPORT_FIELD_BYTES: Final = 1 * MIB
IMPORT_CHUNK_ITEMS: Final = 2_000
IMPORT_CHUNK_BYTES: Final = 4 * MIB
IMPORT_COLLECTIONS_MAX: Final = 2_000
IMPORT_ARCHIVE_ENTRIES: Final = 2_000
IMPORT_ARCHIVE_BYTES: Final = 512 * MIB
"""Really decompressed, of all entries together."""
IMPORT_ARCHIVE_RATIO: Final = 200
"""Decompressed to compressed, once an entry is past 1 MiB."""
NOTE_SPLIT_BYTES: Final = 7_400
WORKER_ADDRESS_SPACE_BYTES: Final = 1024 * MIB
WORKER_CPU_S: Final = 120
# One certificate, in whatever form.
CA_FILE_BYTES: Final = 64 * KIB

# Text on screen.
SHOWN_LINE: Final = 256
SHOWN_DETAIL: Final = 1_024
SEARCHED: Final = 65_536
SERVER_TEXT_SHOWN: Final = 300


def encrypted_length(plain_bytes: int) -> int:
    """Characters of a type-2 EncString over `plain_bytes` bytes of UTF-8 text."""
    padded = 16 * (plain_bytes // 16 + 1)
    return 2 + 24 + 1 + 4 * ((padded + 2) // 3) + 1 + 44
