"""What a server answers -> the claims in it, as plain values: JSON alone, in a code fence or in prose, whole or cut short."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

FENCE = re.compile(r"```[\w-]*[ \t]*\n(.*?)```", re.DOTALL)
THOUGHT = "</think>"  # what some models think aloud ends with it
LIST = re.compile(r'"claims"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
OPENING = re.compile(r"[{\[]")
TRIES = 100  # places in an answer where JSON may begin


@dataclass(frozen=True, slots=True)
class Told:
    """The claims of an answer as values; `whole` is False where its JSON breaks off and only complete claims were taken."""

    claims: tuple[Any, ...]
    whole: bool = True


class NoClaims(ValueError):
    """An answer that holds no JSON of the form that was asked for."""


def claims_in(content: str) -> Told:
    """The claims that an answer holds. NoClaims where it holds none in the form that was asked for."""
    content = content.rpartition(THOUGHT)[2]
    for text in (content, *FENCE.findall(content)):
        found = _listed(_loaded(text))
        if found is not None:
            return Told(tuple(found))
    found = _in_prose(content)
    if found is not None:
        return Told(tuple(found))
    broken = LIST.search(content)
    if broken is None:
        raise NoClaims("no JSON object with a list of claims")
    return Told(tuple(_complete(content, broken.end())), whole=False)


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_constant=_refused)


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _loaded(text: str) -> Any:
    """The value of a JSON text, None where it is none."""
    try:
        return _decoder().decode(text.strip())
    except (ValueError, RecursionError):
        return None


def _listed(value: Any) -> list[Any] | None:
    """The list of claims in a value: under "claims", or the value itself where it is a list of objects, or one claim."""
    if isinstance(value, dict):
        inner = value.get("claims")
        if isinstance(inner, list):
            return inner
        return [value] if "type" in value and "evidence" in value else None
    objects = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return value if objects else None


def _in_prose(content: str) -> list[Any] | None:
    """The first list of claims that begins anywhere in a text, or the claims that stand in it one by one."""
    single: list[Any] = []
    at = tries = 0
    while tries < TRIES and (match := OPENING.search(content, at)) is not None:
        tries += 1
        try:
            value, at = _decoder().raw_decode(content, match.start())
        except (ValueError, RecursionError):
            at = match.end()
            if LIST.match(content[at : at + 40].lstrip()):
                return None  # the list itself is broken: its complete claims are taken
            continue
        found = _listed(value)
        if found is None:
            continue
        if isinstance(value, dict) and "claims" not in value:
            single += found
        elif found or isinstance(value, dict):
            return found
    return single or None


def _complete(content: str, at: int) -> list[Any]:
    """The complete objects of a list that begins at an offset and breaks off."""
    found: list[Any] = []
    decoder = _decoder()
    while True:
        at = BETWEEN.match(content, at).end()  # type: ignore[union-attr]  # it matches the empty string
        try:
            value, at = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            return found
        found.append(value)
