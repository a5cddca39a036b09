"""What a code means and how a word is read: `strife explain 192`, `strife explain besieged`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from strife.codebook.book import Codebook, load_codebook
from strife.codebook.crosswalk import acled_of, cameo_of, plover_of_acled, plovers_of
from strife.codebook.reference import Mode, Reference, Term, load_reference
from strife.codebook.wordforms import Found, find_patterns, lemmas
from strife.codebook.words import load_words
from strife.errors import Unknown
from strife.records import Code

SHOWN = 3  # frames of one word that are told in full
LISTED = 12  # longer expressions and limits that are listed
SUGGESTED = 5
NOT_FIELDS = {"inter": "a word of another dataset", "scales": "a word of another dataset", "cue": "class of cue words"}


def explain(text: str) -> str:
    """What a code, a field's value or a word means, with an example and its place in the other codebooks.

    Raises Unknown, with words that come close, where nothing is known."""
    asked = " ".join(text.split())
    reference, book = load_reference(), load_codebook()
    parts = list(_codes(asked, reference, book))
    if not (parts and asked.isupper()):  # ASSAULT asks for the type alone, assault for the word too
        parts += [*_frames(asked, reference, book), *_cues(asked, reference, book)]
    if not parts:
        raise Unknown(_nothing(asked, reference, book))
    return "\n\n".join(parts)


def _lines(title: str, rows: Iterable[tuple[str, str | None]]) -> str:
    """A title and its labelled lines; a row without text is left out."""
    return "\n".join([title, *(f"  {label:<10}{text}" for label, text in rows if text)])


# --- codes ------------------------------------------------------------------------------------------------------
def _codes(asked: str, reference: Reference, book: Codebook) -> Iterator[str]:
    if asked in reference.cameo:
        yield _cameo(asked, reference, book)
    for name in reference.types:
        if name == asked.upper():
            yield _type(name, reference)
    name = asked.lower()
    yield from _modes(name, reference)
    if context := reference.contexts.get(name.replace(" ", "_").replace("-", "_")):
        yield _lines(f"{name}: context of PLOVER, for any type of event", [("covers", context)])
    for sub_event in reference.acled.values():
        if sub_event.name.lower() == name:
            yield _acled(sub_event.name, reference)
    yield from _acled_type(name, reference)
    if sector := reference.sectors.get(asked.upper()):
        yield _lines(f"{asked.upper()}: sector of a party in PLOVER", [("means", sector)])
    yield from (_term(term, reference) for term in reference.terms if term.word == name)
    if name in reference.ranges and not any(term.word == name for term in reference.terms):
        yield _lines(f"{name}: words of likelihood (ICD 203)", [("means", _percent(name, reference))])


def _cameo(asked: str, reference: Reference, book: Codebook) -> str:
    entry = reference.cameo[asked]
    codes = plovers_of(asked)
    children = [f"{one.code} {one.meaning}" for one in reference.cameo.values() if one.parent == asked]
    example = entry.example or _example_of(codes, asked, reference, book)
    rows = [
        ("within", f"{entry.parent} {reference.cameo[entry.parent].meaning}" if entry.parent else None),
        (
            "PLOVER",
            "; or ".join(dict.fromkeys(map(_told, codes))) or "none: PLOVER has no type for statements and appeals",
        ),
        ("ACLED", _acled_told(codes[0]) if codes else None),
        ("closer", "; ".join(children)),
        ("example", example),
    ]
    return _lines(f"CAMEO {asked}: {entry.meaning}", rows)


def _example_of(codes: tuple[Code, ...], cameo: str, reference: Reference, book: Codebook) -> str | None:
    """An example of a frame with this code, else one of its PLOVER mode or type, which is said."""
    for frame in book.events.frames.values():
        if frame.cameo == cameo and frame.examples:
            first = frame.examples[0]
            return first if isinstance(first, str) else first.text
    if not codes:
        return next(
            (one.example for one in reference.cameo.values() if one.code.startswith(cameo) and one.example), None
        )
    kind = reference.types[codes[0].plover]
    mode = kind.mode_called(codes[0].mode) if codes[0].mode else None
    return f"{(mode or kind).example} (an example of {_told(Code(plover=kind.name, mode=codes[0].mode))})"


def _type(name: str, reference: Reference) -> str:
    kind = next(kind for kind in reference.types.values() if kind.name == name)
    rows = [
        ("covers", kind.covers),
        ("beware", kind.beware),
        *(("mode", f"{mode.name}: {mode.meaning}") for mode in kind.mode),
        ("CAMEO", _cameo_told(cameo_of(name), reference)),
        ("ACLED", _by_sides(kind.acled, kind.acled_civilians, kind.acled_armed)),
        ("example", kind.example),
    ]
    return _lines(f"{name}: type of PLOVER, {kind.quad}", rows)


def _modes(name: str, reference: Reference) -> Iterator[str]:
    for kind in reference.types.values():
        if (mode := kind.mode_called(name.replace(" ", "-"))) is not None:
            yield _mode(kind.name, mode, reference)


def _mode(kind: str, mode: Mode, reference: Reference) -> str:
    rows = [
        ("means", mode.meaning),
        ("CAMEO", _cameo_told(cameo_of(kind, mode.name), reference)),
        ("ACLED", _by_sides(mode.acled, mode.acled_civilians, mode.acled_armed)),
        ("example", mode.example),
    ]
    return _lines(f"{mode.name}: mode of PLOVER {kind}", rows)


def _acled(name: str, reference: Reference) -> str:
    known, code = reference.acled[name], plover_of_acled(name)
    rows = [
        ("means", known.meaning),
        ("PLOVER", _told(code) if code else "no single type"),
        ("CAMEO", _cameo_told(code.cameo, reference) if code else None),
        ("example", known.example),
    ]
    return _lines(f"{name}: sub-event of ACLED, under {known.type}", rows)


def _acled_type(name: str, reference: Reference) -> Iterator[str]:
    within = [sub_event.name for sub_event in reference.acled.values() if sub_event.type.lower() == name]
    if within:
        yield _lines(f"{name.capitalize()}: event type of ACLED", [("has", "; ".join(within))])


def _term(term: Term, reference: Reference) -> str:
    field = NOT_FIELDS.get(term.field, f"value of the field {term.field}")
    share = _percent(term.word, reference) if term.field == "likelihood" else None
    return _lines(f"{term.word}: {field}", [("means", term.meaning), ("share", share), ("example", term.example)])


def _percent(name: str, reference: Reference) -> str:
    low, high = reference.ranges[name]
    return f"{low} to {high} per cent"


def _told(code: Code) -> str:
    contexts = f" ({', '.join(code.contexts)})" if code.contexts else ""
    return f"{code.plover}{f' {code.mode}' if code.mode else ''}{contexts}"


def _cameo_told(cameo: str | None, reference: Reference) -> str | None:
    if cameo is None:
        return None
    known = reference.cameo.get(cameo)
    return f"{cameo} {known.meaning}" if known else cameo


def _acled_told(code: Code) -> str | None:
    kind = load_reference().types[code.plover]
    entry = (kind.mode_called(code.mode) if code.mode else None) or kind
    return _by_sides(acled_of(code.plover, code.mode, code.contexts), entry.acled_civilians, entry.acled_armed)


def _by_sides(plain: str | None, civilians: str | None, armed: str | None) -> str | None:
    return plain or (f"{civilians} (on civilians), {armed} (between armed sides)" if civilians and armed else None)


# --- words ------------------------------------------------------------------------------------------------------
def _frames(asked: str, reference: Reference, book: Codebook) -> Iterator[str]:
    found = find_patterns(asked, book.events, reference.forms)
    exact: dict[str, list[Found]] = {}
    for one in found:
        if one.exact:
            exact.setdefault(one.frame.id, []).append(one)
    groups = list(exact.values()) or ([found[:1]] if found and " " in asked else [])
    shown = [one for group in groups[:SHOWN] for one in group]
    yield from (_frame(group, reference) for group in groups[:SHOWN])
    rest = dict.fromkeys(f"{one.entry} ({_told(one.frame.code)})" for one in found if one not in shown)
    if rest:
        more = f"; and {len(rest) - LISTED} more" if len(rest) > LISTED else ""
        yield f"Also: {'; '.join(list(rest)[:LISTED])}{more}"


def _frame(found: list[Found], reference: Reference) -> str:
    """One frame, and the entries by which it was found: a verb, a noun, or both."""
    frame, one = found[0].frame, found[0]
    examples = [example if isinstance(example, str) else example.text for example in frame.examples]
    rows = [
        ("means", frame.what),
        ("PLOVER", _told(frame.code)),
        ("CAMEO", _cameo_told(frame.cameo, reference)),
        ("ACLED", frame.acled),
        *((f"as {other.part}", _roles(other)) for other in {other.part: other for other in found}.values()),
        ("control", f"the {frame.control_holder} {frame.control} the place" if frame.control else None),
        ("only with", _some(frame.object_words)),
        ("not with", _some((*frame.not_object_words, *frame.not_subject_words, *frame.not_words))),
        ("example", _with_word(one, examples, reference) or next(iter(examples), None)),
        ("no event", _with_word(one, frame.near_misses, reference)),
    ]
    return _lines(
        f"{one.entry}: {' and '.join(dict.fromkeys(other.part for other in found))} of the event frame {frame.id}", rows
    )


def _some(words: tuple[str, ...]) -> str:
    return ", ".join(words[:LISTED]) + (", …" if len(words) > LISTED else "")


def _with_word(one: Found, texts: Iterable[str], reference: Reference) -> str | None:
    """The first text that has a word of the entry."""
    word = one.entry.split()[0 if one.part == "verb" else -1]
    return next(
        (
            text
            for text in texts
            if any(word in lemmas(part.strip(".,“”'"), reference.forms) for part in text.lower().split())
        ),
        None,
    )


def _roles(one: Found) -> str:
    noun = one.part == "noun"
    slots = (
        ("possessive", "modifier", "by", "of", "against", "on", "between") if noun else ("subject", "object", "against")
    )
    roles = {slot: one.frame.role(slot, noun=noun) for slot in (*slots, *one.frame.roles)}
    return ", ".join(f"{slot}: {role}" for slot, role in roles.items() if role != "none")


def _cues(asked: str, reference: Reference, book: Codebook) -> Iterator[str]:
    cues = book.cues
    tables = {
        "verb before a clause": cues.verbs,
        "verb before a noun": cues.objects,
        "noun": cues.nouns,
        "adjective": cues.adjectives,
        "adverb": cues.adverbs,
    }
    asked = asked.lower()
    first, _, rest = asked.partition(" ")
    candidates = [asked, *(f"{lemma} {rest}".strip() for lemma in lemmas(first, reference.forms))]
    word = next((one for one in candidates if any(one in table for table in tables.values())), None)
    meanings = {term.word: term for term in reference.terms if term.field == "cue"}
    if word is not None:
        classes = [(part, name) for part, table in tables.items() for name in sorted(table.get(word, ()))]
        yield "\n".join(
            [f"{word}: cue of voice and status", *(_cue(part, meanings.get(name), name) for part, name in classes)]
        )
    yield from dict.fromkeys(mark for one in candidates for mark in _marks(one, reference, book))


def _cue(part: str, term: Term | None, name: str) -> str:
    return f"  {part}, {name}" + (f": {term.meaning}\n    example {term.example}" if term else "")


def _marks(word: str, reference: Reference, book: Codebook) -> Iterator[str]:
    if word in book.cues.likelihood:
        likelihood = book.cues.likelihood[word]
        yield f"{word}: makes a claim {likelihood} ({_percent(likelihood, reference)})"
    if word in book.cues.conditions:
        yield f"{word}: makes a claim depend on something (status conditional)"
    for room in ("relations", "control"):
        labels = dict.fromkeys(table[word] for table in load_words(room).values() if word in table)
        if labels:
            yield f"{word}: word of {room} ({', '.join(labels)})"


# --- nothing found ----------------------------------------------------------------------------------------------
def _nothing(asked: str, reference: Reference, book: Codebook) -> str:
    if not asked:
        return "explain what? give a code or a word, such as 192, ASSAULT, besiege or denied"
    known = {
        *reference.cameo,
        *reference.types,
        *reference.contexts,
        *reference.acled,
        *reference.sectors,
        *reference.ranges,
        *(term.word for term in reference.terms),
        *book.cues.verbs,
        *book.cues.nouns,
        *book.cues.adjectives,
        *(mode.name for kind in reference.types.values() for mode in kind.mode),
        *(entry for frame in book.events.frames.values() for entry in (*frame.verbs, *frame.nouns) if "|" not in entry),
    }
    folded = {word.lower(): word for word in sorted(known)}
    close = difflib.get_close_matches(asked.lower(), folded, SUGGESTED, 0.65)
    hint = f"did you mean {', '.join(folded[word] for word in close)}?" if close else "it is in none of the codebooks"
    return f"nothing is known about {asked!r}: {hint}"
