"""The reference of codes: PLOVER, CAMEO, ACLED, and the event frames, from the codebook."""

from __future__ import annotations

from strife.codebook.frames import EventFrame, Example, load_frames
from strife.codebook.reference import EventType, Mode, load_reference
from strife.records import Code
from tools.docs.markdown import code, plain, table

PLOVER_HEAD = """# PLOVER codes
The sixteen event types with their modes, and the contexts. Types, modes and contexts are those of the PLOVER manual; what they cover
is told in our words. *CAMEO* and *ACLED* are what a type or mode becomes where no closer code is known. `strife explain ASSAULT` prints
the same.

"""
CAMEO_HEAD = """# CAMEO codes
All codes with the PLOVER code that each leads to, the foremost first. Codes are text: `040` is not `40`. Codes under 01 and 02 say that
somebody speaks or appeals; PLOVER has no type for them.

"""
ACLED_HEAD = """# ACLED sub-events
The six event types and twenty-five sub-event types, each with the PLOVER code it becomes where nothing closer is known. A file of ours
in ACLED's layout is not ACLED's data: their coders decide what counts.

"""
FRAMES_HEAD = """# Event frames: {type}
The words by which strife knows an event of [this type](../codes.md#{anchor}), frame by frame. In verbs
the first word is the trigger and the others must hang on it; `a|b` are alternatives. `strife explain besiege` tells what a word is read as.

"""


def plover_page() -> str:
    """The page of PLOVER's types, modes and contexts."""
    reference = load_reference()
    rows = ((code(name), plain(meaning)) for name, meaning in reference.contexts.items())
    types = "".join(_type(kind) for kind in reference.types.values())
    return PLOVER_HEAD + types + "## Contexts\n\n" + table(("context", "means"), rows)


def _type(kind: EventType) -> str:
    rows = ((code(one.name), plain(one.meaning), code(one.cameo), _acled(one), plain(one.example)) for one in kind.mode)
    beware = f" Beware: {plain(kind.beware)}." if kind.beware else ""
    return (
        f"## {kind.name}\n{plain(kind.covers)}.{beware} Class: {plain(kind.quad)}. CAMEO {code(kind.cameo)}"
        + (f"; ACLED: {_acled(kind)}" if _acled(kind) else "")
        + f".\n\n> {plain(kind.example)}\n\n"
        + table(("mode", "means", "CAMEO", "ACLED", "example"), rows)
    )


def _acled(entry: EventType | Mode) -> str:
    """The ACLED sub-events of a type or mode, with what tells them apart."""
    told = ((entry.acled, ""), (entry.acled_civilians, " (of civilians)"), (entry.acled_armed, " (of armed men)"))
    return "; ".join(f"{plain(name)}{when}" for name, when in told if name)


def in_plover(found: Code | None) -> str:
    """A PLOVER code in a cell."""
    if found is None:
        return "none"
    return " ".join(code(word) for word in (found.plover, found.mode) if word) + (
        f" ({', '.join(found.contexts)})" if found.contexts else ""
    )


def cameo_page() -> str:
    """The page of CAMEO's codes."""
    reference = load_reference()
    rows = (
        (
            code(one.code),
            plain(one.meaning),
            "; ".join(in_plover(found) for found in reference.plover.get(one.code, ())) or "none",
            plain(one.example or ""),
        )
        for one in reference.cameo.values()
    )
    return CAMEO_HEAD + table(("code", "means", "PLOVER", "example"), rows)


def acled_page() -> str:
    """The page of ACLED's sub-events, by type."""
    reference = load_reference()
    parts = [ACLED_HEAD]
    for kind in dict.fromkeys(one.type for one in reference.acled.values()):
        rows = (
            (plain(one.name), plain(one.meaning), in_plover(one.code), plain(one.example))
            for one in reference.acled.values()
            if one.type == kind
        )
        parts.append(f"## {kind}\n\n" + table(("sub-event", "means", "PLOVER", "example"), rows))
    return "".join(parts)


def frame_pages() -> dict[str, str]:
    """For each PLOVER type that has any, the page of its event frames."""
    found: dict[str, list[EventFrame]] = {}
    for frame in load_frames().frames.values():
        found.setdefault(frame.type, []).append(frame)
    return {
        kind: FRAMES_HEAD.format(type=kind, anchor=kind.lower()) + "".join(map(_frame, frames))
        for kind, frames in sorted(found.items())
    }


def _frame(frame: EventFrame) -> str:
    first = frame.examples[0] if frame.examples else ""
    example = first.text if isinstance(first, Example) else first
    finer = (code(frame.cameo or ""), plain(frame.acled or ""))
    told = (
        ("code", ", ".join(part for part in (in_plover(frame.code), *finer) if part)),
        ("verbs", plain(", ".join(frame.verbs))),
        ("nouns", plain(", ".join(frame.nouns))),
        ("control", code(frame.control or "")),
        ("example", plain(example)),
    )
    items = "".join(f"- {name}: {text}\n" for name, text in told if text)
    return f"## {frame.id}\n{plain(frame.what)}.\n\n{items}\n"
