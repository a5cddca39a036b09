"""Names, places, dates and numbers as they stand in an English sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from strife.gazetteer.names import fold
from strife.records import Date, Figure, Party, Place
from strife.views.svg.basemap import base_map
from strife.views.words import VAGUE, number_words, one_line

MONTHS = "January February March April May June July August September October November December".split()
PRONOUNS = frozenset(
    """
    i we you he she it they them him her us me who whom which that this these those itself themselves himself one ones others other
    another some someone somebody anyone everyone each both all many most several what whoever nothing nobody something things thing
    claims it's there
    """.split()
)
STARTS = frozenset(
    "a an the some any no its their his her our my this that these those every each all both several many few more other certain"
    " two three four five six seven eight nine ten dozens hundreds thousands".split()
)
BODIES = frozenset(
    """
    army forces force front coalition council government regime party movement union nations states emirates kingdom ministry
    organisation organization brigade brigades battalion division police guard guards corps militia league committee commission
    agency opposition authority authorities observatory congress parliament senate court tribunal presidency administration
    command group groups units unit network federation alliance republic west east world office bureau pentagon kremlin navy
    leadership friends service services secretariat fund programme program association institute
    """.split()
)  # names that end so have "the" before them
PLAIN = frozenset(
    """
    regime rebel rebels terrorist terrorists government army opposition troops forces militants militant fighters fighter activists
    activist warplanes jets aircraft helicopters insurgents insurgent civilians residents people police soldiers protesters
    demonstrators security officials gunmen witnesses local pro-regime pro-government anti-government armed several many sources
    medics doctors state military air ground unidentified unknown masked suicide two three four five dozens hundreds thousands
    """.split()
)  # words that have a capital only where they begin a sentence
SIDES = {
    "rebel": "rebels",
    "jihadist": "jihadists",
    "militant": "militants",
    "insurgent": "insurgents",
    "terrorist": "terrorists",
}  # as they stand in "rebel-held"
COMMON = (
    "ers",
    "ors",
    "ists",
    "ents",
    "ants",
    "ats",
    "ikes",
    "ials",
    "men",
)  # ends of words for people that are no names
TITLES = frozenset(
    "president king queen general colonel prime minister sheikh sheik ayatollah pope emir sultan mr mrs dr".split()
)
PLURALS = frozenset(
    "people police troops forces men women children militia personnel aircraft jihadis allies media cattle".split()
)
SINGULARS = frozenset("states nations emirates netherlands philippines series news".split())
NO_S = re.compile(r"(ss|us|is|as|os)$")


def is_named(party: Party) -> bool:
    """Whether the words for a party say who it is: a pronoun that was not resolved does not."""
    words = one_line(party.quote).lower()
    return bool(party.name) or (words not in PRONOUNS | STARTS and not words.endswith(("-led", "-backed")))


def party_name(party: Party) -> str:
    """A party inside a sentence, with its article: "the Syrian Army", "Hezbollah", "rebels"."""
    text = one_line(party.name or party.quote).strip("“”\"' ,.;:")
    text = SIDES.get(text.lower(), text)
    words = text.split()
    if not words:
        return "somebody"
    first = words[0].lower()
    if first in STARTS or first[0].isdigit():
        return _lowered(text) if first in STARTS else text
    common = first in PLAIN or first.endswith(COMMON)
    if party.id is None and common and not any(word[:1].isupper() for word in words[1:2]):
        text = _lowered(text)
    if text == text.lower():
        return text if is_plural(text) else f"the {text}"
    if first in TITLES or "'s " in text or "’s " in text:
        return text
    if len(words) > 1 and party.id is None and words[-1].isalpha() and words[-1].islower() and not is_plural(words[-1]):
        return f"the {text}"
    last = re.sub(r"\W.*$", "", words[-1].lower())
    of = re.search(r"\b(\w+) (?:of|for) ", text.lower())
    if last in BODIES or (of and of[1] in BODIES) or (text.startswith("United ") and last in SINGULARS):
        return text if _bare_plural(words) else f"the {text}"
    return text


def _bare_plural(words: Sequence[str]) -> bool:
    """Whether a name is a plain plural, as "Russian forces" or "Kurdish units", and so has no article."""
    return words[-1][:1].islower() and is_plural(words[-1])


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def is_plural(text: str) -> bool:
    """Whether a name takes "are"."""
    last = (
        re.sub(r"[^\w].*$", "", one_line(text).split(" of ")[0].split(" for ")[0].split()[-1].lower())
        if text.split()
        else ""
    )
    if " and " in text or last in PLURALS or (last.endswith("men") and len(last) > 4):
        return True
    return last.endswith("s") and last not in SINGULARS and not NO_S.search(last) and not text.startswith("al-")


def parties(found: Iterable[Party], most: int = 3) -> str:
    """Parties that are named, at most so many: "A, B and C"; empty where none is."""
    names = list(dict.fromkeys(party_name(one) for one in found if is_named(one)))
    names = [name for name in names if not any(name != other and name.removeprefix("the ") in other for other in names)]
    rest = len(names) - most
    if rest > 0:
        names = [*names[:most], "another" if rest == 1 else f"{rest} others"]
    return listed(names)


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def country_name(iso: str) -> str:
    """A country by its code, with its article."""
    if iso in SHORT:
        return SHORT[iso]
    area = base_map("fine").country(iso)
    name = area.name if area else iso
    return f"the {name}" if name.startswith(("United ", "Democratic ", "Central African ", "Dominican ")) else name


def place_name(place: Place) -> str:
    """A place by the words for it where they name it, else as it was resolved."""
    quote = one_line(place.quote).strip("“”\"' ,.;:")
    named = quote[:1].isupper() and quote.split()[0].lower() not in VAGUE
    if place.name and fold(quote) == f"{fold(place.name)}s":  # "Aleppos", where an apostrophe was lost
        return one_line(place.name)
    return quote if named or not place.name else one_line(place.name)


def is_placed(place: Place | None) -> bool:
    """Whether a place says where."""
    if place is None:
        return False
    return bool(place.name) or one_line(place.quote)[:1].isupper()


def where_words(place: Place | None, home: str | None = None) -> str:
    """Where, as it stands in a sentence: "in Qusayr, Syria"; the country is left out where it is `home`, that of the brief."""
    if place is None or not is_placed(place):
        return ""
    if place.precision == "country" and place.country:
        return f"in {country_name(place.country)}"
    name = place_name(place)
    if place.country and name.casefold() == country_name(place.country).removeprefix("the ").casefold():
        return f"in {country_name(place.country)}"
    said = f", {country_name(place.country)}" if place.country and place.country != home else ""
    return f"{'near' if place.precision == 'surroundings' else 'in'} {name}{said}"


def day_words(text: str) -> str:
    """An ISO date, or the beginning of one: "5 June 2013", "June 2013", "2013"."""
    year, month, day = ([int(one) for one in text.split("-")] + [0, 0])[:3]
    return " ".join(filter(None, (str(day) if day else "", MONTHS[month - 1] if month else "", str(year))))


def when_words(date: Date | None) -> str:
    """When, as it stands in a sentence: "on 5 June 2013", "in June 2013", "between 3 and 9 June 2013"."""
    if date is None or date.start is None:
        return ""
    start, end = date.start, date.end or date.start
    if date.basis == "publication":
        return f"(in a text of {day_words(start)})"
    if date.precision == "year" and start[:4] == end[:4]:
        return f"in {start[:4]}"
    if date.precision == "month" and start[:7] == end[:7]:
        return f"in {day_words(start[:7])}"
    if date.precision == "week":
        return f"in the week of {day_words(start)}"
    if start == end:
        return f"on {day_words(start)}"
    if date.precision in ("season", "year", "month", "decade"):
        return f"between {day_words(start[:7])} and {day_words(end[:7])}"
    return f"between {day_words(start)} and {day_words(end)}"


def since_words(start: str | None) -> str:
    """The day of the oldest statement, in words."""
    return f" (said since {day_words(start)})" if start else ""


def span_words(first: datetime.date, last: datetime.date) -> str:
    """From one day to another."""
    return (
        day_words(first.isoformat())
        if first == last
        else f"{day_words(first.isoformat())} to {day_words(last.isoformat())}"
    )


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def amount(low: float | None, best: float | None, high: float | None, *, vague: bool = True) -> str:
    """A number with its bounds: "25", "at least 25", "20 to 30"; "dozens of" where the bounds come from such words and `vague`."""
    if low is not None and high is not None and low != high:
        if vague and best is None and f"{high:.0f}" in VAGUE_WORDS:
            return VAGUE_WORDS[f"{high:.0f}"]
        top = VAGUE_WORDS.get(f"{high:.0f}", "").removesuffix(" of") if high >= 99 else ""
        return f"{count_words(low)} to {top or count_words(high)}"
    if low is not None and high is None:
        return f"at least {count_words(low)}"
    if low is None and high is not None:
        return f"up to {count_words(high)}"
    number = best if best is not None else low
    if number is None:
        return "an unstated number of"
    return count_words(number) if low is not None else f"about {count_words(number)}"


def count_words(number: float) -> str:
    """A number, in letters below ten."""
    return SMALL[int(number)] if number in range(1, 10) else number_words(number)


def counted(figure: Figure) -> str:
    """What a figure counts, by its own words: "civilians"; empty where the words are only the number again."""
    words = one_line(figure.of.quote)
    plain = words.replace(",", "").replace(".", "").lower()
    return "" if plain.isdigit() or plain in NUMBERS else words


SHORT = {
    "US": "the United States",
    "TZ": "Tanzania",
    "RS": "Serbia",
    "CD": "the Democratic Republic of Congo",
    "CG": "Congo",
}
SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
VAGUE_WORDS = {
    "9": "several",
    "99": "dozens of",
    "999": "hundreds of",
    "9999": "thousands of",
    "99999": "tens of thousands of",
    "999999": "hundreds of thousands of",
    "9999999": "millions of",
    "99999999": "tens of millions of",
    "999999999": "hundreds of millions of",
}  # by the upper bounds that reading gives to such words
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozen dozens hundred hundreds"
    " thousand thousands million millions others scores".split()
)
