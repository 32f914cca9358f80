"""Two hundred names that want to be something else, and what a person may see of them (T70 to T77).

A name is text: it may hold whatever a server, a client or a file puts into it. None of these may
act as markup, as a shortcut, as a direction mark or as a second line.
"""

from __future__ import annotations

import re
from typing import Final

PROBE: Final = "file:///tmp/claviger-probe.png"
"""Where the pictures of the markup lie; tests that watch a real one put its address here."""

# What `desktop.domain.shown` turns into visible marks. Our own isolates are allowed here, because
# names stand in them; that a foreign one is marked is asked of each text by itself.
HIDDEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2067\u3164\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)

_C0 = [chr(code) for code in range(0x20)]
_C1 = [chr(code) for code in range(0x7F, 0xA0)]
_INVISIBLE = [
    *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2060, 0x2065)), *map(chr, range(0x2066, 0x206A)),
    "\u061c", "\ufeff", "\u00ad", "\u034f", "\u115f", "\u1160", "\u3164", "\u2028", "\u2029",
    "\ufff9", "\ufffb", "\ufffe", "\uffff",
]  # fmt: skip
_TAGS = [chr(0xE0000 + code) for code in (1, 0x20, 0x30, 0x41, 0x5A, 0x61, 0x7A, 0x7E, 0x7F)]
_MARKUP = (
    '<img src="{probe}">', "<img src={probe}>", "<IMG SRC='{probe}'/>", '<img src="//host/share">',
    '<img src="http://127.0.0.1:9/x.png">', '<a href="{probe}">open</a>', "<b>bold</b>",
    '<style>*{{background:url("{probe}")}}</style>', '<link rel="stylesheet" href="{probe}">',
    '<body background="{probe}">', '<table background="{probe}"><tr><td>x</table>',
    '<p style="background-image:url({probe})">p', "<h1>Install the update now</h1>", "<br><hr>",
    '<font size="99">big</font>', "<!-- comment -->", "<![CDATA[x]]>", '<svg onload="x">',
    "&lt;img src={probe}&gt;", "&#60;img src={probe}&#62;", "<qt><img src={probe}></qt>",
    '<html><img src="{probe}"></html>', "<object data={probe}>", "![x]({probe})", "<{probe}>",
    '"><img src={probe}>', "' onerror='x", "<plaintext>", "<pre>\n<img src={probe}>", "<s>struck",
)  # fmt: skip
_SHORTCUTS = (
    "R&D", "&Delete", "A&&B", "&", "&&", "&&&", "Tom & Jerry", "x&", "&amp;", "\t&File", "&1",
    "R&D\tCtrl+Q", "Ctrl+Q", "A&\u0301B", "&\u200bB",
)  # fmt: skip
_SPOOFS = (
    "\u202egnp.exe", "Acme\u202e)denifnoc(", "\u2066Acme\u2069\u2069 Ltd", "\u2069\u2069Acme",
    "Acme\u2068", "\u200fAcme", "\u0410\u0441me", "Acme\u200b", "Acme\u00a0Ltd",
    "\u2800Acme", "\u180eAcme", "\u206aAcme", "\u2067rtl\u200b\u2069",
    "pay\u00adpal", "\u05d0\u05d1\u05d2 \u202d123", "Acme \u2028 Ltd", "A\u3164me",
)  # fmt: skip
_SHAPES = (
    "line\n" * 500, "a" * 3_000, "W" * 300, "\r\n\r\n", " ", "\u00a0", "a" + "\u0301" * 60,
    "\u0301x", "\u0488" * 20, "x\ty\tz", "\x1b[31mred", "e\u0301" * 300,
    "\U0001f468\u200d\U0001f469", "\ufdfd" * 40, "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3",
    "../../x", "C:\\x\\..\\y",
    "{name}", "{0}", "{name!r:>999}", "%1 %n %Ln", "%s%s%n", "${HOME}", "$(id)", "CON", "a/b/c",
    "\ud800", "\udfff\ud800", "x\x00y",
)  # fmt: skip


def hostile(probe: str = PROBE) -> tuple[str, ...]:
    """All of them, in a fixed order; `probe` is the address their markup asks for."""
    return (
        *(f"Ac{one}me" for one in (*_C0, *_C1, *_INVISIBLE, *_TAGS)),
        *(one.format(probe=probe) for one in _MARKUP),
        *_SHORTCUTS,
        *_SPOOFS,
        *_SHAPES,
    )


def is_storable(text: str) -> bool:
    """Whether a server could hand it out: half a character is no UTF-8."""
    return not any("\ud800" <= one <= "\udfff" for one in text)
