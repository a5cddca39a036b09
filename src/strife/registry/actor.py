"""An actor that a user adds: its record, and the checks that every field must pass."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, get_args

import msgspec

from strife.registry.registry import Entry, Registry, fold, split

Kind = Literal["organisation", "person"]
FIELDS = ("id", "name", "aliases", "country", "sectors", "start", "end", "kind")
LONGEST = 200  # characters in a name
MOST = 200  # names of one actor
ID = re.compile(r"[^\s|,;]{1,100}")
YEARS = re.compile(r"\d{4}")
DAYS = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One actor. `country` is alpha-3, `sectors` PLOVER codes, `start` and `end` ISO dates or years, "" where open."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    kind: Kind = "organisation"

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of validity."""
        return int(self.start[:4] or 0), int(self.end[:4] or 9999)

    def entry(self) -> Entry:
        """The registry entry that names lead to."""
        first, last = self.years
        terms = tuple((sector, "", first, last) for sector in self.sectors) if self.kind == "person" else ()
        return Entry(self.id, self.name, self.kind, self.country, self.sectors, terms, first, last)


class Fault(ValueError):
    """What is wrong with one field: `field`, and what to do about it."""

    def __init__(self, field: str, text: str) -> None:
        """Name the field and say what is wrong."""
        super().__init__(f"{field}: {text}")
        self.field = field


def actor_of(row: Mapping[str, Any], registry: Registry, sectors: frozenset[str]) -> Actor:
    """The actor that a row tells (texts, or lists of texts for `aliases` and `sectors`); Fault names the first bad field."""
    for field in row:
        if field not in FIELDS:
            raise Fault(field, f"is no field of an actor; the fields are {', '.join(FIELDS)}")
    name = _name("name", _text(row, "name"), registry)
    aliases = tuple(_name("aliases", alias, registry) for alias in _listed(row, "aliases", "|"))
    if len(aliases) > MOST:
        raise Fault("aliases", f"{len(aliases)} names for one actor; at most {MOST} are read")
    start, end = _date(row, "start"), _date(row, "end")
    if start and end and end[: len(start)] < start[: len(end)]:
        raise Fault("end", f"{end} lies before the start, {start}; exchange them")
    kind = _text(row, "kind") or "organisation"
    if kind not in get_args(Kind):
        raise Fault("kind", f"{kind!r} is no kind of actor; write organisation or person")
    return Actor(
        id=_id(_text(row, "id"), name, start),
        name=name,
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != name),
        country=_country(_text(row, "country"), registry),
        sectors=_sectors(_listed(row, "sectors", "|,; "), sectors),
        start=start,
        end=end,
        kind="person" if kind == "person" else "organisation",
    )


def _text(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Fault(field, f"is {type(value).__name__}, not text")
    text = unicodedata.normalize("NFC", str(value)).strip()
    if bad := next((char for char in text if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")), None):
        raise Fault(field, f"holds the control character U+{ord(bad):04X}; take it out")
    return text


def _listed(row: Mapping[str, Any], field: str, marks: str) -> list[str]:
    value = row.get(field)
    if not isinstance(value, list):
        pieces = re.split(f"[{re.escape(marks)}]", _text(row, field))
    else:
        pieces = [_text({field: one}, field) for one in value]
    return [piece.strip() for piece in pieces if piece.strip()]


def _name(field: str, name: str, registry: Registry) -> str:
    if not name:
        raise Fault(field, "is empty; every actor needs a name")
    if len(name) > LONGEST:
        raise Fault(field, f"is {len(name)} characters long; at most {LONGEST} are read")
    words = split(name)
    if not any(char.isalpha() for char in name) or not words:
        raise Fault(field, f"{name!r} has no letters")
    lower = name.lower()
    describing = (registry.agents, registry.general, registry.titles, registry.collective, registry.modifiers)
    if any(lower in known for known in describing) or (len(words) == 1 and len(words[0]) == 1):
        raise Fault(field, f"{name!r} is an ordinary word and would be found everywhere; write the full name")
    return name


def _id(given: str, name: str, start: str) -> str:
    if given and not ID.fullmatch(given):
        raise Fault("id", f"{given!r} has spaces or one of | , ; in it, or more than 100 characters")
    if given:
        return given
    slug = "-".join(fold(word) for word in split(name) if word.isalnum())
    if not slug.replace("-", "").isascii() or not slug:
        slug = hashlib.sha256(name.encode()).hexdigest()[:12]  # ids are typed by hand: letters that all can type
    return f"own:{slug[:80]}" + (f"@{start[:4]}" if start else "")


def _country(given: str, registry: Registry) -> str | None:
    if not given:
        return None
    code = registry.countries.get(given.upper())
    if code is None:
        raise Fault("country", f"{given!r} is no ISO 3166 code; write three letters, as in SYR, or leave it empty")
    return code


def _sectors(given: list[str], known: frozenset[str]) -> tuple[str, ...]:
    for one in given:
        if one.upper() not in known:
            raise Fault("sectors", f"{one!r} is no PLOVER sector; the sectors are {', '.join(sorted(known))}")
    return tuple(dict.fromkeys(one.upper() for one in given))


def _date(row: Mapping[str, Any], field: str) -> str:
    text = _text(row, field)
    remedy = f"{text!r} is no date; write 2011, 2011-07 or 2011-07-29, or leave it empty"
    check: Callable[[int, int, int], object] = date
    if not text or YEARS.fullmatch(text) and int(text):
        return text
    found = DAYS.fullmatch(text)
    if found is None:
        raise Fault(field, remedy)
    try:
        check(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        raise Fault(field, remedy) from None
    return text
