"""An analyst's notes on a text -> Wanted: what to find, in the analyst's words, and what must not come out as a fact.

A note has `kind` (event, control, relation, figure, statement, expectation, not_actual), `id`, `evidence` {start, end,
text}, and by kind `plover`, `agents`, `targets`, `supporters`, `place`, `when`, `modality`, `source`, `holder`,
`change`, `extent`, `subject`, `predicate`, `object`, `polarity`, `value` or `low` and `high`, `measure`, `speaker`,
`likelihood`. Lists are alternatives, but of `place`, where each is wanted. `modality_also` are other right ones, `also`
other passages, `or` other right readings, `inferred` the slots that the passage does not say: they are not asked for.
"""

from __future__ import annotations

from typing import Any

from strife.errors import BadInput
from strife.measure.wanted import Names, Slots, Wanted
from strife.records import Document, Span

Note = dict[str, Any]
AHEAD = ("expected", "possible", "conditional", "intended", "demanded")
SLOTS = {
    "event": {"plover": "plover", "agents": "actors", "targets": "recipients", "supporters": "supporters"},
    "control": {"holder": "holder", "change": "change", "extent": "extent"},
    "relation": {"subject": "subject", "predicate": "predicate", "object": "object"},
    "figure": {"measure": "measure"},
    "statement": {"speaker": "voice"},
    "expectation": {"likelihood": "likelihood"},
    "not_actual": {},
}
NUMBERS = ("low", "value", "high")


def wanted_of_notes(notes: list[Note], document: Document, path: str) -> tuple[Wanted, ...]:
    """What the notes on one document ask for."""
    return tuple(wanted for number, note in enumerate(notes, 1) for wanted in _of_note(note, number, document, path))


def _of_note(note: Note, number: int, document: Document, path: str) -> list[Wanted]:
    kind, name = note["kind"], str(note.get("id", number))
    if kind not in SLOTS:
        raise BadInput(f"{path}: {name} is of the unknown kind {kind!r}; there are {', '.join(SLOTS)}")
    first = note["trigger"] if kind == "not_actual" and "trigger" in note else note.get("evidence")
    passages = tuple(_span(one, document, name, path) for one in (first, *note.get("also", ())))
    versions = [note, *({**note, **other} for other in note.get("or", ()))]
    places = [] if "place" in note.get("inferred", ()) else _listed(note.get("place"))
    return [
        Wanted(
            id=name,
            kind=kind,
            passages=passages,
            types=() if kind in ("statement", "expectation", "not_actual") else (kind,),
            readings=tuple(_slots(version, place) for version in versions),
            number=_number(note) if kind == "figure" else None,
            actual=kind != "not_actual",
        )
        for place in (places or (None,))
    ]


def _number(note: Note) -> tuple[float | None, float | None, float | None]:
    low, best, high = (note.get(name) for name in NUMBERS)
    return low, best, high


def _slots(note: Note, place: str | None) -> Slots:
    """The slots that a note asks for; those that are only inferred it does not."""
    kind = note["kind"]
    slots: Slots = {
        slot: (_listed(note[name]),)
        for name, slot in SLOTS[kind].items()
        if _listed(note.get(name)) and name not in note.get("inferred", ())
    }
    if kind in ("event", "control", "relation", "figure") and note.get("modality"):
        slots["status"] = (tuple(map(_status, (note["modality"], *note.get("modality_also", ())))),)
    if kind in ("event", "control", "figure") and note.get("source") and not note.get("modality_also"):
        slots["voice"] = (_listed(note["source"]),)
    if kind == "relation" and note.get("polarity") == "negative":
        slots["status"] = (("negated",),)
    if kind == "expectation":
        slots["status"] = (AHEAD,)
    if kind in ("event", "control") and note.get("when") and "when" not in note.get("inferred", ()):
        slots["date"] = (_listed(note["when"]),)
    if place is not None:
        slots["place"] = ((place,),)
    return slots


def _status(modality: str) -> str:
    return "reported" if modality == "actual" else modality


def _listed(value: str | list[str] | None) -> Names:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _span(given: Any, document: Document, name: str, path: str) -> Span:
    try:
        start, end = int(given["start"]), int(given["end"])
        return Span(start=start, end=end, quote=given.get("text") or document.text[start:end])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f'{path}: {name} has no "evidence" with "start" and "end"') from error
