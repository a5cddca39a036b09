"""Where deeds were that no place stands beside: where the sentence, the tale or the report around them sets them.

A place is handed on only where the tale plainly goes on: within a sentence, to "the attack" that takes a deed up again, or to
what "they" and "the men" did next. The dateline's place goes to what a report opens with, and only where the opening names
no other place or country. What is said is set nowhere: who speaks need not stand where the deed was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strife.claims.draft import Draft, EventDraft
from strife.claims.evidence import clause_of
from strife.language.analysis import Analysis
from strife.language.grammar import has_subject
from strife.mentions.mention import PlaceMention
from strife.mentions.placegrammar import is_dateline
from strife.mentions.placewords import DISTRICTS, PROVINCES, SETTLEMENTS
from strife.records import Place
from strife.resolve.timing import article_of, goes_on, happened, opens, tense_of, together

BODILY = {"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"}
MEMORY = 4  # sentences that a deed stays in mind as "the attack"
LINE = 60  # characters that a dateline may stand before the sentence, where it is parsed as one by itself
PLACE_NOUNS = SETTLEMENTS | PROVINCES | DISTRICTS | {"border", "front", "camp", "base", "airport", "capital"}
TAKING_UP = {"the", "this", "that"}
JOINED = {"advcl", "conj", "xcomp", "acl"}
SPOTS = {"point", "settlement", "surroundings", "district"}
NOUNS = frozenset(
    """
    attack bombing blast explosion ambush shooting killing massacre raid assault strike airstrike shelling clash
    bombardment fighting battle protest demonstration rally riot siege operation
    """.split()
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The place that a deed takes over, and where from: "the sentence", "the same deed", "the tale" or "the dateline"."""

    place: Place
    basis: str


def inferred_places(
    drafts: Sequence[Draft], analysis: Analysis, mentions: Sequence[PlaceMention], places: Mapping[int, Place]
) -> dict[int, Setting]:
    """The places of deeds that name none, by the token they hang on."""
    deeds = [one for one in drafts if isinstance(one, EventDraft) and one.trigger.frame.type in BODILY]
    deeds.sort(key=lambda one: one.anchor.i)
    stated = [(one, places.get(one.where.head.i)) for one in deeds if one.where is not None]
    placed = [(one, place) for one, place in stated if place is not None and place.precision in {*SPOTS, "province"}]
    line = _dateline(analysis, mentions, places)
    found: dict[int, Setting] = {}
    for one in deeds:
        if one.where is not None or one.anchor.i in found or not happened(one):
            continue
        got = _from_sentence(one, placed) or _from_same(one, placed) or _from_tale(one, placed, analysis)
        if got is None and line is not None and _leads(one, analysis, mentions, line):
            got = Setting(line, "the dateline")
        if got is not None:
            found[one.anchor.i] = got
            placed.append((one, got.place))
    return found


def _from_sentence(draft: EventDraft, placed: Sequence[tuple[EventDraft, Place]]) -> Setting | None:
    """The place of the nearest deed of the sentence that is told as of the same time."""
    here = [(one, place) for one, place in placed if one.anchor.sentence == draft.anchor.sentence and happened(one)]
    tense = tense_of(draft.anchor)
    fit = [(one, place) for one, place in here if tense_of(one.anchor) == tense and together(one.anchor, draft.anchor)]
    fit = [(one, place) for one, place in fit if _one_clause(one, draft)]
    nearest = min(fit, key=lambda pair: abs(pair[0].anchor.i - draft.anchor.i), default=None)
    return Setting(nearest[1], "the sentence") if nearest is not None else None


def _one_clause(one: EventDraft, other: EventDraft) -> bool:
    """Whether one of two deeds goes on in a clause of the other's without somebody else doing it: "shelled the town, killing two"."""
    first, second = clause_of(one.anchor), clause_of(other.anchor)
    if first is second:
        return True
    pairs = ((first, second), (second, first))
    return any(low.dep in JOINED and not has_subject(low) and clause_of(low.head) is high for low, high in pairs)


def _from_same(draft: EventDraft, placed: Sequence[tuple[EventDraft, Place]]) -> Setting | None:
    """The place of the deed that "the attack" takes up: the last one of its type before it."""
    subjects = [one for one in draft.anchor.children if one.dep in ("nsubj", "nsubjpass")]
    deed = draft.anchor if draft.trigger.noun else next(iter(subjects), draft.anchor)
    if (
        article_of(deed) not in TAKING_UP
        or deed.pos != "NOUN"
        or (deed is not draft.anchor and deed.lemma not in NOUNS)
    ):
        return None
    if any(one.tag in ("JJS", "RBS") or one.lower in ("first", "next", "new") for one in deed.children):
        return None  # "the largest offensive of the war" is another
    for one, place in reversed(placed):
        back = draft.anchor.sentence - one.anchor.sentence
        if back < 0 or one.anchor.i >= draft.anchor.i or one.trigger.frame.type != draft.trigger.frame.type:
            continue
        return Setting(place, "the same deed") if back <= MEMORY and happened(one) else None
    return None


def _from_tale(draft: EventDraft, placed: Sequence[tuple[EventDraft, Place]], analysis: Analysis) -> Setting | None:
    """The place of the last deed, where "they" or "the men" go on in the next sentence of the paragraph."""
    verb = clause_of(draft.anchor)
    if draft.trigger.noun or tense_of(draft.anchor) != "past" or not goes_on(verb):
        return None
    here = analysis.sentences[draft.anchor.sentence]
    for one, place in reversed(placed):
        there = analysis.sentences[one.anchor.sentence]
        if there.index >= here.index:
            continue
        near = here.index - there.index == 1 and there.paragraph == here.paragraph
        fit = near and tense_of(one.anchor) == "past" and happened(one) and place.precision in SPOTS
        return Setting(place, "the tale") if fit else None
    return None


def _dateline(analysis: Analysis, mentions: Sequence[PlaceMention], places: Mapping[int, Place]) -> Place | None:
    """The place that the report is dated from, where it is known."""
    for one in mentions[:6]:
        if is_dateline(analysis, analysis.sentences[one.first.sentence], one.first, one.last):
            place = places.get(one.head.i)
            return place if place is not None and place.lat is not None and place.precision in SPOTS else None
    return None


def _leads(draft: EventDraft, analysis: Analysis, mentions: Sequence[PlaceMention], line: Place) -> bool:
    """Whether a deed is told in the very sentence that the dateline opens, and this names nothing else that may be a place."""
    here = analysis.sentences[draft.anchor.sentence]
    tokens = analysis.tokens[here.first : here.last + 1]
    behind = [one for one in tokens if one.start > line.end]
    if not opens(draft, analysis) or not (behind and line.start >= tokens[0].start - LINE):
        return False
    if any(
        not one.first.start <= line.start < one.last.end for one in mentions if here.first <= one.head.i <= here.last
    ):
        return False
    named = any(one.dep == "pobj" and one.pos == "PROPN" and one.ent not in ("DATE", "TIME") for one in behind)
    return not named and not any(one.lemma in PLACE_NOUNS and article_of(one) in TAKING_UP for one in behind)
