"""The export that practice starts with: a small company's LastPass file, with four planted flaws.

Every name, address and secret in it is made up by the arithmetic below.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Sequence
from typing import Final, NamedTuple

_HEADING: Final = ("url", "username", "password", "totp", "extra", "name", "grouping", "fav")
_NOTE_URL: Final = "http://sn"
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz"
_SIGNS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+=?*-_"
_MODULUS: Final = 2**61 - 1


class _Folder(NamedTuple):
    path: str
    services: tuple[tuple[str, str], ...]


_FOLDERS: Final = (
    _Folder(
        "Administratie",
        (
            ("Exact Online", "https://start.exactonline.nl/docs/Login.aspx"),
            ("Twinfield", "https://login.twinfield.com/"),
            ("Moneybird", "https://moneybird.com/login"),
            ("Visma eAccounting", "https://eaccounting.vismaonline.com/"),
            ("Basecone", "https://login.basecone.com/"),
            ("SnelStart", "https://web.snelstart.nl/"),
        ),
    ),
    _Folder(
        "Administratie\\Banken",
        (
            ("Rabobank Zakelijk", "https://bankieren.rabobank.nl/"),
            ("ING Zakelijk", "https://mijnzakelijk.ing.nl/login"),
            ("ABN AMRO", "https://www.abnamro.nl/mijn-abnamro"),
            ("Mollie", "https://my.mollie.com/dashboard/login"),
            ("Adyen", "https://ca-live.adyen.com/"),
        ),
    ),
    _Folder(
        "Algemeen",
        (
            ("Microsoft 365", "https://login.microsoftonline.com/"),
            ("Google Workspace", "https://accounts.google.com/signin"),
            ("Zoom", "https://zoom.us/signin"),
            ("PostNL Zakelijk", "https://jouw.postnl.nl/"),
            ("KPN Zakelijk", "https://mijn.kpn.com/zakelijk"),
            ("Eneco", "https://mijn.eneco.nl/"),
        ),
    ),
    _Folder(
        "Directie",
        (
            ("KVK", "https://mijn.kvk.nl/"),
            ("Belastingdienst", "https://mijn.belastingdienst.nl/zakelijk"),
            ("LinkedIn", "https://www.linkedin.com/login"),
            ("DocuSign", "https://account.docusign.com/"),
        ),
    ),
    _Folder(
        "HR",
        (
            ("AFAS Profit", "https://login.afasonline.com/"),
            ("Nmbrs", "https://www.nmbrs.nl/login"),
            ("Indeed", "https://secure.indeed.com/account/login"),
            ("Arbodienst", "https://portaal.arbo.example/inloggen"),
        ),
    ),
    _Folder(
        "ICT\\Netwerk",
        (
            ("Switch", "https://10.10.{n}.2/"),
            ("Firewall", "https://10.10.{n}.1:4443/"),
            ("Access point", "https://10.10.{n}.20/"),
            ("UniFi", "https://unifi.ui.com/"),
            ("TransIP", "https://www.transip.nl/cp/"),
        ),
    ),
    _Folder(
        "ICT\\Servers",
        (
            ("Fileserver", "https://10.20.{n}.10/"),
            ("Synology NAS", "https://10.20.{n}.30:5001/"),
            ("Proxmox", "https://10.20.{n}.40:8006/"),
            ("Veeam", "https://10.20.{n}.50:9443/"),
            ("Printer", "https://10.20.{n}.60/"),
        ),
    ),
    _Folder(
        "Inkoop",
        (
            ("Coolblue Zakelijk", "https://www.coolblue.nl/inloggen"),
            ("Bol Zakelijk", "https://login.bol.com/"),
            ("Staples", "https://www.staples.nl/"),
            ("Office Centre", "https://www.officecentre.nl/account"),
            ("Technische Unie", "https://www.technischeunie.nl/inloggen"),
        ),
    ),
    _Folder(
        "Marketing",
        (
            ("Mailchimp", "https://login.mailchimp.com/"),
            ("Canva", "https://www.canva.com/login"),
            ("WordPress", "https://www.vandijk-techniek.example/wp-admin"),
            ("Meta Business", "https://business.facebook.com/"),
            ("Google Ads", "https://ads.google.com/"),
        ),
    ),
    _Folder(
        "Sales",
        (
            ("Teamleader", "https://focus.teamleader.eu/"),
            ("HubSpot", "https://app.hubspot.com/login"),
            ("Pipedrive", "https://app.pipedrive.com/auth/login"),
            ("Offerte-tool", "https://offertes.vandijk-techniek.example/"),
        ),
    ),
)
_PEOPLE: Final = (
    *("anouk", "bart", "carla", "daan", "eva", "fleur", "gijs", "hanna", "inge", "joris"),
    *("karin", "lars", "maaike", "niels", "olga", "pieter", "quinten", "roos", "sjoerd", "tess"),
)
_PLACES: Final = (
    *("Utrecht", "Breda", "Zwolle", "Leiden", "Almere", "Assen", "Venlo", "Goes", "Delft", "Ede"),
)
_REMARKS: Final = (
    "Contract loopt tot 31-12, opzegtermijn 3 maanden.",
    "Shared by the front office. Ask Karin before changing it.",
    "Klantnummer {number}\nTelefoon helpdesk: 088 000 {number}",
    "Renewed in March; invoice goes to administratie@vandijk-techniek.example.",
    "Alleen via VPN bereikbaar.\nBeheer: ICT",
)


class _Numbers:
    """A fixed sequence of numbers; the same on every machine and Python."""

    def __init__(self) -> None:
        self._state = 20_261_122

    def below(self, limit: int) -> int:
        self._state = self._state * 6_364_136_223_846_793_005 % _MODULUS
        return (self._state >> 20) % limit

    def pick(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]


def sample_lastpass_export(rows: int = 1200, *, flaws: bool = True) -> bytes:
    """A LastPass export of `rows` rows (at least 20), always the same bytes.

    With `flaws`: one row escaped as HTML and one with a note of 18 KB (adjusted), one with a
    one-time secret that is none (loses something), one that repeats another (left out). The
    rest is ready as it is; the file holds no other "&", so that the escaping can be told.
    """
    if rows < 20:
        raise ValueError(rows)
    numbers = _Numbers()
    table = [_row(number, numbers) for number in range(rows)]
    if flaws:
        _plant(table)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADING)
    writer.writerows(table)
    return text.getvalue().encode()


def _row(number: int, numbers: _Numbers) -> list[str]:
    if number % 24 == 7:
        return _note(number, numbers)
    folder = _FOLDERS[number % len(_FOLDERS)]
    service, url = folder.services[number // len(_FOLDERS) % len(folder.services)]
    place, person = numbers.pick(_PLACES), numbers.pick(_PEOPLE)
    username = (
        f"admin{number}"
        if folder.path.startswith("ICT")
        else f"{person}{number}@vandijk-techniek.example"
    )
    return [
        url.replace("{n}", str(number % 250)),
        username,
        _password(numbers),
        _secret(numbers) if number % 9 == 4 else "",
        numbers.pick(_REMARKS).format(number=1000 + number) if number % 5 == 3 else "",
        f"{service} {place} {number}",
        folder.path if number % 40 != 21 else "",
        "1" if number % 50 == 12 else "0",
    ]


def _note(number: int, numbers: _Numbers) -> list[str]:
    place = numbers.pick(_PLACES)
    match number // 24 % 4:
        case 0:
            name, folder = f"Alarmcode {place} {number}", "Algemeen"
            body = f"Alarm {place}: {numbers.below(10**6):06d}\nMeldkamer: 088 000 {1000 + number}"
        case 1:
            name, folder = f"Wi-Fi {place} {number}", "ICT\\Netwerk"
            body = (
                f"NoteType:Wi-Fi Password\nLanguage:nl-NL\nSSID:VanDijk-{place}\n"
                f"Password:{_password(numbers)}\nConnection Type:WPA2\nNotes:Gasten apart."
            )
        case 2:
            name, folder = f"Server {place} {number}", "ICT\\Servers"
            body = (
                f"NoteType:Server\nLanguage:en-US\nHostname:srv{number}.vandijk-techniek.example\n"
                f"Username:beheer{number}\nPassword:{_password(numbers)}\nNotes:"
            )
        case _:
            name, folder = f"Creditcard {place} {number}", "Directie"
            body = (
                "NoteType:Credit Card\nLanguage:nl-NL\nName on Card:Van Dijk Techniek BV\n"
                f"Type:Visa\nNumber:{_card_number(numbers)}\n"
                f"Security Code:{numbers.below(1000):03d}\nStart Date:,\n"
                f"Expiration Date:June,{2027 + number % 5}\nNotes:"
            )
    return [_NOTE_URL, "", "", "", body, name, folder, "0"]


def _plant(table: list[list[str]]) -> None:
    """Spread the four flaws over the file; each lies in a row that was a plain login."""
    escaped, long, bad, double = (_login_near(table, len(table) * n // 5) for n in (1, 2, 3, 4))
    table[escaped][2] = "R&amp;D&lt;2026&gt;!kluis"
    table[escaped][4] = "Afdeling R&amp;D, zie &quot;Handboek&quot; blz. 12"
    table[long][4] = _long_note()
    table[bad][3] = "1890 NOT A SECRET"
    table[double] = list(table[double - 2])


def _login_near(table: list[list[str]], start: int) -> int:
    """A login whose neighbour two rows up is one too."""
    return next(
        at
        for at in range(max(start, 2), len(table))
        if table[at][0] != _NOTE_URL and table[at - 2][0] != _NOTE_URL
    )


def _long_note() -> str:
    lines = [
        f"{step:03d}. Stap {step} van de overdracht: controleer de instelling, noteer wie het deed."
        for step in range(1, 221)
    ]
    return "Overdracht beheer\n" + "\n".join(lines)


def _password(numbers: _Numbers) -> str:
    word = "".join(numbers.pick(_LETTERS) for _ in range(8))
    tail = "".join(numbers.pick(_SIGNS) for _ in range(6))
    return word.capitalize() + tail


def _secret(numbers: _Numbers) -> str:
    return base64.b32encode(numbers.below(2**40).to_bytes(5) * 2).decode("ascii")


def _card_number(numbers: _Numbers) -> str:
    return f"4000{numbers.below(10**12):012d}"
