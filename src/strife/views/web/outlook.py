"""/outlook: what to expect of a country, division or place, beside its last twelve periods, and how well that did before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from strife.errors import BadInput, Unknown
from strife.views.svg.fan import Ahead, fan
from strife.views.web.answers import Rows, drawing, given
from strife.views.web.merging import freshness
from strife.views.web.query import Query, asked, both
from strife.views.web.render import page
from strife.views.web.site import case_of, counted, site_of
from strife.views.web.worker import worked_out

if TYPE_CHECKING:
    from strife.outlook.expected import Fan, Outlook
    from strife.outlook.source import Source

WAYS, EVERY, COUNTS = ("country", "admin1", "place"), ("month", "week"), ("events", "deaths")
AHEAD = {"month": 6, "week": 8}  # periods ahead where none are asked for
LONGEST = 24
OWN = {"for": None, "by": WAYS, "every": EVERY, "count": COUNTS, "horizon": tuple(map(str, range(1, LONGEST + 1)))}
BUSIEST = 12  # units that are led to
OFFERED = 300  # units that the form offers
NUMBERS = (1, 25)  # of which the probability of at least so many is told


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted, of which unit, how far ahead: the words of the address with their defaults."""

    dataset: str
    by: str
    every: str
    count: str
    unit: str
    steps: int


@dataclass(frozen=True, slots=True)
class Known:
    """What can be told: the units, those of most first, and the outlook of one; or why there is none."""

    units: tuple[tuple[str, float], ...] = ()
    outlook: Outlook | None = None
    why: str = ""


def outlook(request: Request) -> Response:
    """The outlook of the unit that is asked for, else of that with most events; or why there is none."""
    query, wanted, datasets = _asked(request)
    found = _known(request, wanted, page=query.form == "html")
    if query.form == "svg":
        return drawing(_chart(found.outlook if found else None, wanted))
    if query.form != "html":
        assert found is not None
        return given(query, _rows(query, found))
    with case_of(request) as case:
        fresh = freshness(request, case)
    context: dict[str, Any] = {
        "asked": wanted, "datasets": datasets, "known": found, "fresh": fresh, "busiest": BUSIEST, "offered": OFFERED,
        "ways": WAYS, "every": EVERY, "counts": COUNTS, "longest": LONGEST,
    }  # fmt: skip
    one = found.outlook if found else None
    context |= {"one": one, "chart": _chart(one, wanted), "within": _within(wanted)}
    return page(request, "outlook.html", query=query, **context)


def _asked(request: Request) -> tuple[Query, Asked, list[str]]:
    """What is asked for, and the datasets there are; our own incidents unless another is chosen or there are none."""
    query = asked(request, filters=(), own={**OWN, "dataset": None})
    with case_of(request) as case:
        sql = "SELECT DISTINCT coalesce(dataset, 'own') FROM incidents ORDER BY 1"
        datasets = counted(request, "datasets", lambda: [str(one) for (one,) in case.store.each(sql)])
    usual = "own" if "own" in datasets or not datasets else datasets[0]
    dataset = query.value("dataset", usual)
    if dataset not in (*datasets, "own"):
        raise Unknown(f"dataset {dataset[:80]!r}: there are {', '.join(datasets) or 'none'}")
    every = query.value("every", "month")
    steps = int(query.value("horizon") or AHEAD[every])
    by, count = query.value("by", "country"), query.value("count", "events")
    return query, Asked(dataset, by, every, count, query.value("for"), steps), datasets


def _known(request: Request, wanted: Asked, *, page: bool) -> Known | None:
    """What can be told, worked out once for a day and state of the case; None where it takes a while."""
    today = date.today()  # noqa: DTZ011 -- the day of whoever sits at it
    what = (wanted.dataset, wanted.by, wanted.every, wanted.count, today)

    def make() -> Known:
        return _expected(counted(request, ("panel", *what), lambda: _source(request, wanted, today)), wanted)

    return worked_out(request, ("outlook", wanted, today), make, page=page)


def _source(request: Request, wanted: Asked, today: date) -> Source | str:
    """What is counted, or why nothing can be."""
    from strife.outlook.series import Choice
    from strife.outlook.source import from_case

    choice = Choice(by=wanted.by, frequency=wanted.every, what=wanted.count)  # type: ignore[arg-type] # as OWN has them
    with case_of(request) as case:
        try:
            source = from_case(case, choice, today, wanted.dataset)
        except BadInput as error:
            return str(error).replace(str(case.path), site_of(request).name)
    return replace(source, panel=replace(source.panel, name=site_of(request).name))


def _expected(source: Source | str, wanted: Asked) -> Known:
    import numpy as np

    from strife.outlook.expected import outlook as expect
    from strife.outlook.panel import find_unit

    if isinstance(source, str):
        return Known(why=source)
    panel = source.panel
    sums = np.nansum(panel.values, axis=0)
    units = tuple(
        sorted(
            ((unit, float(one)) for unit, one in zip(panel.units, sums, strict=True)), key=lambda one: (-one[1], one[0])
        )
    )
    unit = wanted.unit or units[0][0]
    if find_unit(panel.units, unit) is None:
        return Known(units, why=f"{unit!r}: no incident that can be counted lies in a {wanted.by} of that name")
    try:
        return Known(units, expect(panel, unit, wanted.steps, numbers=NUMBERS, bounds=source.bounds))
    except BadInput as error:
        return Known(units, why=str(error))


def _chart(found: Outlook | None, wanted: Asked) -> str:
    """The fan: what was, what may come, and the baseline."""
    if found is None:
        return fan([], [], title="Outlook")
    history = [(one.period, one.count) for one in found.seen if one.count is not None]

    def levels(one: Fan) -> dict[float, float]:
        return dict(zip(found.levels, one.quantiles, strict=True))

    ahead = [Ahead(one.period, levels(one.pool), levels(one.baseline)) for one in found.ahead]
    return fan(history, ahead, title=f"{found.what.title()} by {wanted.every} in {found.unit}", unit=found.what)


def _within(wanted: Asked) -> Any:
    """The address of the incidents of a past period of a unit."""
    from urllib.parse import urlencode

    from strife.outlook.periods import day_of, last_day, number_of

    def link(unit: str, period: str) -> str:
        first = day_of(period)
        assert first is not None
        last = last_day(number_of(first, wanted.every), wanted.every)  # type: ignore[arg-type] # month or week
        return "/incidents?" + urlencode({wanted.by: unit, "dataset": wanted.dataset, "since": first, "until": last})

    return link


def _rows(query: Query, known: Known) -> Rows:
    """The outlook as its record (JSON) or a row for each period and model (CSV)."""
    from strife.views.outlook_text import outlook_cells, outlook_columns

    found = known.outlook
    about = {"why": known.why, "units": [{"unit": unit, "count": count} for unit, count in known.units[:OFFERED]]}
    if query.form == "json":
        each: list[Any] = [found] if found else []
        return Rows((), each, lambda _one: (), None, len(each), about)
    return Rows(outlook_columns(found), outlook_cells(found) if found else (), lambda one: one)


routes = both("/outlook", outlook, ("json", "csv", "svg"))
