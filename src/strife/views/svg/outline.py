"""Lines on a grid as short strings: differences in base 32, as in Google's polylines."""

from __future__ import annotations

from collections.abc import Iterable

Point = tuple[int, int]


def encoded(points: Iterable[Point]) -> str:
    """Whole-numbered points as a string of printable ASCII without quotation marks or backslashes."""
    parts: list[str] = []
    x = y = 0
    for a, b in points:
        parts += (_number(a - x), _number(b - y))
        x, y = a, b
    return "".join(parts)


def decoded(text: str) -> list[Point]:
    """The points of a string that `encoded` made."""
    found: list[Point] = []
    x = y = value = shift = 0
    first = True
    for letter in text:
        digit = LETTERS[letter]
        value |= (digit & 31) << shift
        shift += 5
        if digit >= 32:
            continue
        step = ~(value >> 1) if value & 1 else value >> 1
        if first:
            x += step
        else:
            y += step
            found.append((x, y))
        first, value, shift = not first, 0, 0
    return found


ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
LETTERS = {letter: number for number, letter in enumerate(ALPHABET)}


def _number(value: int) -> str:
    """A number as digits of five bits, the least first; all but the last have the bit above set."""
    left = ~(value << 1) if value < 0 else value << 1
    digits = []
    while left >= 32:
        digits.append(ALPHABET[32 | (left & 31)])
        left >>= 5
    digits.append(ALPHABET[left])
    return "".join(digits)
