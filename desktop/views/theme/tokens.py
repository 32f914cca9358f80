"""Colours of the look by role: one instance for light, one for dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


# Without comparison and repr: generating them for fifty fields costs start-up time.
@dataclass(frozen=True, eq=False, repr=False)
class Tokens:
    """Hex colours `#RRGGBB`; soft is a fill, text stands on it, fill is for bars and edges."""

    is_dark: bool
    bg: str
    surface: str
    raised: str
    sidebar: str
    sunken: str
    hover: str
    press: str
    sel: str
    sidebar_hover: str
    sidebar_chosen: str
    sidebar_edge: str
    line: str
    line2: str
    field: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_press: str
    on: str
    accent_text: str
    accent_soft: str
    accent_edge: str
    focus: str
    ok_text: str
    ok_soft: str
    ok_fill: str
    warn_text: str
    warn_soft: str
    warn_fill: str
    bad_text: str
    bad_soft: str
    bad_fill: str
    danger: str
    danger_hover: str
    info_soft: str
    track: str
    bar: str
    petrol_top: str
    petrol_bottom: str
    on_petrol: str
    on_petrol2: str
    toast: str
    toast_edge: str
    toast_ok: str
    brass: str
    plain: str
    """Fill of plain buttons."""
    field_fill: str
    """Fill of text fields: dark fields lie deeper than the sheet they stand on."""


LIGHT: Final = Tokens(
    is_dark=False,
    bg="#F6F8F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sidebar="#EBEFEF",
    sunken="#F0F3F3",
    hover="#F1F5F5",
    press="#E6EBEB",
    sel="#E2F0F2",
    sidebar_hover="#E0E6E6",
    sidebar_chosen="#FFFFFF",
    sidebar_edge="#D5DCDC",
    line="#E3E8E8",
    line2="#C6CFCF",
    field="#8A9798",
    text="#141D1E",
    text2="#4C5A5B",
    text3="#586667",
    accent="#0B6275",
    accent_hover="#095363",
    accent_press="#073F4C",
    on="#FFFFFF",
    accent_text="#0A5A6B",
    accent_soft="#E2F0F2",
    accent_edge="#A9D2DA",
    focus="#1590AB",
    ok_text="#1B7442",
    ok_soft="#D9F0E2",
    ok_fill="#2E9E60",
    warn_text="#855300",
    warn_soft="#FCF1DA",
    warn_fill="#D9930D",
    bad_text="#B3261E",
    bad_soft="#FDEEEC",
    bad_fill="#D5443A",
    danger="#B3261E",
    danger_hover="#96201A",
    info_soft="#E9EEEE",
    track="#E3E9E9",
    bar="#0B6275",
    petrol_top="#0D4452",
    petrol_bottom="#0A3742",
    on_petrol="#FFFFFF",
    on_petrol2="#BDD8DD",
    toast="#14282C",
    toast_edge="#14282C",
    toast_ok="#6FCB96",
    brass="#E9B44C",
    plain="#FFFFFF",
    field_fill="#FFFFFF",
)

DARK: Final = Tokens(
    is_dark=True,
    bg="#14191A",
    surface="#1A2021",
    raised="#20282A",
    sidebar="#101415",
    sunken="#121718",
    hover="#1F2728",
    press="#263032",
    sel="#16343B",
    sidebar_hover="#1A2122",
    sidebar_chosen="#222B2D",
    sidebar_edge="#2E393B",
    line="#283031",
    line2="#455254",
    field="#667577",
    text="#E6ECEC",
    text2="#A9B5B6",
    text3="#95A2A3",
    accent="#1B7C91",
    accent_hover="#1E7F95",
    accent_press="#176B7D",
    on="#FFFFFF",
    accent_text="#6FC6D6",
    accent_soft="#16343B",
    accent_edge="#2A5A66",
    focus="#4CB9CF",
    ok_text="#6FCB96",
    ok_soft="#16301F",
    ok_fill="#3FA56C",
    warn_text="#E9B44C",
    warn_soft="#2C2413",
    warn_fill="#D9982B",
    bad_text="#F5928A",
    bad_soft="#341D1C",
    bad_fill="#E0594F",
    danger="#B93A31",
    danger_hover="#C9473D",
    info_soft="#273031",
    track="#2C3637",
    bar="#3D9DB1",
    petrol_top="#0F3640",
    petrol_bottom="#0C2B33",
    on_petrol="#FFFFFF",
    on_petrol2="#BDD8DD",
    toast="#2A383B",
    toast_edge="#45575A",
    toast_ok="#6FCB96",
    brass="#E9B44C",
    plain="#20282A",
    field_fill="#121718",
)
