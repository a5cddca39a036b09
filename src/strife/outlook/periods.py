"""Months and weeks as numbers in a row, so that steps between them are differences."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

Frequency = Literal["month", "week"]
MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
WEEK = re.compile(r"(\d{4})-?W(\d{2})")
COMPACT = re.compile(r"\d{8}")
MONDAY = 1  # date.toordinal() % 7 of a Monday


def day_of(text: str) -> date | None:
    """The day of a cell: 2024-05, 2024-05-31, 20240531, 2024-W22, with or without a time; a month or week is its first day."""
    text = text.strip()
    try:
        if found := MONTH.fullmatch(text):
            return date(int(found[1]), int(found[2]), 1)
        if found := WEEK.fullmatch(text):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if COMPACT.fullmatch(text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return date.fromisoformat(text[:10]) if len(text) == 10 or text[10:11] in ("T", " ") else None
    except ValueError:
        return None


def number_of(day: date, frequency: Frequency) -> int:
    """The number of the month or (Monday to Sunday) week that a day is in."""
    return day.year * 12 + day.month - 1 if frequency == "month" else (day.toordinal() - MONDAY) // 7


def first_day(number: int, frequency: Frequency) -> date:
    """The first day of a month or week."""
    if frequency == "month":
        return date(number // 12, number % 12 + 1, 1)
    return date.fromordinal(number * 7 + MONDAY)


def last_day(number: int, frequency: Frequency) -> date:
    """The last day of a month or week."""
    start = first_day(number, frequency)
    if frequency == "month":
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start + timedelta(days=6)


def label(number: int, frequency: Frequency) -> str:
    """A month as 2024-05, a week by its Monday."""
    start = first_day(number, frequency)
    return f"{start:%Y-%m}" if frequency == "month" else start.isoformat()


def frequency_of(days: Sequence[date], texts: Sequence[str]) -> Frequency | None:
    """Whether days, each once and in order, are months or weeks; None where they are neither.

    Weeks lie seven days (or a multiple) apart; months have one day each, given as a month, its first or its last day."""
    if any(WEEK.fullmatch(text.strip()) for text in texts):
        return "week" if all(WEEK.fullmatch(text.strip()) for text in texts) else None
    if all(_bounds_month(day) for day in days):
        return "month"
    if len(days) > 1 and all((day - days[0]).days % 7 == 0 for day in days):
        return "week"
    return None


def _bounds_month(day: date) -> bool:
    return day.day == 1 or day.day == monthrange(day.year, day.month)[1]
