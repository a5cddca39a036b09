"""FIELD=VALUE on a claim -> the claim as a person would have it; what the contract does not allow is refused."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from strife.errors import Unknown
from strife.records import STATUS_OF, Claim, Date, Frame, Party, Place

FIXED = {"record", "id", "document", "type", "evidence", "by", "score", "trigger", "about"}
PARTIES = {"actors", "recipients", "supporters"}
ONE_PARTY = {"holder", "subject", "object"}
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:/(\d{4}-\d{2}-\d{2}))?")
STANCE_OF = {status: stance for stance, status in STATUS_OF.items()}


def corrected(claim: Claim, field: str, value: str) -> Claim:
    """The claim with a field set; `value` is JSON. Unknown where the field does not exist or does not take the value."""
    path = field.split(".")
    if path[0] in FIXED:
        raise Unknown(f"{field}: is not corrected, since it tells where the claim comes from; reject the claim instead")
    if not hasattr(claim, path[0]):
        has = ", ".join(name for name in claim.__struct_fields__ if name not in FIXED)
        raise Unknown(f"{field}: {type(claim).__name__.lower()}s have no such field; they have {has}")
    record = msgspec.json.decode(msgspec.json.encode(claim))
    meant = _meant(claim, path, msgspec.json.decode(value))
    _set(record, path, meant, field)
    try:
        made: Claim = msgspec.convert(record, Claim)
    except msgspec.ValidationError as error:
        raise Unknown(f"{field}={value}: {error}") from error
    return msgspec.structs.replace(made, status=made.frame.status)


def value_of(text: str) -> str:
    """What a person typed after the equals sign, as JSON: numbers, null, true and JSON as such, all else as text."""
    try:
        return msgspec.json.encode(msgspec.json.decode(text)).decode() if not DAY.fullmatch(text) else _quoted(text)
    except msgspec.DecodeError:
        return _quoted(text)


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()


def _meant(claim: Claim, path: list[str], value: Any) -> Any:
    """Short ways to say things: a status, a day, parties by their names."""
    match path:
        case ["status"]:
            path[:] = ["frame"]
            return _frame(claim.frame, str(value))
        case ["when"] if isinstance(value, str):
            return msgspec.to_builtins(_date(value))
        case ["where"] if isinstance(value, str):
            return msgspec.to_builtins(_place(claim, value))
        case ["frame", "voice"] if isinstance(value, str) and value != "author":
            old = claim.frame.voice
            return msgspec.to_builtins(_party(claim, value, None if isinstance(old, str) else old))
        case [name] if name in ONE_PARTY and isinstance(value, str):
            return msgspec.to_builtins(_party(claim, value, getattr(claim, name)))
        case [name] if name in PARTIES and isinstance(value, str):
            names = [one.strip() for one in value.split(";") if one.strip()]
            old_ones: tuple[Party, ...] = getattr(claim, name)
            return [
                msgspec.to_builtins(_party(claim, one, old_ones[n] if n < len(old_ones) else None))
                for n, one in enumerate(names)
            ]
        case [name, "plover"] if name == "code":
            path[:] = ["code"]
            return {"plover": value}  # mode and finer codes were of the other type
    return value


def _frame(frame: Frame, status: str) -> dict[str, Any]:
    """The frame that gives a status."""
    if status == "claimed" and frame.voice == "author":
        raise Unknown("status=claimed: say whose claim it is, by frame.voice=NAME")
    if status == "negated":
        frame = msgspec.structs.replace(frame, negated=True)
    elif status in ("reported", "claimed"):
        voice = "author" if status == "reported" else frame.voice
        frame = msgspec.structs.replace(frame, negated=False, stance="asserts", voice=voice)
    elif status in STANCE_OF:
        frame = msgspec.structs.replace(frame, negated=False, stance=STANCE_OF[status])
    else:
        raise Unknown(f"status={status}: there are reported, claimed, negated, {', '.join(STANCE_OF)}")
    return dict(msgspec.to_builtins(frame))


def _date(text: str) -> Date:
    """A day, month, year, or two days with a slash between them."""
    from calendar import monthrange

    match = DAY.fullmatch(text)
    if match is None:
        raise Unknown(f"when={text}: write 2013-06-05, 2013-06, 2013 or 2013-06-01/2013-06-07")
    year, month, day, until = match.groups()
    if until:
        return Date(
            start=f"{year}-{month or '01'}-{day or '01'}", end=until, precision="unknown", quote=None, basis="explicit"
        )
    if day:
        return Date(start=text, end=text, precision="day", quote=None, basis="explicit")
    if month:
        if not 1 <= int(month) <= 12:
            raise Unknown(f"when={text}: there is no month {month}")
        last = monthrange(int(year), int(month))[1]
        return Date(start=f"{text}-01", end=f"{text}-{last}", precision="month", quote=None, basis="explicit")
    return Date(start=f"{text}-01-01", end=f"{text}-12-31", precision="year", quote=None, basis="explicit")


def _party(claim: Claim, name: str, old: Party | None) -> Party:
    """A party by its name: at its words in the evidence where they stand there, else at those of the party it replaces."""
    for span in claim.evidence:
        found = span.quote.find(name)
        if found >= 0:
            return Party(quote=name, start=span.start + found, end=span.start + found + len(name), name=name)
    first = claim.evidence[0]
    quote, start, end = (old.quote, old.start, old.end) if old else (first.quote, first.start, first.end)
    return Party(quote=quote, start=start, end=end, name=name)


def _place(claim: Claim, name: str) -> Place:
    """A place by its name: what it resolves to is said by where.id, where.country and so on."""
    for span in claim.evidence:
        found = span.quote.find(name)
        if found >= 0:
            start = span.start + found
            return Place(quote=name, start=start, end=start + len(name), name=name, precision="settlement")
    old, first = claim.where, claim.evidence[0]
    quote, start, end = (old.quote, old.start, old.end) if old else (first.quote, first.start, first.end)
    return Place(quote=quote, start=start, end=end, name=name, precision="settlement")


def _set(record: Any, path: list[str], value: Any, field: str) -> None:
    """Set what a path of names and positions leads to."""
    for step in path[:-1]:
        record = _inner(record, step, field)
    last = path[-1]
    if isinstance(record, list) and last.isdecimal() and len(last) < 9 and int(last) < len(record):
        record[int(last)] = value
    elif isinstance(record, dict) and last in record:
        record[last] = value
    else:
        raise Unknown(f"{field}: there is no {last!r} in this claim to correct")


def _inner(record: Any, step: str, field: str) -> Any:
    if isinstance(record, list) and step.isdecimal() and len(step) < 9 and int(step) < len(record):
        return record[int(step)]
    if isinstance(record, dict) and isinstance(record.get(step), dict | list):
        return record[step]
    raise Unknown(f"{field}: there is no {step!r} in this claim to correct")
