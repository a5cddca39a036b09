"""What the datasets coded by CAMEO have in common: its event codes, its countries and its roles."""

from __future__ import annotations

import functools

from strife.codebook.crosswalk import plover_of
from strife.codebook.reference import load_reference
from strife.errors import Unknown
from strife.exchange.cells import Cells, required_text
from strife.exchange.countries import countries
from strife.exchange.parties import party, sectors_of
from strife.exchange.problems import BadCell
from strife.records import Code, Party


def code_of(cells: Cells, column: str) -> Code | None:
    """The code of an event, CAMEO's kept as the text it is ("040"); None for statements and appeals (01, 02).

    BadCell where it is no code of CAMEO: so a file whose codes were read as numbers ("40") is found out."""
    return _code(required_text(cells, column), column)


@functools.lru_cache(maxsize=1024)
def _code(text: str, column: str) -> Code | None:
    try:
        return plover_of(text)
    except Unknown:
        lost = f"; is it 0{text}, with its 0 lost in a spreadsheet?" if f"0{text}" in load_reference().cameo else ""
        raise BadCell(column, f"{text[:20]!r} is no CAMEO code{lost}") from None


@functools.lru_cache(maxsize=65_536)
def actor(name: str, country: str, roles: tuple[str, ...]) -> Party | None:
    """A party by its name, the country's code and the roles' codes; None where nothing is given."""
    if not (name or country or roles):
        return None
    state = countries().cameo.get(country)
    known = load_reference().sectors
    renamed = sectors_of("cameo")
    sectors = tuple(dict.fromkeys(code for role in roles if (code := renamed.get(role, role)) in known))
    shown = name or " ".join(part for part in (country, *roles) if part)
    return party(shown, state.iso3 if state else None, sectors)
