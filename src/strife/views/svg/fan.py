"""A forecast as a fan: what was, the bands of what may come, and the baseline beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strife.views.svg.axis import Numbers
from strife.views.svg.frame import INK, RULE, SOFT, WIDTH, chart, empty
from strife.views.svg.mark import Markup, el, join, path, words
from strife.views.words import number_words

LEFT, RIGHT, TOP, BOTTOM = 52.0, WIDTH - 14, 14.0, 224.0
NAMES = ((0.05, 0.95, "nine tenths"), (0.1, 0.9, "four fifths"), (0.25, 0.75, "half"))
BANDS = ((0.05, 0.95, "0.14"), (0.1, 0.9, "0.18"), (0.25, 0.75, "0.26"))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A month to come: its quantiles by level (0.05 … 0.95), of the forecast and of the baseline."""

    month: str
    quantiles: Mapping[float, float]
    baseline: Mapping[float, float]


def fan(history: Sequence[tuple[str, float]], ahead: Sequence[Ahead], *, title: str, unit: str = "") -> Markup:
    """What was (months and numbers) as a line, what may come as bands with the median, the baseline's middle and edges dashed."""
    if not history and not ahead:
        return empty("fan", title, "Nothing to go by.")
    values = [value for _, value in history]
    values += [value for one in ahead for side in (one.quantiles, one.baseline) for value in side.values()]
    top = max([1.0, *values])
    least = min((value for value in values if value > 0), default=1.0)
    scale = Numbers(top, BOTTOM, TOP, root=top / least > 50)
    number = max(1, len(history) + len(ahead) - 1)
    xs = [LEFT + (RIGHT - LEFT) * place / number for place in range(len(history) + len(ahead))]
    past = [(x, scale.at(value)) for x, (_, value) in zip(xs, history, strict=False)]
    future = xs[len(history) :]
    parts = [_grid(scale), *_bands(past[-1:], future, ahead, scale)]
    parts.append(el("path", d=path(past), class_="ink", stroke=INK, stroke_width=1.8, fill="none"))
    if past and ahead:
        parts.append(
            el(
                "path",
                d=path([(past[-1][0], TOP), (past[-1][0], BOTTOM)]),
                class_="axis",
                stroke=SOFT,
                stroke_dasharray="2 3",
                fill="none",
            )
        )
    parts += [_months([month for month, _ in history] + [one.month for one in ahead], xs), _key(ahead)]
    return chart("fan", BOTTOM + 52, *parts, title=title, desc=_told(ahead, unit))


def _told(ahead: Sequence[Ahead], unit: str) -> str:
    said = []
    for one in ahead:
        levels = sorted(one.quantiles)
        if levels:
            low, high = one.quantiles[levels[0]], one.quantiles[levels[-1]]
            said.append(f"{one.month}: {number_words(round(low, 1))} to {number_words(round(high, 1))} {unit}".strip())
    return "; ".join(said) or "No forecast."


def _bands(
    last: Sequence[tuple[float, float]], xs: Sequence[float], ahead: Sequence[Ahead], scale: Numbers
) -> list[Markup]:
    def line(level: float, *, baseline: bool = False) -> list[tuple[float, float]]:
        sides = [one.baseline if baseline else one.quantiles for one in ahead]
        return [(x, scale.at(side[level])) for x, side in zip(xs, sides, strict=True) if level in side]

    parts = []
    for low, high, opacity in BANDS:
        lower, upper = line(low), line(high)
        if lower and upper:
            shape = path([*last, *upper, *reversed(lower)], closed=True)
            parts.append(
                el(
                    "path",
                    d=shape,
                    class_="protest",
                    fill="currentColor",
                    color="#1d5c9e",
                    fill_opacity=opacity,
                    stroke="none",
                )
            )
    middle = line(0.5)
    if middle:
        parts.append(
            el(
                "path",
                d=path([*last, *middle]),
                class_="protest",
                stroke="currentColor",
                color="#1d5c9e",
                stroke_width=2.2,
                fill="none",
            )
        )
    for level, dashes in ((0.05, "1 3"), (0.5, "6 4"), (0.95, "1 3")):
        own = line(level, baseline=True)
        if own:
            parts.append(
                el(
                    "path",
                    d=path(own),
                    class_="ink",
                    stroke=INK,
                    stroke_dasharray=dashes,
                    stroke_width=1.4,
                    fill="none",
                )
            )
    return parts


def _grid(scale: Numbers) -> Markup:
    parts = []
    for value in scale.ticks():
        y = scale.at(value)
        parts.append(el("path", d=path([(LEFT, y), (RIGHT, y)]), class_="rule", stroke=RULE, fill="none"))
        parts.append(words(LEFT - 6, y + 4, number_words(value), size=11, text_anchor="end", class_="soft", fill=SOFT))
    return join(parts)


def _months(names: Sequence[str], xs: Sequence[float]) -> Markup:
    every = max(1, -(-len(names) * 58 // int(RIGHT - LEFT)))
    return join(
        words(
            x, BOTTOM + 16, name, size=11, text_anchor="end" if x > RIGHT - 20 else "middle", class_="soft", fill=SOFT
        )
        for number, (name, x) in enumerate(zip(names, xs, strict=True))
        if number % every == 0
    )


def _key(ahead: Sequence[Ahead]) -> Markup:
    y = BOTTOM + 40
    band = el(
        "rect",
        x=LEFT + 230,
        y=y - 9,
        width=22,
        height=11,
        class_="protest",
        fill="currentColor",
        color="#1d5c9e",
        fill_opacity="0.3",
    )
    forecast = el(
        "path",
        d=path([(LEFT + 140, y - 4), (LEFT + 162, y - 4)]),
        class_="protest",
        stroke="currentColor",
        color="#1d5c9e",
        stroke_width=2.2,
    )
    past = el("path", d=path([(LEFT, y - 4), (LEFT + 22, y - 4)]), class_="ink", stroke=INK, stroke_width=1.8)
    base = el(
        "path",
        d=path([(LEFT + 430, y - 4), (LEFT + 452, y - 4)]),
        class_="ink",
        stroke=INK,
        stroke_dasharray="6 4",
        stroke_width=1.4,
    )
    said = [name for low, _, name in reversed(NAMES) if any(low in one.quantiles for one in ahead)]
    texts = ((28, "what was"), (168, "median"), (258, ", ".join(said) or "bands"), (458, "baseline"))
    return join(
        (
            past,
            forecast,
            band,
            base,
            *(words(LEFT + x, y, text, size=11, class_="soft", fill=SOFT) for x, text in texts),
        )
    )
