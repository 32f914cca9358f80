"""Names that look alike: two of them are told apart by more than their letters (T75).

Two names with the same skeleton can be taken for each other. The letters below are those that
Unicode Technical Standard 39 counts as confusable with letters and digits of ASCII; the test
compares them with the library that implements it.
"""

# ruff: noqa: RUF001 - such letters are what this is about

from __future__ import annotations

import re
import unicodedata
from typing import Final

from desktop.domain.limits import SHOWN_LINE
from desktop.domain.shown import without_hidden

_LOOKS: Final = (
    ("2", "ƧƻϨᒿꙄꛯꝚ"),
    ("3", "ƷȜЗҘӠⳌꝪꞫ"),
    ("4", "Ꮞ"),
    ("5", "Ƽ"),
    ("6", "бᏮⳒ"),
    ("8", "Ȣȣ৪੪"),
    ("9", "৭੧୨൭ⳊꝮ"),
    ("a", "ɑΑαАаᎪᗅꓮ"),
    ("aa", "Ꜳꜳ"),
    ("ae", "ÆæӔӕ"),
    ("ao", "Ꜵꜵ"),
    ("au", "Ꜷꜷ"),
    ("av", "ꜸꜹꜺꜻ"),
    ("ay", "Ꜽꜽ"),
    ("b", "ƀƂƃƄɓΒБВЬѢѣҌҍᏏᏴᑲᑳᖯᗷꓐꞴ"),
    ("bl", "Ы"),
    ("c", "ϲϹȼСсҪҫᏟᴄⲤⲥꓚꮯ"),
    ("d", "ÐĐđƉƌɖɗԁᎠᏧᑯᗞᗪꓒꓓ"),
    ("dz", "ʣ"),
    ("e", "ɆɇΕЕеҽҿᎬⴹꓰꬲ"),
    ("f", "ſƑƒϜքᖴᵮẝꓝꞘꞙꬵ"),
    ("g", "ƍǤǥɠɡԌցᏀᏳᶃꓖ"),
    ("h", "ĦħɦΗНћҢһӇӉհᎻᏂᏲᕼⱧⲎꓧꚕ"),
    ("i", "ͺıɨɩɪιіӏᎥᵻᵼꙇꭵ"),
    ("j", "ɈɉͿϳЈјᎫᒍꓙꞲ"),
    ("k", "ƙΚКҚҞᏦᛕⱩⲔꓗꝀ"),
    ("l", "ŁłƖƗƚǀɫɭΙІӀ\u05d5\u05df\u0627\u0661\u0673۱\u07caᏞᒪᛁⲒⳐⵏꓡꓲ"),
    ("ll", "ǁ\u05f0"),
    ("lo", "Ю"),
    ("ls", "ʪ"),
    ("lz", "ʫ"),
    ("m", "ΜϺМӍᎷᗰᛖⲘꓟ"),
    ("n", "ƝƞɳΝηոռᵰⲚꓠ"),
    ("o", "ØøƟɵΘΟθοσОоѲѳӨөՕօ\u05e1\u0647\u0665\u06be\u06c1\u06d5۵\u06ff\u07c0०০੦૦ଠ୦௦౦೦ഠ൦๐໐တဝ၀ჿዐ"),
    ("o", "ᎾᏫᴏᴑⲞⲟⴱⵁⵔ〇ꓳꝊꝋꬽꬾꭴꮎꮻ"),
    ("oe", "Œœ"),
    ("oo", "ꚘꚙꝎꝏ"),
    ("p", "ƥΡρРрᏢᑭᵽⲢⲣꓑ"),
    ("q", "ʠԛգզⵕ"),
    ("r", "ƦɍɼɽгғᎡᏒᖇᴦᵲⲅꓣꭇꭈꮁ"),
    ("rn", "ɱᵯ"),
    ("s", "ƽʂЅѕՏᏕᏚᵴꓢꜱꮪ"),
    ("ss", "ßβᏰẞꞵ"),
    ("t", "ŦŧƭƮȾΤТҬᎢᵵⲦꓔ"),
    ("t3", "Ꜩ"),
    ("tf", "ꝷ"),
    ("ts", "ʦ"),
    ("u", "ɄʋυՍսሀᏌᑌᴜᵾꓴꞟꭎꭒꮜ"),
    ("ue", "ᵫ"),
    ("uo", "ꭣ"),
    ("v", "νѴѵ\u05d8\u0667۷Ꮩᐯᴠⴸꓦꛟꮩ"),
    ("w", "ɯѡѽԜԝաᎳᏔᴡꓪꝡꮃ"),
    ("x", "ΧХхҲᕁᕽᚷⲬⵝꓫꞳ"),
    ("y", "ƴɎɏɣʏΥγУуҮүҰұყᎩᎽᶌỿⲨꓬꭚ"),
    ("z", "ƵƶȤȥʐΖᏃᴢᵶꓜꮓ"),
)
_LETTERS: Final = {ord(one): plain for plain, many in _LOOKS for one in many}
# What is left after case has gone; a stroke, a one and an i are drawn alike in many a font.
_UNSEEN: Final = "".join(map(chr, range(0x21))) + "\x7f"
_PLAIN: Final = str.maketrans('1i|!0"`_', "llllo''-", _UNSEEN)
_PAIRS: Final = (("rn", "m"), ("vv", "w"))
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\uff0d]")
_QUOTES: Final = re.compile("[\u2018-\u201f\u2032-\u2037\u00b4]")


def skeleton(name: str) -> str:
    """What is left of a name when everything is gone that an eye may miss.

    Case, accents, hidden characters, spaces and the script of a letter; equal means alike.
    """
    text = name[:SHOWN_LINE]  # what is behind it nobody sees
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", without_hidden(text).translate(_LETTERS))
        bare = "".join(one for one in apart if unicodedata.category(one)[0] != "M")
        text = _QUOTES.sub("'", _DASHES.sub("-", bare.translate(_LETTERS)))
    text = text.casefold().translate(_PLAIN)
    for pair, one in _PAIRS:
        text = text.replace(pair, one)
    return text
