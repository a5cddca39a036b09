"""Claims as sentences: who says that who did what to whom, where and when; never more than the claim."""

from __future__ import annotations

import re

from strife.records import Claim, Control, Event, Figure, Frame, Party, Relation, Statement, Status
from strife.views.brief import clause
from strife.views.brief.english import (
    amount,
    capital,
    counted,
    is_named,
    is_plural,
    parties,
    party_name,
    place_name,
    when_words,
    where_words,
)
from strife.views.brief.nouns import noun_of
from strife.views.words import excerpt, one_line

LONG = 230  # characters of a statement that are quoted
DONE = {"deaths": "killed", "injuries": "wounded", "detained": "detained", "displaced": "displaced"}
NOBODY = "somebody not named"
NOT = re.compile(r"\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot)\b|n['’]t\b", re.IGNORECASE)
LINKS = frozenset(("against", "with", "for", "from", "to"))
OWN = frozenset(("i", "we", "me", "us"))  # an author's own voice
MUTUAL = frozenset(("CONSULT", "AGREE", "COOPERATE"))  # what two do together
MANY = ("talks", "sanctions")
STANDS = {
    "supports": ("supports", "support", "support"),
    "opposes": ("opposes", "oppose", "oppose"),
    "fights": ("fights", "fight", "fight"),
    "allied_with": ("is allied with", "are allied with", "be allied with"),
    "part_of": ("is part of", "are part of", "be part of"),
    "leads": ("leads", "lead", "lead"),
}  # of one, of several, and what follows "will" or "that it"
HOLDS = {
    "holds": ("holds", "hold", "hold"),
    "gains": ("took", "took", "take"),
    "loses": ("lost", "lost", "lose"),
    "contests": ("contests", "contest", "contest"),
}
UNREAL: dict[Status, str] = {
    "expected": "will ",
    "possible": "may ",
    "intended": "",
    "demanded": "",
}  # before the plain verb
EXTENTS = {"whole": "", "most": "most of ", "part": "part of ", "surroundings": "the surroundings of "}
LEADS: dict[Status, str] = {
    "reported": "In the words of {by}",
    "claimed": "According to {by}",
    "denied": "Denied by {by}",
    "negated": "Said by {by} not to be so",
    "possible": "Held possible by {by}",
    "expected": "Expected by {by}",
    "conditional": "Named as a condition by {by}",
    "demanded": "Demanded by {by}",
    "intended": "An intention, according to {by}",
    "asked": "Asked by {by}",
}


