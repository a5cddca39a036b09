"""How names of places are compared: folded spelling, leading articles, and a consonant skeleton for transliteration."""

from __future__ import annotations

import functools
import re
import unicodedata

ARTICLES = frozenset("al el ul il an ar as ash at ath az ad adh ed er es esh et ez".split())
LETTERS = str.maketrans(
    {
        "ı": "i",
        "İ": "i",
        "ł": "l",
        "Ł": "l",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ə": "a",
        "Ə": "a",
        "ħ": "h",
        "Ħ": "h",
    }
)
MARKS = str.maketrans(dict.fromkeys("'’‘`´ʻʼʿʾ′ʹʺ\"“”") | dict.fromkeys("-‐‑–—_./,()[]", " "))
ARABIC = str.maketrans(  # letters that writers exchange; hamzas over letters and vowel signs go with the accents
    {"ٱ": "ا", "ة": "ه", "ە": "ه", "ھ": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ء": None, "ـ": None}
)
CYRILLIC = str.maketrans({"і": "и", "ы": "и", "є": "е", "э": "е", "ґ": "г", "ь": None, "ъ": None, "ӏ": None})
ARABIC_ARTICLE = "ال"
DIGRAPHS = (
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sch", "s"),
    ("tch", "c"),
    ("ch", "s"),
    ("sh", "s"),
    ("zh", "z"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
)
SOUNDS = str.maketrans({"q": "k", "c": "k", "p": "b", "v": "w", "x": "k", "g": "j"} | dict.fromkeys("aeiouyhw"))
VOICED = str.maketrans({"q": "k", "c": "k", "v": "w", "g": "j"} | dict.fromkeys("eiouy", "a"))
DOUBLES = re.compile(r"(.)\1+")
SHORTEST_SKELETON = 3
LIKENESS = 0.4


def fold_once(name: str) -> str:
    """The spelling a name is looked up by: no case, accents, apostrophes or hyphens, single spaces.

    Of Arabic and Cyrillic, letters that writers exchange are one: "أ" and "ا", "ة" and "ه", Ukrainian "і" and Russian "и"."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(LETTERS))
        name = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        name = name.lower().translate(ARABIC).translate(CYRILLIC)
    return " ".join(name.lower().translate(MARKS).split())


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The same, remembered: the names of one text come again and again."""
    return fold_once(name)


def bare(key: str) -> str:
    """A folded name without its leading article ("al raqqah" gives "raqqah", also in Arabic); itself where it has none."""
    if key.startswith(ARABIC_ARTICLE) and len(key.partition(" ")[0]) >= 5:
        return key[len(ARABIC_ARTICLE) :]
    first, gap, rest = key.partition(" ")
    return rest if gap and first in ARTICLES and len(rest) >= 3 else key


def skeleton(key: str) -> str:
    """The consonants of a folded Latin name, spellings of one sound made alike; "" where too few are left.

    Inner articles are left out too, so that "deir ez zor" and "dayr az zawr" meet."""
    if not key.isascii():
        return ""
    words = [word for word in key.split() if word not in ARTICLES]
    text = " ".join(words)
    for letters, sound in DIGRAPHS:
        text = text.replace(letters, sound)
    voiced, text = text, text.translate(SOUNDS).replace(" ", "")
    if len(text) > 2 and text[-1] == "t" and key.endswith(("at", "ah t", "et")):
        text = text[:-1]  # the feminine ending in construct: Hamat, Raqqat
    text = DOUBLES.sub(r"\1", text)
    if len(text) >= SHORTEST_SKELETON:
        return text
    short = DOUBLES.sub(r"\1", voiced.replace(" ", "").rstrip("h").translate(VOICED))  # "Raqa" keeps its vowels, as one
    return short if len(short) > SHORTEST_SKELETON else ""


def usable(name: str) -> bool:
    """Whether an alternate name is a name: Latin, Arabic or Cyrillic, capitalised, more than a code."""
    first = name[0] if name else ""
    if "a" <= first <= "z":  # machine romanisations come in lower case; real names only behind an article
        return len(name) > 5 and fold(name).partition(" ")[0] in ARTICLES and any(letter.isupper() for letter in name)
    if first.isascii():
        return first.isalpha() and len(name) > 3 and not name.isupper()
    if first < "\u02b0" or "\u1e00" <= first <= "\u1eff" or first in "‘’ʻʼʿ":
        return len(name) > 3
    return len(name) > 2 and ("\u0400" <= first <= "\u052f" or "\u0600" <= first <= "\u06ff")


def alike(one: str, other: str) -> bool:
    """Whether two folded names of one skeleton are also written alike (shared letter pairs, articles aside)."""
    first, second = (_pairs(bare(key).replace(" ", "")) for key in (one, other))
    return one[:1] == other[:1] and 2 * len(first & second) >= LIKENESS * (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
