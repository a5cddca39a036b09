"""What stands on the first page below the text box: what changed, the newest incidents, sources, coverage."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from strife.casefile.changes import BEFORE, DAYS, FEW, SHARE, Change, Changes, Window, changes
from strife.casefile.filters import Filters
from strife.casefile.listing import by_month, outlets
from strife.errors import Unknown
from strife.views.svg.bars import Month, months
from strife.views.web.answers import Rows, answer, drawing, structs
from strife.views.web.control import day_of
from strife.views.web.merging import freshness
from strife.views.web.query import Query
from strife.views.web.site import case_of, counted

if TYPE_CHECKING:
    from strife.casefile import Case

OWN = {"window": tuple(DAYS), "on": None}
NEWEST, OUTLETS = 8, 15
LONGEST = 120  # months of the chart


def data(request: Request, query: Query) -> Response:
    """The overview as data: what changed, row by row; as SVG the coverage."""
    if query.form == "svg":
        with case_of(request) as case:
            return drawing(coverage(case))
    return answer(request, query, lambda case: _rows(changed(request, case, query), case))


def _rows(found: Changes, case: Case) -> Rows:
    each = (*found.kinds, *found.places)
    about = {
        "since": found.since,
        "until": found.until,
        "window": found.window,
        "documents": found.documents,
        "case": case.info(),
    }
    return structs(each, Change.__struct_fields__, total=len(each), about=about)


def overview(request: Request, query: Query) -> dict[str, Any]:
    """What the first page shows of the case."""
    with case_of(request) as case:
        found = changed(request, case, query)
        info = counted(request, "info", case.info)
        newest = list(case.incidents(order="newest", until=found.until, limit=NEWEST))
        sources = counted(request, "outlets", lambda: outlets(case.store, Filters(), OUTLETS))
        fresh = freshness(request, case)
        chart = counted(request, "coverage", lambda: coverage(case))
    last = date.fromisoformat(found.until)
    step = timedelta(days=DAYS[found.window])
    before, after = (last - step).isoformat(), (last + step).isoformat()
    steps = {
        "before": before if before >= (info.first or "") else None,
        "after": after if last < _end(info.last) else None,
    }
    rule = {"share": round(SHARE * 100), "few": FEW, "days": DAYS[found.window], "stretches": BEFORE[found.window]}
    return {
        "changes": found,
        "info": info,
        "newest": newest,
        "outlets": sources,
        "chart": chart,
        "fresh": fresh,
        "steps": steps,
        "rule": rule,
    }


def _end(last: str | None) -> date:
    """The last day of the case; the first of all where there is none."""
    try:
        return date.fromisoformat(last or "")
    except ValueError:
        return date.min


def changed(request: Request, case: Case, query: Query) -> Changes:
    """What changed up to the day that is asked for, else the last day of publication."""
    until = day_of(case, query)
    if not "1000-01-01" < until < "9000-01-01":
        raise Unknown(f"on {until}: is no day of our time")
    window: Window = "month" if query.value("window") == "month" else "week"
    return counted(request, ("changes", window, until), lambda: changes(case.store, window, until))


def coverage(case: Case) -> str:
    """The documents of each month as a chart."""
    rows = by_month(case.store, Filters())[-LONGEST:]
    each = [Month(month, number, _within(month)) for month, number in _filled(rows)]
    return months(each[-LONGEST:], title="Documents by month of publication")


def _within(month: str) -> str:
    """The address of the documents of a month."""
    year, number = map(int, month.split("-"))
    return f"/documents?since={month}-01&until={month}-{monthrange(year, number)[1]:02}"


def _filled(rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The months with those between that have none."""
    known = dict(rows)
    try:
        year, month = map(int, rows[0][0].split("-"))
        last = tuple(map(int, rows[-1][0].split("-")))
    except (ValueError, IndexError):
        return []
    found: list[tuple[str, int]] = []
    while (year, month) <= last and len(found) < 12 * 60:
        name = f"{year:04}-{month:02}"
        found.append((name, known.get(name, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
