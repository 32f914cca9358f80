"""One net under all others (T84, T100): nothing secret lies anywhere, names only where allowed.

`listening` notes what is secret while tests run in this process: every key that a session takes in,
every token, every password that a practice server told. `Sweep` then searches folders, the command
lines and environments of the programs that ours started, and what went to the clipboard.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final
from urllib.parse import quote

import pytest

from desktop.api.link import Reply
from desktop.api.tokens import AccessToken
from desktop.api.wire import Wire
from desktop.crypto.secret import KeyRegistry, SecretBytes
from desktop.settings.connections import CONNECTIONS_FILE, FORMER_FILE
from desktop.settings.profile import LOCK_FILE

#: secrets of the items that tests import; each in the file they made for it, and nowhere else
ITEM_SECRETS: Final = (b"secret-7", b"kan4rie", b"not a secret!")
_IMPORT_HEAD: Final = b"url,username,password"
_WORD: Final = 8
# A needle of this length holds an aligned word wherever it lies.
_LONG: Final = 2 * _WORD - 1
_NAMES: Final = re.compile(
    rb"[A-Za-z0-9._+-]{2,}@[a-z0-9-]{2,}\.(?:example|com|org)\b|Havenlicht IT|Client's Organization"
    rb"|Client [a-z]{2,}[a-z0-9]{2,}|Sales/Contracts|Alice Vermeer|Olga Brandsma"
)
# A practice server plays everybody, so what it keeps for the next time holds everybody's secrets.
_SERVER_FILE: Final = "people.json"
_CLEAR: Final = frozenset({CONNECTIONS_FILE, FORMER_FILE})


@dataclass
class Heard:
    """What is secret in this process so far, and what left it by other ways than the network."""

    keys: set[bytes] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    started: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    is_on: bool = True


def _is_ours(frame: FrameType | None) -> bool:
    """Whether our program is among the callers: what tests start themselves is their own affair."""
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith("desktop."):
            return True
        frame = frame.f_back
    return False


@contextmanager
def listening() -> Iterator[Heard]:
    """Notes keys, tokens and started programs until the end of the block."""
    heard = Heard()

    def audit(event: str, given: tuple[Any, ...]) -> None:
        if heard.is_on and event == "subprocess.Popen" and _is_ours(sys._getframe(1)):
            _program, words, _folder, variables = given
            heard.started.append(
                repr((words, dict(os.environ if variables is None else variables)))
            )

    add, adopt = KeyRegistry.add, Wire.adopt

    def noted_add(self: KeyRegistry, secret: Any) -> Any:
        if isinstance(secret, SecretBytes) and not secret.is_wiped:
            heard.keys.add(bytes(secret.view()))
        return add(self, secret)

    def noted_adopt(self: Wire, reply: Reply) -> AccessToken:
        token = adopt(self, reply)
        heard.tokens |= {token.text, self.refresh_token or token.text}
        return token

    # An audit hook stays for the life of the process: it listens no more, that is all.
    sys.addaudithook(audit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeyRegistry, "add", noted_add)
        patch.setattr(Wire, "adopt", noted_adopt)
        yield heard
    heard.is_on = False


def forms(secret: bytes) -> Iterator[bytes]:
    """As it is, and as it could stand in a text; also where more of it follows."""
    # The last character of base64 holds bits of what follows.
    whole = len(secret) * 8 // 6
    yield secret
    yield base64.b64encode(secret)[:whole]
    yield base64.urlsafe_b64encode(secret)[:whole]
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    yield quote(secret, safe="").encode()
    yield repr(secret)[2:-1].encode()


def halves(key: bytes) -> tuple[bytes, ...]:
    """A long key is found by each half of it: either would do harm."""
    middle = len(key) // 2
    return (key[:middle], key[middle:]) if len(key) >= 64 else (key,)


class Sweep:
    """Searches for many secrets at once: in one pass over the words of eight bytes of a file.

    It learns what was heard since the last look; `passwords` may grow as well.
    """

    def __init__(self, heard: Heard, passwords: Collection[str] = ()) -> None:
        self.heard = heard
        self._passwords = passwords
        self._known: set[bytes] = set()
        self._words: dict[int, list[bytes]] = {}
        self._names: dict[bytes, str] = {}
        self._short: list[bytes] = []

    def learn(self) -> None:
        """Takes in what was heard since the last time."""
        for key in self.heard.keys - self._known:
            self._known.add(key)
            for part in halves(key):
                self._add("a key", part)
        for name, texts in (("a token", self.heard.tokens), ("a password", self._passwords)):
            for secret in {text.encode() for text in texts} - self._known:
                self._known.add(secret)
                self._add(name, secret)
                if name == "a password":
                    self._add(name, secret.decode().encode("utf-16-le"))

    def _add(self, name: str, secret: bytes) -> None:
        for form in forms(secret):
            if len(form) < _WORD or form in self._names:
                continue
            self._names[form] = name
            if len(form) < _LONG:
                self._short.append(form)
                continue
            for begin in range(_WORD):
                word = int.from_bytes(form[begin : begin + _WORD], sys.byteorder)
                self._words.setdefault(word, []).append(form)

    def secrets_in(self, data: bytes) -> set[str]:
        """What of it is there, of all that was learnt: "a key", "a token", "a password"."""
        found = {self._names[form] for form in self._short if form in data}
        words = memoryview(data)[: len(data) // _WORD * _WORD].cast("Q")
        if not self._words.keys().isdisjoint(words):
            for word in self._words.keys() & set(words):
                found |= {self._names[form] for form in self._words[word] if form in data}
        return found

    def folder(self, folder: Path) -> list[str]:
        """Complaints about everything below `folder`; what of it is a profile is judged as one."""
        self.learn()
        complaints = []
        profiles = {path.parent for path in folder.rglob(LOCK_FILE)}
        servers = {path.parent for path in folder.rglob(_SERVER_FILE)}
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not path.is_file() or servers.intersection(path.parents):
                continue
            try:
                data = path.read_bytes()
            except FileNotFoundError:  # of a server that is still at work
                continue
            is_kept = any(parent in profiles for parent in path.parents)
            told = self._file(path.name, data, is_kept=is_kept)
            complaints += [f"{path.relative_to(folder)}: {one}" for one in told]
        return complaints

    def _file(self, name: str, data: bytes, *, is_kept: bool) -> Iterator[str]:
        data = _without_practice_card(name, data)
        yield from sorted(self.secrets_in(data))
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for inner in packed.namelist():
                    yield from self._file(f"{name}/{inner}", packed.read(inner), is_kept=is_kept)
        is_input = data.startswith(_IMPORT_HEAD)
        for secret in ITEM_SECRETS if not is_input else ():
            if secret in data:
                yield f"the secret of an item, {secret.decode()}"
        if is_kept:
            yield from (f"the name {one!r}" for one in names_in(name, data))

    def texts(self, texts: Iterable[str], *, names: bool) -> list[str]:
        """Complaints about lines that left the process otherwise; `names` says if these may be."""
        self.learn()
        complaints = []
        for text in texts:
            data = text.encode("utf-8", "surrogatepass")
            told = sorted(self.secrets_in(data)) + [
                one.decode() for one in ITEM_SECRETS if one in data
            ]
            if not names:
                told += [repr(one) for one in _NAMES.findall(data)]
            complaints += [f"{one} in {text[:80]!r}" for one in told]
        return complaints


def _without_practice_card(file: str, data: bytes) -> bytes:
    """What a walk read from the screens, but for the one that tells the practice account's password
    to whoever practises: nothing real is behind it.
    """
    if not file.startswith("findings-"):
        return data
    read = json.loads(data)
    read.get("texts", {}).pop("start: practise", None)
    return json.dumps(read, ensure_ascii=False).encode("utf-8", "surrogatepass")


def names_in(file: str, data: bytes) -> set[bytes]:
    """Names that a file of a profile may not hold in clear (T83).

    The list of connections may hold what is needed before the unlock: the account's own e-mail
    address, an accepted salt, which may be another one, the label and the server's addresses.
    """
    found = set(_NAMES.findall(data))
    if found and file in _CLEAR:
        told = json.loads(data)["connections"]
        allowed = " ".join(str(one.get(key)) for one in told for key in ("email", "label", "salt"))
        found = {one for one in found if one.decode() not in allowed}
    return found


def swept(sweep: Sweep, folder: Path) -> list[str]:
    """All complaints there are."""
    return [
        *sweep.folder(folder),
        *sweep.texts(sweep.heard.started, names=False),
        *sweep.texts(sweep.heard.copied, names=True),
    ]
