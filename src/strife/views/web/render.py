"""Templates -> pages: all text of documents is escaped and made harmless on its way out."""

from __future__ import annotations

import functools
from typing import Any

import jinja2
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from strife.casefile.search import AFTER, BEFORE
from strife.views import outlook_text, words
from strife.views.brief.english import country_name
from strife.views.card import look
from strife.views.web.query import Query, address
from strife.views.web.site import site_of
from strife.views.web.static import static
from strife.views.words import harmless, number_words

NAV = (
    ("/", "Overview"),
    ("/documents", "Documents"),
    ("/claims", "Claims"),
    ("/incidents", "Incidents"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/control", "Control"),
    ("/actors", "Actors"),
    ("/voices", "Voices"),
    ("/ledger", "Ledger"),
    ("/outlook", "Outlook"),
    ("/search", "Search"),
)


def page(request: Request, name: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """The page of a template; `query` in the context is what the page was asked for (Query)."""
    site = site_of(request)
    context.setdefault("query", Query(request.url.path, "html"))
    context |= {
        "site": site,
        "nav": NAV if site.cases else (),
        "here": f"/{request.url.path.split('/')[1].split('.')[0]}",
    }
    return HTMLResponse(environment().get_template(name).render(context), status)


@functools.cache
def environment() -> jinja2.Environment:
    """The templates with the words that all of them use."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("strife.views.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"address": address, "static": static, "look": look, "marked": marked}
    made.filters |= {
        "number": lambda value: "–" if value is None else number_words(value),
        "place": words.place_words,
        "date": words.date_words,
        "party": words.party_words,
        "parties": words.party_list,
        "wording": words.wording,
        "svg": Markup,  # charts escape what they take
        "named": _named,
        "range": lambda one: " – ".join(_bounds(one.low, one.best, one.high)),
        "count": outlook_text.number,
        "percent": outlook_text.percent,
        "words": lambda name: name.replace("_", " "),
        "excerpt": lambda text, limit: words.excerpt(words.one_line(text), limit)[0],
    }
    return made


def _named(value: str, field: str) -> str:
    """A value of a facet in words: countries by their names."""
    return country_name(value) if field == "country" else value


def shown(value: Any) -> Any:
    """A value as a template prints it: nothing for None, text without what turns or hides other text."""
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def marked(found: str) -> Markup:
    """Words with what was searched in them marked."""
    safe = str(escape(words.one_line(found)))
    return Markup(safe.replace(BEFORE, "<mark>").replace(AFTER, "</mark>"))  # noqa: S704 -- escaped before


def _bounds(*numbers: float | None) -> list[str]:
    """Lowest, best and highest as they are shown: one number where they agree, a question mark where one is not known."""
    known = [number for number in numbers if number is not None]
    if len(set(known)) == 1 and len(known) == len(numbers):
        return [number_words(known[0])]
    return ["?" if number is None else number_words(number) for number in numbers]
