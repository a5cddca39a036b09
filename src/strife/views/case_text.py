"""What a case answers, as plain lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from strife.records import Claim, Incident
from strife.views.words import date_words, excerpt, harmless, one_line, party_words, place_words, short

if TYPE_CHECKING:
    from strife.casefile.control import Holding
    from strife.casefile.decisions import Decision
    from strife.casefile.show import Shown
    from strife.casefile.summary import Actor, Info, Link

LONG = 160  # characters of a quote in a list
AROUND = 200  # characters of text shown on each side of the evidence


def claim_lines(claim: Claim) -> Iterator[str]:
    """A claim in two lines: what it says, and its evidence."""
    when = f"{date_words(claim.when)}  " if claim.when and claim.when.start else ""
    yield f"{claim.id}  {when}{short(claim)}"
    quote = excerpt(one_line(claim.evidence[0].quote), LONG)[0]
    yield click.style(f"    “{quote}”  {one_line(claim.document)}", dim=True)


def incident_lines(incident: Incident) -> Iterator[str]:
    """An incident in one or two lines."""
    when = date_words(incident.when) if incident.when else ""
    who = ", ".join(party_words(told.party) for told in incident.actors)
    whom = ", ".join(party_words(told.party) for told in incident.recipients)
    what = f"{incident.code.plover} {incident.code.mode or ''}".strip() if incident.code else "incident"
    place = place_words(incident.where) if incident.where else ""
    deed = " → ".join(filter(None, (who, what, whom)))
    yield f"{incident.id}  " + " · ".join(filter(None, (when, deed, place, incident.status)))
    rest = (
        f"{incident.dataset} {incident.row}"
        if incident.dataset
        else f"{incident.sources} sources, {len(incident.claims)} claims"
    )
    disputed = f"; disputed: {', '.join(incident.disputed)}" if incident.disputed else ""
    yield click.style(f"    {one_line(rest)}{disputed}", dim=True)


def count_lines(counts: Iterable[tuple[str | None, int]]) -> Iterator[str]:
    """Values with their numbers."""
    for value, number in counts:
        yield f"{number:>10,}  {'(none)' if value is None else one_line(value)}"


def shown_lines(shown: Shown) -> Iterator[str]:
    """Everything about a claim or a document; of incidents see incident_text."""
    if shown.claim is not None:
        yield from _claim_shown(shown, shown.claim)
    elif shown.document is not None:
        document = shown.document
        facts = filter(None, (document.title, document.source, document.published, document.url))
        yield click.style(one_line(document.id), bold=True) + "  " + " · ".join(map(one_line, facts))
        yield f"    {len(document.text):,} characters, {len(shown.claims)} claims, from {shown.place}, read by {shown.reader}"
        for version in shown.versions:
            yield f"    version {version.version} replaced {version.replaced} ({version.why}), {version.claims} claims"
        for claim in shown.claims:
            yield from claim_lines(claim)
    if shown.copies:
        yield f"near copies: {', '.join(map(one_line, shown.copies))}"
    for decision in shown.decisions:
        yield decision_line(decision)


def _claim_shown(shown: Shown, claim: Claim) -> Iterator[str]:
    yield click.style(short(claim), bold=True) + (f"  [{shown.decision}]" if shown.decision else "")
    if shown.document is not None:
        text = shown.document.text
        for span in claim.evidence:
            before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
            quote = click.style(harmless(span.quote), reverse=True)
            yield f"    …{harmless(before)}{quote}{harmless(after)}…"
        facts = (shown.document.id, shown.document.source, shown.document.published, shown.document.url, shown.place)
        yield "document: " + " · ".join(one_line(fact) for fact in facts if fact)
    yield f"rule: {one_line(claim.by)}"
    if shown.why is not None:
        yield f"why: {one_line(shown.why.rule)}" + (f", cue “{one_line(shown.why.cue)}”" if shown.why.cue else "")
        yield from (f"    candidate {one_line(one)}" for one in shown.why.candidates)
    if claim.where is not None:
        where = claim.where
        place = ", ".join(filter(None, (where.name, where.admin1, where.country))) or "not resolved"
        yield f"place: “{one_line(where.quote)}” → {one_line(place)} ({where.precision}) {where.id or ''}".rstrip()
    if claim.when is not None:
        yield f"date: “{one_line(claim.when.quote or '')}” → {date_words(claim.when)} ({claim.when.basis})"
    yield f"read by: {shown.reader}"
    if shown.read is not None:
        yield f"as read: {short(shown.read)}"
    if shown.incidents:
        yield f"incidents: {', '.join(shown.incidents)}"


def decision_line(decision: Decision) -> str:
    """A decision in one line."""
    what = f"{decision.action} {decision.field}={decision.value}" if decision.field else decision.action
    other = f" with {decision.value}" if decision.action in ("together", "apart") else ""
    if decision.action == "settle":
        other = " " + msgspec.json.decode(decision.value or "null", type=str)
    if decision.action in ("merge", "split"):
        listed = ", ".join(msgspec.json.decode(decision.value or "[]", type=list[str]))
        other = f" {'with' if decision.action == 'merge' else 'off'} {listed}"
    undone = f", undone by {one_line(decision.undone_by or '')} {decision.undone_at}" if decision.undone_at else ""
    lost = ", waits: no such claim now" if decision.kind == "claim" and decision.applies is None else ""
    note = f": {one_line(decision.note)}" if decision.note else ""
    head = f"decision {decision.number}: {one_line(what)}{other} on {decision.target}"
    return f"{head}, {one_line(decision.by)} {decision.at}{note}{undone}{lost}"


def holding_line(holding: Holding) -> str:
    """Who holds a place, in one line."""
    who = ", ".join(party_words(party) for party in holding.holders) or "nobody known"
    marks = [
        word for word, holds in (("contested", holding.contested), ("claimed only", holding.claimed_only)) if holds
    ]
    since = f" since {holding.since}" if holding.since else ""
    numbers = f"{len(holding.claims_for)} claims for, {len(holding.claims_against)} against"
    return f"{place_words(holding.place)}: {who}{since} ({', '.join([*marks, numbers])})"


def actor_line(actor: Actor) -> str:
    """An actor in one line."""
    days = " to ".join(dict.fromkeys(filter(None, (actor.first, actor.last))))
    return f"{actor.acts:>7,} {actor.undergoes:>7,} {actor.speaks:>7,}  {one_line(actor.name)}  {days}"


def link_line(link: Link) -> str:
    """What one does to another, in one line."""
    deed = f"{one_line(link.actor)} → {one_line(link.what)} → {one_line(link.other)}"
    return f"{link.year or '    '}  {deed} · {link.status} · {link.claims} claims  {', '.join(link.evidence)}"


def info_lines(info: Info) -> Iterator[str]:
    """A case in figures."""
    days = " to ".join(dict.fromkeys(filter(None, (info.first, info.last)))) or "no dates"
    yield f"{info.path}: {info.size / 1e6:,.1f} MB, schema {info.schema}"
    yield f"{info.documents:,} documents telling {info.stories:,} stories, published {days}; {info.versions:,} older versions"
    yield f"{info.claims:,} claims, {info.decisions:,} decisions ({info.waiting:,} waiting)"
    yield f"{info.incidents:,} incidents, {info.merged}"
    yield f"{info.failures:,} inputs that could not be read"
    named = ("types", info.types), ("statuses", info.statuses), ("sources", info.sources), ("imported", info.imported)
    for name, counts in named:
        if counts:
            yield f"{name}: " + ", ".join(f"{one_line(value)} {number:,}" for value, number in counts)
    for reader, number in info.readers:
        yield f"{number:,} documents read by {reader}"
