"""A brief out of its material: what happened, who holds what, who says otherwise, figures, what is expected, what to watch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from strife.records import Claim, Control, Event, Figure, Incident, IncidentFigure, Relation, Statement
from strife.views import charts
from strife.views.brief.choose import Told, chosen, lead_claim, most_told
from strife.views.brief.document import Brief, Notes, Paragraph, Section, Sentence
from strife.views.brief.english import (
    amount,
    capital,
    count_words,
    day_words,
    listed,
    parties,
    place_name,
    since_words,
    when_words,
    where_words,
)
from strife.views.brief.material import Material
from strife.views.brief.nouns import noun_of
from strife.views.brief.outcome import outcome
from strife.views.brief.sentence import EXTENTS
from strife.views.svg.atlas import atlas
from strife.views.svg.axis import day_of
from strife.views.svg.ranges import Range, ranges

HAPPENED, HELD, CLAIMED, DENIED, FIGURES, TIES, AHEAD, WATCH = 14, 14, 10, 8, 10, 8, 10, 10
CITED = 4  # notes for one sentence at most
SEVERAL = 9  # the upper bound of "several": no number to report
SIDES = 3  # accounts that are named where sources differ
COUNTED = ("deaths", "injuries", "displaced", "detained")
MEASURES = {"deaths": "deaths", "injuries": "injuries", "displaced": "people displaced", "detained": "people detained"}
SURE = ("reported", "claimed")


def compose(material: Material, title: str) -> Brief:
    """The brief; the same material gives the same words."""
    notes = Notes(material)
    makers: tuple[Callable[[Material, Notes], Section], ...] = (
        _happened, _control, _claimed, _denied, _figures, _ties, _ahead, _watch,
    )  # fmt: skip
    sections = [maker(material, notes) for maker in makers]
    told = tuple(one for one in sections if one.paragraphs)
    return Brief(title, tuple(_facts(material)), told, tuple(notes.made))


def _facts(material: Material) -> Iterator[str]:
    documents = material.documents
    outlets = list(dict.fromkeys(one.source for one in documents if one.source))
    number = f"{len(documents):,} text{'' if len(documents) == 1 else 's'}"
    by = f" of {len(outlets)} outlets" if len(outlets) > 1 else f" of {outlets[0]}" if outlets else ""
    days = sorted(one.published for one in documents if one.published)
    when = ""
    if days:
        when = f", published {day_words(days[0])}" + (f" to {day_words(days[-1])}" if days[0] != days[-1] else "")
    claims = len(material.claims)
    yield f"This brief rests on {claims:,} claim{'' if claims == 1 else 's'} in {number}{by}{when}."
    asked = [
        f"Only what concerns {material.about}" if material.about else "",
        f"since {day_words(material.since)}" if material.since else "",
    ]
    if any(asked):
        yield capital(" ".join(filter(None, asked))) + " is told."
    yield (
        "Every sentence was made by rule from the passage in its note and says no more than that. The brief tells what the texts say, "
        "not what is so; nobody has checked them against the world, and the reading of a passage can be wrong: the note has its words."
    )


def _happened(material: Material, notes: Notes) -> Section:
    incidents, left = most_told(material.incidents, material, HAPPENED)
    pins = charts.pins(incidents)
    return Section(
        "happened",
        "What happened",
        "In the order of days, or of the text where it gives few. Reported by the authors of the texts, or claimed by those "
        "named; chosen by the number of independent sources, the number of deaths, and how much is said. “In a text of” "
        "stands where the text gives no day.",
        tuple(_incident(one, material, notes) for one in incidents),
        (atlas(pins, title="Where it happened"),) if len(pins) > 1 else (),
        left,
    )


def _incident(incident: Incident, material: Material, notes: Notes) -> Paragraph:
    lead = lead_claim(incident, material)
    assert lead is not None  # only such incidents are chosen
    others = _elsewhere(material.of(incident), lead)
    sentences = [notes.sentence(material.sentence(lead), lead)]
    if incident.sources > 1 and others:
        text = f"{capital(count_words(incident.sources))} independent sources tell of it."
        sentences.append(notes.sentence(text, *others[: CITED - 1]))
    if "actors" in incident.disputed:
        sentences += _accounts(incident, material, notes)
    return Paragraph(tuple(sentences))


def _elsewhere(claims: Iterable[Claim], lead: Claim) -> list[Claim]:
    """One claim of each other document."""
    found: dict[str, Claim] = {}
    for claim in claims:
        if claim.document != lead.document and isinstance(claim, Event) and claim.status in SURE:
            found.setdefault(claim.document, claim)
    return list(found.values())


def _accounts(incident: Incident, material: Material, notes: Notes) -> Iterator[Sentence]:
    """Who did it, where sources differ: each account with a claim that names it so."""
    named: dict[str, Claim] = {}
    for told in sorted(incident.actors, key=lambda one: (-len(one.claims), one.party.name or one.party.quote)):
        name = parties([told.party])
        claims = [material.claims[one] for one in told.claims if one in material.claims]
        sure = next((one for one in claims if isinstance(one, Event) and one.status in SURE), None)
        if name and sure is not None:
            named.setdefault(name, sure)
    first = list(named.items())[:SIDES]
    if len(first) > 1:
        yield notes.sentence(
            f"Sources differ on who did it: they name {listed([name for name, _ in first])}.",
            *(one for _, one in first),
        )


def _control(material: Material, notes: Notes) -> Section:
    holdings = [one for one in material.holdings if one.holders and _can_be_held(one)]
    holdings.sort(key=lambda one: (-len(one.claims_for) - len(one.claims_against), place_name(one.place)))
    shown = holdings[:HELD]
    paragraphs = [paragraph for one in shown if (paragraph := _holding(one, material, notes)) is not None]
    on = f" on {day_words(material.on)}" if material.on else ""
    drawn = charts.control_map(shown, title=f"Who is said to hold what{on}") if paragraphs else ""
    return Section(
        "control",
        f"Who holds what{on}",
        "As the newest statements have it. Where nobody says so in the author's own voice it is marked as only claimed. Places of which "
        "nothing is said are not shown, and towns say nothing of the land between them.",
        tuple(paragraphs),
        tuple(filter(None, (drawn, _strips(shown, material)))),
        len(holdings) - len(shown),
    )


def _strips(shown: Sequence[charts.Holding], material: Material) -> str:
    """Who held these places over time, where that changed; empty where it did not."""
    last = day_of(material.on or "")
    rows = [one for one in material.over_time([one.place for one in shown]) if len(one) > 1]
    if last is None or not rows:
        return ""
    named = [(_held_name(one[-1]), one) for one in rows]
    return charts.control_strips(named, last, title="Who is said to have held them, over time")


def _holding(holding: charts.Holding, material: Material, notes: Notes) -> Paragraph | None:
    claims_for = _known(holding.claims_for, material)[-CITED + 1 :]
    against = _known(holding.claims_against, material)[-2:]
    if not claims_for and not against:
        return None
    who, place = parties(holding.holders), _held_name(holding)
    if not who:
        return None
    where = f"{_extent(claims_for)}{place}"
    if holding.contested and len(holding.holders) > 1:
        text = f"{capital(where)}: contested; {who} are each said to hold it"
    else:
        text = f"{capital(where)}: held by {who}" + (", but contested" if holding.contested else "")
    text += ", which is only claimed" if holding.claimed_only else ""
    sentences = [notes.sentence(f"{text}{since_words(holding.since)}.", *claims_for)]
    if against:
        sentences.append(notes.sentence(f"Against it: {_lower(material.sentence(against[-1]))}", against[-1]))
    return Paragraph(tuple(sentences))


def _can_be_held(holding: charts.Holding) -> bool:
    """Whether it is a place that somebody can hold: a country is held in parts, and "towns" are no place."""
    place = holding.place
    named = place.id is not None or place.quote[:1].isupper()
    return named and place.precision not in ("country", "region") and place.quote.lower() not in KINDS


KINDS = frozenset("town towns city cities village villages area areas district region positions territory".split())


def _held_name(holding: charts.Holding) -> str:
    """The name of a held place; a province is called one, since its city has the same name."""
    name = place_name(holding.place)
    return f"{name} province" if holding.place.precision == "province" and "provinc" not in name.lower() else name


def _extent(claims: Sequence[Claim]) -> str:
    """How much of a place the newest statement speaks of."""
    last = claims[-1] if claims else None
    return EXTENTS[last.extent] if isinstance(last, Control) else ""


def _lower(sentence: str) -> str:
    """A sentence after a colon."""
    return (
        sentence
        if sentence[:2].isupper() or sentence.split()[0] not in LOWERED
        else sentence[:1].lower() + sentence[1:]
    )


LOWERED = frozenset("The A An It According By Violence An In There Opposition Rebels Government Regime".split())


def _known(names: Iterable[str], material: Material) -> list[Claim]:
    return [material.claims[name] for name in names if name in material.claims]


def _claimed(material: Material, notes: Notes) -> Section:
    used = set(notes.numbers)
    claims = [
        one
        for one in material.claims.values()
        if one.status == "claimed" and one.id not in used and isinstance(one, Statement | Event) and material.named(one)
    ]
    return _listed(
        material, notes, "claimed", "What is claimed, and by whom",
        "Said by somebody whom the text names, and not by its author.", claims, CLAIMED,
    )  # fmt: skip


def _denied(material: Material, notes: Notes) -> Section:
    claims = [
        one
        for one in material.claims.values()
        if one.status in ("denied", "negated") and not isinstance(one, Figure) and _says_enough(one)
    ]
    return _listed(
        material, notes, "denied", "Who says otherwise",
        "What is denied, or said not to have happened. Where sources differ on who did something, or on numbers, it stands with "
        "what happened and with the figures.", claims, DENIED,
    )  # fmt: skip


def _says_enough(claim: Claim) -> bool:
    """Whether a denial says of what: an event without anybody in it says nothing."""
    if isinstance(claim, Event):
        return bool(parties(claim.actors) or parties(claim.recipients))
    return not isinstance(claim, Statement) or len(claim.content.quote) > 25


def _listed(
    material: Material,
    notes: Notes,
    key: str,
    title: str,
    rule: str,
    claims: Iterable[Claim],
    most: int,
    chart: str = "",
) -> Section:
    told, left = chosen(material, claims, most)
    paragraphs = tuple(Paragraph((_sentence(one, notes),)) for one in told)
    return Section(key, title, rule, paragraphs, (chart,) if chart else (), left)


def _sentence(one: Told, notes: Notes) -> Sentence:
    return notes.sentence(one.text, one.claim, *one.others[: CITED - 1])


def _figures(material: Material, notes: Notes) -> Section:
    found = [
        (incident, figure)
        for incident in material.incidents
        for figure in incident.figures
        if figure.measure in COUNTED
        and figure.high != SEVERAL
        and incident.code is not None
        and _by_source(figure, material)
    ]
    found.sort(key=lambda one: (-len(_by_source(one[1], material)), -(one[1].best or one[1].low or 0), one[0].id))
    shown = found[:FIGURES]
    paragraphs = [_counted(incident, figure, material, notes) for incident, figure in shown]
    own = {name for _, figure in found for one in figure.by_source for name in one.claims}
    loose = [
        one
        for one in material.claims.values()
        if isinstance(one, Figure) and one.status in SURE and one.id not in own and one.measure != "other"
    ]
    told, left = chosen(material, loose, max(0, FIGURES - len(shown)))
    paragraphs += [Paragraph((_sentence(one, notes),)) for one in told]
    several = [(incident, figure) for incident, figure in shown if len(_by_source(figure, material)) > 1][:2]
    drawn = tuple(_range_chart(incident, figure, material) for incident, figure in several)
    return Section(
        "figures",
        "Figures",
        "Lowest and highest of all sources that give a number for one incident; the middle is the median of their best numbers.",
        tuple(paragraphs),
        drawn,
        len(found) - len(shown) + left,
    )


def _by_source(figure: IncidentFigure, material: Material) -> dict[str, list[Claim]]:
    """The claims for a figure by their sources."""
    found = {one.source: _known(one.claims, material) for one in figure.by_source}
    return {source: claims for source, claims in found.items() if claims}


def _named(incident: Incident, home: str | None) -> str:
    """An incident as it is named beside a figure."""
    noun = noun_of(incident.code)[0] if incident.code else "an incident"
    return " ".join(filter(None, (noun, where_words(incident.where, home), when_words(incident.when))))


def _counted(incident: Incident, figure: IncidentFigure, material: Material, notes: Notes) -> Paragraph:
    by_source = _by_source(figure, material)
    number = amount(figure.low, figure.best, figure.high, vague=len(by_source) == 1).removesuffix(" of")
    best = (
        f", the middle of them {count_words(figure.best)}"
        if figure.best not in (None, figure.low, figure.high) and figure.best
        else ""
    )
    many = f", from {count_words(len(by_source))} sources" if len(by_source) > 1 else ""
    claims = [some[0] for some in by_source.values()]
    ends = sorted(claims, key=lambda one: (one.best or one.low or one.high or 0) if isinstance(one, Figure) else 0)
    cited = [*dict.fromkeys([ends[0].id, ends[-1].id, *(one.id for one in ends)])][:CITED]
    text = f"{capital(MEASURES[figure.measure])} in {_named(incident, material.home)}: {number}{best}{many}."
    return Paragraph((notes.sentence(text, *(material.claims[name] for name in cited)),))


def _range_chart(incident: Incident, figure: IncidentFigure, material: Material) -> str:
    rows = [Range("all sources", figure.low, figure.best, figure.high, strong=True)]
    for one in figure.by_source:
        if _known(one.claims, material):
            name = material.sources[one.source].outlet if one.source in material.sources else one.source
            rows.append(Range(name, one.low, one.best, one.high))
    return ranges(rows[:12], title=capital(f"{MEASURES[figure.measure]} in {_named(incident, material.home)}"))


def _ties(material: Material, notes: Notes) -> Section:
    claims = [
        one
        for one in material.claims.values()
        if isinstance(one, Relation) and one.status in SURE and parties([one.subject]) and parties([one.object])
    ]
    section = _listed(
        material, notes, "ties", "Who stands with or against whom",
        "As reported or claimed; who fights whom follows from what is told of them.", claims, TIES,
    )  # fmt: skip
    drawn = charts.relations(claims, title="Who stands with or against whom")
    charted = (drawn,) if section.paragraphs and len(claims) > 2 else ()
    return Section(section.key, section.title, section.rule, section.paragraphs, charted, section.left_out)


def _ahead(material: Material, notes: Notes) -> Section:
    claims = [one for one in material.claims.values() if one.status in ("expected", "possible") and _forward(one)]
    told, left = chosen(material, claims, AHEAD)
    each = ((_sentence(one, notes), outcome(one, material, notes)) for one in told)
    paragraphs = tuple(Paragraph((first, then) if then else (first,)) for first, then in each)
    rule = "What somebody expects or holds possible, and what became of it where the case tells. Words such as “likely” are theirs."
    return Section("expected", "What is expected, and by whom", rule, paragraphs, (), left)


def _forward(claim: Claim) -> bool:
    """Whether an expectation can be told: who or what is in it."""
    if isinstance(claim, Event):
        return claim.trigger.quote.lower() not in HELPERS and _says_enough(claim)
    if isinstance(claim, Statement):
        return len(claim.content.quote) > 30
    return isinstance(claim, Control | Relation)


HELPERS = frozenset("will would may might could can shall".split())


def _watch(material: Material, notes: Notes) -> Section:
    wanted = ("conditional", "intended", "demanded")
    claims = [
        one
        for one in material.claims.values()
        if (one.status in wanted or one.frame.likelihood == "scheduled") and _forward(one)
    ]
    acts = {(one.document, one.evidence[0].start) for one in claims if isinstance(one, Event)}
    claims = [
        one for one in claims if not isinstance(one, Relation) or (one.document, one.evidence[0].start) not in acts
    ]
    return _listed(
        material, notes, "watch", "What to watch",
        "Conditions that somebody names, intentions, demands, and what is scheduled.", claims, WATCH,
    )  # fmt: skip


def paragraphs_of(sections: Sequence[Section]) -> Iterator[Sentence]:
    """All sentences of a brief."""
    for section in sections:
        for paragraph in section.paragraphs:
            yield from paragraph.sentences
