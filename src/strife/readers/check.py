"""An answer's claims -> claims that may be believed to stand in the text: quotes found at their places, codes known.

What fails is dropped, or left out where it is only a detail, and counted with the reason; nothing is mended by guessing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args

from strife.codebook.reference import load_reference
from strife.readers.anchors import Window
from strife.readers.tally import Tally
from strife.readers.told import Told, ToldControl, ToldEvent, ToldFigure, ToldRelation, ToldStatement
from strife.records import Change, Extent, Likelihood, Measure, PloverType, Predicate, Span, Stance

MOST = 400  # claims of one answer
EVIDENCE = 800  # characters: longer evidence is no clause
SPANS = 4  # pieces of evidence
NAME = 200  # characters of a party, a place or a time
PARTIES = 12  # in one slot
ABOUT_CUE = 200  # characters between a cue and the evidence

Value = TypeVar("Value", bound=str)


class _Drop(Exception):
    """A claim that cannot be kept, and why."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the claims about one piece of a document; `places` gives where each passage begins."""

    window: Window
    places: Mapping[int, int]
    tally: Tally

    def kept(self, claims: tuple[Any, ...]) -> Iterator[Told]:
        """The claims that pass."""
        self.tally.told += len(claims)
        if len(claims) > MOST:
            self.tally.dropped[f"beyond the {MOST} of one answer"] += len(claims) - MOST
        for one in claims[:MOST]:
            try:
                yield self._claim(one)
            except _Drop as reason:
                self.tally.dropped[str(reason)] += 1

    def _claim(self, given: Any) -> Told:
        if not isinstance(given, dict):
            raise _Drop("not an object")
        kind = given.get("type")
        if not isinstance(kind, str) or kind not in ("event", "relation", "control", "figure", "statement"):
            raise _Drop("of a type that does not exist")
        evidence = self._evidence(given, kind)
        common = {"evidence": evidence, **self._frame(given, evidence[0])}
        common["when"] = self._detail(given.get("when"), evidence[0], "time not in the text")
        if kind == "control":
            common["where"] = self._wanted(given.get("where"), evidence[0], "place")
        else:
            common["where"] = self._detail(given.get("where"), evidence[0], "place not in the text")
        match kind:
            case "event":
                return self._event(given, common)
            case "relation":
                return self._relation(given, common)
            case "control":
                return self._control(given, common)
            case "figure":
                return self._figure(given, common)
        return self._statement(given, common)

    def _evidence(self, given: dict[str, Any], kind: str) -> tuple[Span, ...]:
        told = given.get("evidence")
        if told is None and kind == "statement":
            told = given.get("content")
        quotes = told if isinstance(told, list) else [told]
        near = self.places.get(_number(given.get("passage")), self.window.start)
        found = []
        for one in quotes[:SPANS]:
            words, stated = _quote(one)
            span = self.window.find(words, near=self._stated(stated, near)) if words else None
            if span is None:
                raise _Drop("evidence not in the text")
            if len(span.quote) > EVIDENCE:
                raise _Drop("evidence longer than a clause")
            found.append(span)
        if not found:
            raise _Drop("without evidence")
        return tuple(found)

    def _stated(self, stated: int | None, near: int) -> int:
        """Where a quote is said to stand: at an offset within this piece, else in its passage."""
        return stated if stated is not None and self.window.start <= stated < self.window.end else near

    def _frame(self, given: dict[str, Any], evidence: Span) -> dict[str, Any]:
        frame = given["frame"] if isinstance(given.get("frame"), dict) else given
        stance, negated = frame.get("stance"), frame.get("negated")
        if stance is None or negated is None:
            self.tally.left_out["stance or negation not told: as the grammar has it"] += 1
            stance, negated = stance or "asserts", negated or False
        if not isinstance(negated, bool):
            raise _Drop("negation that is neither true nor false")
        told = frame.get("voice")
        voice = None
        if told is not None and not (isinstance(told, str) and told.strip().lower() in ("", "author")):
            voice = self._wanted(told, evidence, "voice")  # or what somebody claims would come out as a fact
        cue = self._detail(frame.get("cue"), evidence, "cue not in the text", marks=True)
        if cue is not None and max(cue.start - evidence.end, evidence.start - cue.end) > ABOUT_CUE:
            self.tally.left_out["cue far from the evidence"] += 1
            cue = None
        likelihood = frame.get("likelihood")
        if likelihood is not None and likelihood not in get_args(Likelihood):
            self.tally.left_out["likelihood that does not exist"] += 1
            likelihood = None
        stance = _known(stance, get_args(Stance), "stance")
        return {"voice": voice, "cue": cue, "stance": stance, "negated": negated, "likelihood": likelihood}

    def _event(self, given: dict[str, Any], common: dict[str, Any]) -> ToldEvent:
        code = given.get("code", given)
        code = code if isinstance(code, dict) else {"plover": code}
        plover = cast(PloverType, _known(code.get("plover"), get_args(PloverType), "PLOVER type"))
        trigger = self._inside(given.get("trigger"), common["evidence"], "trigger")
        return ToldEvent(
            **common,
            trigger=trigger,
            plover=plover,
            mode=self._mode(plover, code.get("mode")),
            contexts=self._contexts(code.get("contexts")),
            actors=self._parties(given.get("actors"), trigger),
            recipients=self._parties(given.get("recipients"), trigger),
            supporters=self._parties(given.get("supporters"), trigger),
        )

    def _relation(self, given: dict[str, Any], common: dict[str, Any]) -> ToldRelation:
        predicate = _known(given.get("predicate"), get_args(Predicate), "predicate")
        subject = self._wanted(given.get("subject"), common["evidence"][0], "party")
        other = self._wanted(given.get("object"), common["evidence"][0], "party")
        if subject == other:
            raise _Drop("relation of a party with itself")
        return ToldRelation(**common, predicate=cast(Predicate, predicate), subject=subject, object=other)

    def _control(self, given: dict[str, Any], common: dict[str, Any]) -> ToldControl:
        change = cast(Change, _known(given.get("change"), get_args(Change), "change of control"))
        extent = cast(Extent, _known(given.get("extent"), get_args(Extent), "extent"))
        holder = self._wanted(given.get("holder"), common["evidence"][0], "party")
        return ToldControl(**common, holder=holder, change=change, extent=extent)

    def _figure(self, given: dict[str, Any], common: dict[str, Any]) -> ToldFigure:
        measure = cast(Measure, _known(given.get("measure"), get_args(Measure), "measure"))
        told = given.get("number")
        number = self._inside(told, common["evidence"], "number") if told is not None else None
        near = number or common["evidence"][0]
        of = self._wanted(given.get("of"), near, "counted words")
        about = given.get("about")  # the id of another claim means nothing here
        return ToldFigure(
            **common, number=number, of=of, measure=measure, about=self._find(about, near) if about else None
        )

    def _statement(self, given: dict[str, Any], common: dict[str, Any]) -> ToldStatement:
        content = self._find(given.get("content"), common["evidence"][0])
        if content is None:
            raise _Drop("content not in the text")
        if len(content.quote) > EVIDENCE:
            raise _Drop("content longer than a clause")
        return ToldStatement(**common, content=content)

    def _find(self, told: Any, near: Span, *, marks: bool = False) -> Span | None:
        """A quote within the evidence if it stands there, else where it stands nearest."""
        words, stated = _quote(told)
        if not words:
            return None
        at = self._stated(stated, near.start)
        within = self.window.find(words, near=at, inside=near, marks=marks)
        return within or self.window.find(words, near=at, marks=marks)

    def _inside(self, told: Any, evidence: tuple[Span, ...], what: str) -> Span:
        words, stated = _quote(told)
        for span in evidence if words else ():
            found = self.window.find(words, near=self._stated(stated, span.start), inside=span)
            if found is not None and len(found.quote) <= NAME:
                return found
        raise _Drop(f"{what} not in its evidence")

    def _wanted(self, told: Any, near: Span, what: str) -> Span:
        found = self._find(told, near)
        if found is None or len(found.quote) > NAME:
            raise _Drop(f"{what} not in the text")
        return found

    def _detail(self, told: Any, near: Span, reason: str, *, marks: bool = False) -> Span | None:
        """A quote that a claim can do without."""
        if told is None or told == "":
            return None
        found = self._find(told, near, marks=marks)
        if found is None or len(found.quote) > NAME:
            self.tally.left_out[reason] += 1
            return None
        return found

    def _parties(self, told: Any, near: Span) -> tuple[Span, ...]:
        given = told if isinstance(told, list) else [] if told is None else [told]
        if len(given) > PARTIES:
            self.tally.left_out["party beyond the 12 of one slot"] += len(given) - PARTIES
        spans = [self._detail(one, near, "party not in the text") for one in given[:PARTIES]]
        return tuple(dict.fromkeys(span for span in spans if span is not None))

    def _mode(self, plover: PloverType, told: Any) -> str | None:
        if told is None or told == "":
            return None
        if isinstance(told, str) and load_reference().types[plover].mode_called(told) is not None:
            return told
        self.tally.left_out["mode that the type does not have"] += 1
        return None

    def _contexts(self, told: Any) -> tuple[str, ...]:
        given = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
        known = [one for one in given if one in load_reference().contexts]
        if len(known) < len(given):
            self.tally.left_out["context that does not exist"] += len(given) - len(known)
        return tuple(dict.fromkeys(known))


def _known(value: Any, values: tuple[str, ...], what: str) -> str:
    """A code that exists."""
    if not isinstance(value, str) or value not in values:
        raise _Drop(f"{what} that does not exist")
    return value


def _quote(told: Any) -> tuple[str, int | None]:
    """The words of a quote and where it is said to begin: a text, or an object with "quote" and "start"."""
    if isinstance(told, dict):
        words, stated = told.get("quote"), told.get("start")
        return (words if isinstance(words, str) else "", _number(stated) if stated is not None else None)
    return (told, None) if isinstance(told, str) else ("", None)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
