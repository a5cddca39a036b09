"""Draws the reliability diagram of the documentation: scores of events against the share whose type is right.

strife measure corpus --json | python -m training.diagram docs/reliability.svg"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from strife.measure.corpus import CorpusScores, Reliability

SIZE, EDGE = 320, 40


def main() -> None:
    """Read the scores from standard input, write the diagram."""
    scores = msgspec.json.decode(sys.stdin.buffer.read(), type=CorpusScores)
    Path(sys.argv[1]).write_text(draw(scores.reliability, scores.calibration_error), encoding="utf-8")


def draw(bins: tuple[Reliability, ...], error: float) -> str:
    """The diagram as SVG: a dot for each tenth of the scores, its area by count, and the line of perfect scores."""
    most = max((one.count for one in bins), default=1)
    dots = "".join(
        f'<circle cx="{_x(one.mean):.1f}" cy="{_y(one.right):.1f}" r="{2 + 10 * (one.count / most) ** 0.5:.1f}">'
        f"<title>{one.count} events, score {one.mean:.2f}, right {one.right:.2f}</title></circle>"
        for one in bins
    )
    ticks = "".join(
        f'<text x="{_x(n / 5):.0f}" y="{_y(0) + 16:.0f}" text-anchor="middle">{n / 5:.1f}</text>'
        f'<text x="{_x(0) - 6:.0f}" y="{_y(n / 5) + 4:.0f}" text-anchor="end">{n / 5:.1f}</text>'
        for n in range(6)
    )
    side = SIZE + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" font-family="sans-serif" font-size="11">'
        f'<rect width="{side}" height="{side}" fill="white"/>'
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#444"/>'
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="4 4"/>'
        f'<g fill="#1f5a8a" fill-opacity="0.75">{dots}</g>{ticks}'
        f'<text x="{side / 2}" y="{side - 6}" text-anchor="middle">score</text>'
        f'<text x="12" y="{side / 2}" text-anchor="middle" transform="rotate(-90 12 {side / 2})">share of right types</text>'
        f'<text x="{_x(0.04):.0f}" y="{_y(0.95):.0f}">expected calibration error {error:.3f}</text></svg>\n'
    )


def _x(share: float) -> float:
    return EDGE + SIZE * share


def _y(share: float) -> float:
    return EDGE + SIZE * (1 - share)


if __name__ == "__main__":
    main()
