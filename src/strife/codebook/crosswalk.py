"""From one codebook to another: PLOVER, CAMEO and ACLED, both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from strife.codebook.reference import EventType, Mode, Reference, load_reference
from strife.errors import Unknown
from strife.records import Code

SEIZED = ("COERCE", "seize")  # the one kind of event for which ACLED asks who took the place


def plover_of(cameo: str) -> Code | None:
    """The PLOVER code of a CAMEO code; None for 01 and 02, statements and appeals, which PLOVER leaves out."""
    codes = plovers_of(cameo)
    return codes[0] if codes else None


def plovers_of(cameo: str) -> tuple[Code, ...]:
    """All PLOVER codes that a CAMEO code serves, the foremost first."""
    reference = load_reference()
    if cameo not in reference.cameo:
        raise Unknown(f"{cameo!r} is no CAMEO code; they are text of 2 to 4 digits, such as '040' or '1831'")
    return reference.plover.get(cameo, ())


def cameo_of(plover: str, mode: str | None = None, contexts: Iterable[str] = ()) -> str:
    """The CAMEO code of a PLOVER type and mode: the one that the contexts single out, else the most general."""
    reference = load_reference()
    default = _entry(reference, plover, mode).cameo
    given = set(contexts)
    fitting = [
        (len(code.contexts), cameo)
        for cameo, codes in reference.plover.items()
        for code in codes
        if (code.plover, code.mode) == (plover, mode) and code.contexts and given.issuperset(code.contexts)
    ]
    best = {cameo for count, cameo in fitting if count == max(count for count, _ in fitting)}
    return best.pop() if len(best) == 1 else default


def acled_of(
    plover: str,
    mode: str | None = None,
    contexts: Iterable[str] = (),
    *,
    actors: Collection[str] = (),
    recipients: Collection[str] = (),
) -> str | None:
    """The ACLED sub-event of a PLOVER type and mode, None where ACLED has none or who was attacked is not known.

    `actors` and `recipients` are the sectors of the two sides: by them ACLED tells attacks from battles."""
    reference = load_reference()
    entry, sides = _entry(reference, plover, mode), reference.sides
    if (plover, mode) == SEIZED and "territory" in contexts:
        return "Government regains territory" if sides["state"] & set(actors) else "Non-state actor overtakes territory"
    if sides["armed"] & set(recipients) and entry.acled_armed:
        return entry.acled_armed
    if sides["civilian"] & set(recipients) and entry.acled_civilians:
        return entry.acled_civilians
    return entry.acled


def plover_of_acled(sub_event: str) -> Code | None:
    """The PLOVER code of an ACLED sub-event, with the CAMEO code that follows; None for "Other"."""
    known = load_reference().acled.get(sub_event)
    if known is None:
        raise Unknown(f"{sub_event!r} is no ACLED sub-event; they are written as in 'Armed clash'")
    if known.code is None:
        return None
    code = known.code
    cameo = cameo_of(code.plover, code.mode, code.contexts)
    return Code(plover=code.plover, mode=code.mode, contexts=code.contexts, cameo=cameo, acled=sub_event)


def _entry(reference: Reference, plover: str, mode: str | None) -> EventType | Mode:
    kind = reference.types.get(plover)
    if kind is None:
        raise Unknown(f"{plover!r} is no PLOVER type; they are {', '.join(reference.types)}")
    if mode is None:
        return kind
    entry = kind.mode_called(mode)
    if entry is None:
        names = ", ".join(one.name for one in kind.mode) or "none"
        raise Unknown(f"{mode!r} is no mode of {plover}; it has {names}")
    return entry