class Writer:
    """Writes the sentences of one document's claims: its text, whom its author is called, and the country left unsaid."""

    def __init__(self, text: str, author: str, home: str | None = None) -> None:
        self.text = text
        self.author = author
        self.home = home

    def sentence(self, claim: Claim) -> str:
        """The sentence of a claim."""
        match claim:
            case Event():
                words = self._event(claim)
            case Relation():
                words = self._framed(claim.frame, claim.status, self._stands(claim))
            case Control():
                words = self._framed(claim.frame, claim.status, self._holds(claim))
            case Figure():
                words = self._figure(claim)
            case Statement():
                words = self._statement(claim)
        return f"{capital(words)}{self.likely(claim.frame)}."

    def by(self, frame: Frame) -> str:
        """Whose voice: names, or the author of the text."""
        if frame.voice == "author" or frame.voice.quote.lower() in OWN:
            return self.author
        return parties((frame.voice, *frame.co_voices)) or NOBODY

    def likely(self, frame: Frame) -> str:
        """How likely it is called, where the sentence does not say so already."""
        said = {"certain": " (called certain)", "likely": " (called likely)", "unlikely": " (called unlikely)"}
        return said.get(frame.likelihood or "", " (scheduled)" if frame.likelihood == "scheduled" else "")

    def noun(self, event: Event) -> str:
        """An event as a noun: "an air attack on the town by jets in Idlib on 3 April 2017 (“raids”)"."""
        noun, link = noun_of(event.code)
        last = one_line(event.trigger.quote).split()[-1:]
        link = (
            last[0].lower() if last and last[0].lower() in LINKS else link
        )  # "united against": its own word says it best
        whom, who = parties(event.recipients), parties(event.actors)
        both = bool(whom) and {*map(party_name, event.recipients)} == {*map(party_name, event.actors)}
        parts = [noun]
        mutual = event.code.plover in MUTUAL or event.code.mode == "ceasefire"
        if len(set(map(party_name, event.actors))) > 1 and (both or (mutual and not whom)):
            parts.append(f"between {who}")
        else:
            parts += [f"{link} {whom}"] if whom and not both else []
            parts += [f"by {who}"] if who else []
        parts += [f"with {helpers}"] if (helpers := parties(_others(event))) else []
        parts.append(self._setting(event, whom))
        trigger = one_line(event.trigger.quote)
        said = trigger.lower().rstrip("s") in noun
        return " ".join(filter(None, (*parts, "" if said else f"(“{trigger}”)")))

    def clause(self, event: Event) -> str:
        """What happened as a clause in the words of the text, with where and when; empty where they make none."""
        done = clause.active(event, self.text)
        if done and event.when and event.when.start:
            done = clause.WEEKDAY.sub("", done)  # the day stands behind it
        if done:
            who = parties(one for one in event.actors if one.end <= event.trigger.start)
            helpers = parties(_others(event))
            subject = f"{who}, with the support of {helpers}," if helpers else who
            return f"{subject} {done} {self._setting(event, done)}".rstrip() if who else ""
        done = clause.passive(event, self.text)
        return f"{_lower_first(done)} {self._setting(event, done)}".rstrip() if done else ""

    def _setting(self, claim: Claim, said: str) -> str:
        """Where and when, without what the words before say already."""
        where = where_words(claim.where, self.home)
        if claim.where and where and place_name(claim.where).lower() in said.lower():
            where = ""
        return " ".join(filter(None, (where, when_words(claim.when))))

    def _event(self, event: Event) -> str:
        by = self.by(event.frame)
        author = by == self.author
        noun = self.noun(event)
        there = f"there {'were' if noun.startswith(MANY) else 'was'} {noun}"
        voice = "" if author else f" by {by}"  # an author who demands or denies mostly tells of another who does
        match event.status:
            case "reported" | "claimed":
                done = self.clause(event)
                if author:
                    return done or f"{noun} {'are' if noun.startswith(MANY) else 'is'} reported"
                if by == parties(event.actors):
                    return f"by {'their' if is_plural(by) else 'its'} own account, {done or there}"
                return f"according to {by}, {done or there}"
            case "negated":
                bare = noun.removeprefix("an ").removeprefix("a ")
                return f"{'' if author else f'according to {by}, '}there was no {bare}"
            case "denied":
                return f"it is denied{voice} that {there}"
            case "expected" | "possible":
                return self._ahead(event, by, noun)
            case "intended" | "demanded":
                return self._wanted(event, by, noun, author)
            case "conditional":
                return f"a condition{' named' if voice else ''}{voice}: {noun}"
        return f"it is asked{voice} whether {there}"

    def _ahead(self, event: Event, by: str, noun: str) -> str:
        what = "expected" if event.status == "expected" else "held possible"
        done, who = clause.modal(event, self.text), parties(event.actors)
        if done and who:
            return f"it is {what} by {by} that {who} {done} {self._setting(event, done)}".rstrip()
        return f"{noun} {'are' if noun.startswith(MANY) else 'is'} {what} by {by}"

    def _wanted(self, event: Event, by: str, noun: str, author: bool) -> str:
        done, who = clause.purpose(event, self.text), parties(event.actors)
        voice = "" if author else f", according to {by},"
        if event.status == "intended":
            own = who == by
            if done and who:
                return f"an aim of {who}{'' if own else voice} is {done} {self._setting(event, done)}".rstrip()
            return f"{noun} is intended{f' by {who}' if who and f'by {who}' not in noun else ''}{voice.rstrip(',')}"
        if done and who:
            return f"demanded of {who}{'' if author else f' by {by}'}: {done} {self._setting(event, done)}".rstrip()
        return f"{noun} is demanded{'' if author else f' by {by}'}"

    def _framed(self, frame: Frame, status: Status, words: str) -> str:
        """Words for a state, under whoever says so and how firmly."""
        if status == "reported":
            return words
        by = self.by(frame)
        if status == "claimed":
            return f"according to {by}, {words}"
        if status == "negated":
            return f"{'it is said' if frame.voice == 'author' else f'{by}, it is reported, said'} not to be so that {words}"
        named = "" if by == self.author else f" by {by}"
        if status == "intended":
            return f"an aim named{named or ' in the text'} is that {words}"
        if status == "conditional":
            return f"a condition{' named' if named else ''}{named}: {words}"
        how = {
            "denied": "denied", "possible": "held possible", "expected": "expected", "demanded": "demanded", "asked": "asked",
        }[status]  # fmt: skip
        said = f" by {by}" if named or status in ("expected", "possible") else ""
        return f"it is {how}{said} {'whether' if status == 'asked' else 'that'} {words}"

    def _stands(self, relation: Relation) -> str:
        one, other = party_name(relation.subject), party_name(relation.object)
        verb = _verb(STANDS[relation.predicate], one, relation.status)
        return " ".join(filter(None, (one, verb, other, self._setting(relation, other))))

    def _holds(self, control: Control) -> str:
        holder = party_name(control.holder) if is_named(control.holder) else "somebody not named"
        place = place_name(control.where) if control.where else "a place"
        when = when_words(control.when)
        return f"{holder} {_verb(HOLDS[control.change], holder, control.status)} {EXTENTS[control.extent]}{place} {when}".rstrip()

    def _figure(self, figure: Figure) -> str:
        number, of = amount(figure.low, figure.best, figure.high), counted(figure)
        unit = (
            figure.unit if figure.unit and figure.measure != "money" and figure.unit.lower() not in of.lower() else ""
        )
        what = " ".join(filter(None, (number, unit, of)))
        one = figure.best == 1 and figure.low == figure.high == 1
        done = f"{'was' if one else 'were'} {DONE[figure.measure]}" if figure.measure in DONE else ""
        setting = self._setting(figure, of)
        words = " ".join(filter(None, (what, done or f"({figure.measure})" * (figure.measure != "other"), setting)))
        if done:
            return self._framed(figure.frame, figure.status, words)
        lead = "the number given" if figure.frame.voice == "author" else f"the number given by {self.by(figure.frame)}"
        if figure.status not in ("reported", "claimed"):
            lead += f" ({figure.status})"
        return f"{lead}: {words}"

    def _statement(self, statement: Statement) -> str:
        content = excerpt(one_line(statement.content.quote).strip('“”" ').removeprefix("that "), LONG)[0]
        said_so = statement.status == "negated" and NOT.search(content)
        lead = "According to {by}" if said_so else LEADS[statement.status]
        return f"{lead.format(by=self.by(statement.frame))}: “{content}”"


def _others(event: Event) -> list[Party]:
    """Those who help and do not act themselves."""
    own = {party_name(one) for one in event.actors}
    return [one for one in event.supporters if party_name(one) not in own]


def _verb(forms: tuple[str, str, str], who: str, status: Status) -> str:
    """The form of a verb for its subject: plain after "will" or "may", and in what is wanted."""
    if status in UNREAL:
        return f"{UNREAL[status]}{forms[2]}"
    return forms[is_plural(who)]


def _lower_first(words: str) -> str:
    """A clause that began a sentence, inside another."""
    first = words.split(" ")[0]
    plain = first.lower() in {
        "at",
        "about",
        "some",
        "more",
        "around",
        "up",
        "over",
        "nearly",
        "almost",
        "another",
        "several",
        "many",
    }
    return (
        words[:1].lower() + words[1:] if plain or first.lower() in {"the", "a", "an", "dozens", "hundreds"} else words
    )
