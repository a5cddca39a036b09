"""The address of a page -> what is asked for: filters, order, which rows, and in what form. And back again, for links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.routing import Route

from strife.casefile.filters import NAMES, Filters, checked
from strife.errors import Unknown

Form = Literal["html", "json", "csv", "geojson", "svg"]
FORMS: tuple[Form, ...] = get_args(Form)
DATA: tuple[Form, ...] = ("json", "csv", "geojson")
CLAIM_FILTERS = tuple(name for name in NAMES if name != "dataset")
INCIDENT_FILTERS = tuple(name for name in NAMES if name not in {"type", "voice", "source", "document", "measure"})
SINGLE = ("since", "until", "text")  # filters that are given once
NUMBERS = {"box": 4, "near": 3}
PAGING = ("limit", "offset")
LETTERS = 500  # characters of a value at most
STARS = 6  # wildcards in a value at most: each more makes matching slower
VALUES = 100  # values in a query at most
FURTHEST = 10**9  # largest limit and offset


@dataclass(frozen=True, slots=True)
class Query:
    """What an address asks for. `pairs` is what was given, `own` the page's own words, `limit` None where none was given."""

    path: str
    form: Form
    pairs: tuple[tuple[str, str], ...] = ()
    filters: Filters = field(default_factory=Filters)
    own: Mapping[str, str] = field(default_factory=dict)
    limit: int | None = None
    offset: int = 0

    def values(self, name: str) -> list[str]:
        """The values given for a filter."""
        return [value for key, value in self.pairs if key == name]

    def value(self, name: str, default: str = "") -> str:
        """The first value given for a filter or a word of the page."""
        return next(iter(self.values(name)), default)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters in use."""
        return [(name, value) for name, value in self.pairs if name in NAMES]

    def link(self, form: Form = "html", /, **changes: object) -> str:
        """The address of the same page with other values; None takes a name out, a list gives several.

        A change of anything but the offset leads back to the first rows."""
        kept = [(name, value) for name, value in self.pairs if name not in changes and name != "offset"]
        if not changes and form != "html":
            kept = list(self.pairs)
        for name, value in changes.items():
            several = value if isinstance(value, list | tuple) else [] if value is None else [value]
            kept += [(name, str(one)) for one in several if one != ""]
        end = "" if form == "html" else f".{form}"
        return f"{self.path}{end}" + (f"?{urlencode(kept)}" if kept else "")

    def adding(self, name: str, value: str) -> str:
        """The address with one more value of a filter."""
        return self.link(**{name: [*self.values(name), value]})

    def without(self, name: str, value: str) -> str:
        """The address with one value less."""
        return self.link(**{name: [one for one in self.values(name) if one != value]})


def asked(
    request: Request, *, filters: Sequence[str] = CLAIM_FILTERS, own: Mapping[str, Iterable[str] | None] | None = None
) -> Query:
    """What a request asks for. `own` are words of the page, each with the values it may have, None for any.

    Unknown names and values are refused with what is allowed (Unknown: the application answers 400)."""
    own = own or {}
    given = [(name, value.strip()) for name, value in request.query_params.multi_items()]
    pairs = tuple((name, value) for name, value in given if value)
    if len(pairs) > VALUES:
        raise Unknown(f"the address has {len(pairs):,} values; at most {VALUES} can be asked for")
    for name, value in pairs:
        _require(name, value, filters, own)
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in filters:
            _take(found, name, value)
    words = {name: value for name, value in pairs if name in own}
    limit = next((_number(name, value) for name, value in pairs if name == "limit"), None)
    offset = next((_number(name, value) for name, value in pairs if name == "offset"), 0)
    path, form = _form(request)
    return Query(path, form, pairs, checked(Filters(**found)), words, limit, offset)


def _require(name: str, value: str, filters: Sequence[str], own: Mapping[str, Iterable[str] | None]) -> None:
    """Unknown where a name or its value is not allowed here."""
    allowed = (*filters, *own, *PAGING)
    if name not in allowed:
        raise Unknown(f"no filter {name[:80]!r} on this page: there are {', '.join(allowed)}")
    if len(value) > LETTERS or value.count("*") > STARS:
        raise Unknown(f"{name}: a value has at most {LETTERS} characters and {STARS} stars")
    if "\x00" in value:
        raise Unknown(f"{name}: a value has no NUL in it")
    words = own.get(name)
    if words is not None and value not in (known := list(words)):
        raise Unknown(f"{name} {value[:80]!r}: there are {', '.join(known)}")


def _take(found: dict[str, Any], name: str, value: str) -> None:
    if name in NUMBERS:
        found[name] = _numbers(name, value)
    elif name in SINGLE:
        if name in found:
            raise Unknown(f"{name}: is given twice; once is enough")
        found[name] = value
    else:
        found[name] = (*found.get(name, ()), value)


def _numbers(name: str, value: str) -> tuple[float, ...]:
    count = NUMBERS[name]
    try:
        found = tuple(float(part) for part in value.split(","))
    except ValueError:
        found = ()
    if len(found) != count:
        raise Unknown(f"{name} {value[:80]!r}: write {count} numbers between commas")
    return found


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 12 and int(value) <= FURTHEST):
        raise Unknown(f"{name} {value[:80]!r}: write a whole number of 0 to {FURTHEST}")
    return int(value)


def _form(request: Request) -> tuple[str, Form]:
    """The path as it stands in an address, without the name of a form at its end; and the form."""
    path = quote(request.scope.get("raw_path") or request.scope["path"], safe="/%:@!$&'()*+,;=~")
    for form in FORMS:
        if request.scope["path"].endswith(f".{form}"):
            return path.removesuffix(f".{form}"), form
    return path, "html"


def name_in(request: Request) -> str:
    """The id or name at the end of an address such as /documents/NAME.json."""
    name = str(request.path_params["name"])
    return next((name.removesuffix(f".{form}") for form in FORMS if name.endswith(f".{form}")), name)


def address(page: str, name: str, form: Form | None = None, **words: str) -> str:
    """The address of one thing's page: address("documents", id). One that would be taken for a form or a folder gets .html."""
    unclear = name in {".", ".."} or any(name.endswith(f".{one}") for one in FORMS)
    end = f".{form}" if form else ".html" if unclear else ""
    return f"/{page}/{quote(name, safe='')}{end}" + (f"?{urlencode(words)}" if words else "")


def both(path: str, endpoint: Callable[[Request], Any], forms: Sequence[Form] = DATA) -> list[Route]:
    """The routes of a page and of its data: /claims, /claims.json …"""
    return [Route(path, endpoint), *(Route(f"{path}.{form}", endpoint) for form in forms)]


def page_of_one(page: str, endpoint: Callable[[Request], Any]) -> list[Route]:
    """The route of the pages of single things, /claims/ID and /claims/ID.json: `name_in` gives the id, `asked` the form."""
    return [Route(f"/{page}/{{name:path}}", endpoint)]
