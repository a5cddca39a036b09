"""Figures of the outlook: OMP_NUM_THREADS=1 python benchmarks/outlook.py [FOLDER] [--only panels|vintages|weeks|control|speed].

The folder (default ../shared/corpora/ucdp) holds the panels, vintages, events and maps of control; docs/outlook.md says what they are.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from strife.exchange.problems import Options
from strife.outlook.backtest import Backtest, backtest, origins_of
from strife.outlook.card import Card, card_of
from strife.outlook.panel import Panel
from strife.outlook.panelfile import read_panel
from strife.outlook.persistence import Evidence, learn_rates, likely
from strife.outlook.series import Choice
from strife.outlook.source import read_source
from strife.outlook.vintages import vintage_files, with_vintages
from strife.views.outlook_text import card_lines

ALL = "ucdp_cm_allviolence_134c_1989-01_2026-05.csv"
STATE = "views_cm_statebased_191c_1990-01_2023-12.csv"
SYRIA = "ucdp_ged_syria_2016_2019.csv.gz"
GAZETTEER = "../gazetteer/UA.tsv.gz"
HELD_OUT = 8  # the newest maps of control
NEAR = 30.0  # kilometres from the other side: where control is in question
BOX = (45.0, 51.0, 32.0, 41.0)  # degrees: south, north, west, east


def main() -> None:
    """Print what was asked for."""
    given = [one for one in sys.argv[1:] if not one.startswith("--")]
    only = given.pop() if "--only" in sys.argv else None
    folder = Path(given[0]) if given else Path(__file__).parents[2] / "shared" / "corpora" / "ucdp"
    parts = {"panels": panels, "vintages": vintages, "weeks": weeks, "control": control, "speed": speed}
    if not folder.is_dir():
        print(f"{folder}: no such folder; give the one with the panels")
        return
    for name, part in parts.items():
        if only in (None, name):
            part(folder)


def panels(folder: Path) -> None:
    """Both monthly panels, rolling origin, and the units left out that make up most of the score."""
    for file, first, last in ((ALL, "2015-12", "2025-11"), (STATE, "2013-12", "2023-06"), (ALL, "2003-12", "2014-12")):
        panel = read_panel(folder / file)
        start = time.process_time()
        result = backtest(panel, origins=between(panel, first, last))
        print(f"\n== {file}: {time.process_time() - start:.0f} s")
        card = card_of(result)
        print("\n".join(card_lines(card)))
        without(result, card.top.units[:1])
        without(result, card.top.units)


def between(panel: Panel, first: str, last: str) -> list[int]:
    """The rows from one period to another."""
    labels = panel.labels
    return list(range(labels.index(first), labels.index(last) + 1))


def without(result: Backtest, units: Sequence[str]) -> None:
    """The skill of the pool without some units."""
    from strife.outlook.skill import skill_of

    kept = [number for number, column in enumerate(result.columns) if result.panel.units[column] not in units]
    parts = [
        {name: values[:, kept] for name, values in result.scores[model].items()} for model in ("pool", "conflictology")
    ]
    skill = skill_of(*parts)
    names = ", ".join(units)
    print(
        f"without {names}: CRPS {percent(skill.crps, skill.interval)}, log {percent(skill.log_crps, skill.log_interval)}"
    )


def percent(share: float | None, interval: tuple[float, float] | None) -> str:
    """A skill with its interval."""
    bounds = f" [{100 * interval[0]:.1f}, {100 * interval[1]:.1f}]" if interval else ""
    return f"{100 * (share or 0):+.1f} %{bounds}"


def vintages(folder: Path) -> None:
    """What was known then against hindsight: origins of 2024, scored on the newest state."""
    files = vintage_files(folder / "vintages")
    newest = read_panel(files[-1][1])
    of_2024 = [(day, file) for day, file in files if day < date(2025, 2, 1)]
    then = with_vintages(newest, of_2024)
    rows = origins_of(then, range(1, 7))
    print(
        f"\n== vintages: {len(rows)} origins {then.label(rows[0])} to {then.label(rows[-1])}, scored on {files[-1][1].name}"
    )
    cards = {"as of": card_of(backtest(then, origins=rows)), "hindsight": card_of(backtest(newest, origins=rows))}
    for name, card in cards.items():
        for model in ("conflictology", "pool"):
            marks = card.models[model]
            print(f"{name:<10} {model:<14} CRPS {marks.crps:.2f}  log CRPS {marks.log_crps:.4f}")
        skill = card.skill["pool"]
        print(f"{name:<10} skill of the pool: CRPS {percent(skill.crps, None)}, log {percent(skill.log_crps, None)}")
    worse = cards["as of"].models["conflictology"].log_crps / cards["hindsight"].models["conflictology"].log_crps - 1
    print(f"conflictology as of is worse than in hindsight by {100 * worse:.1f} % of log CRPS")


def weeks(folder: Path) -> None:
    """Weekly events by province."""
    choice = Choice(by="admin1", frequency="week")
    panel = read_source(folder / SYRIA, choice, Options()).panel
    result = backtest(panel, range(1, 9), origins=range(81, len(panel) - 1))
    card: Card = card_of(result)
    print(f"\n== {SYRIA}, weekly events in {len(panel.units)} units")
    print("\n".join(card_lines(card)))


def control(folder: Path) -> None:
    """Maps of control sampled at settlements: rates learnt on all but the newest, those held out."""
    days, places, held = maps(folder)
    cut = len(days) - HELD_OUT
    said = [
        Evidence(str(place), days[row], "A" if held[row, place] else "B", 0.999, *places[place])
        for row in range(cut)
        for place in range(len(places))
    ]
    rates = learn_rates(said)
    last = held[cut - 1]
    changes = (held[1:cut] != held[: cut - 1]).mean()
    step = (days[cut - 1] - days[0]).days / (cut - 1)
    table: dict[str, list[list[float]]] = {"all": [], f"within {NEAR:.0f} km": []}
    for row in range(cut, len(days)):
        found = likely(said, days[row], rates)
        chance, away = np.empty(len(places)), np.empty(len(places))
        for one in found:
            chance[int(one.place)] = one.holders["A"]
            away[int(one.place)] = math.inf if one.distance is None else one.distance
        kept = (1 - changes) ** ((days[row] - days[cut - 1]).days / step)
        constant = np.where(last, kept, 1 - kept)
        for name, mask in (("all", away >= 0), (f"within {NEAR:.0f} km", away <= NEAR)):
            truth = held[row, mask]
            losses = (-np.log(np.where(truth, one[mask], 1 - one[mask])).mean() for one in (constant, chance))
            right = ((last[mask] == truth).mean(), ((chance[mask] > 0.5) == truth).mean())
            table[name].append([float(mask.sum()), *map(float, right), *map(float, losses)])
    print(
        f"\n== control: {len(places):,} settlements, learnt to {days[cut - 1]}, {HELD_OUT} maps held out to {days[-1]}"
    )
    for name, rows in table.items():
        number, before, right, constant_loss, loss = np.mean(rows, axis=0)
        print(
            f"{name:<14} {number:>7,.0f} places  right {100 * right:.2f} % (last known holder {100 * before:.2f} %)"
            f"  log score {loss:.4f} (last known holder, one rate for all: {constant_loss:.4f}; {100 * (1 - loss / constant_loss):+.0f} %)"
        )


def maps(folder: Path) -> tuple[list[date], list[tuple[float, float]], np.ndarray]:
    """The days of the maps, the settlements (lat, lon), and which of them lie inside on each day."""
    import csv
    import gzip

    with gzip.open(folder / GAZETTEER, "rt", encoding="utf-8") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        found = ((float(row["lat"]), float(row["lon"])) for row in rows if row["placetype"] == "locality")
        places = sorted({one for one in found if BOX[0] < one[0] < BOX[1] and BOX[2] < one[1] < BOX[3]})
    points = np.array(places)
    days, held = [], []
    for path in sorted((folder / "control_ukraine").glob("*.geojson")):
        named = re.search(r"(\d{4})(\d\d)(\d\d)", path.name)
        assert named is not None
        days.append(date(*map(int, named.groups())))
        held.append(inside(points, rings(json.loads(path.read_text(encoding="utf-8")))))
    return days, places, np.array(held)


def rings(collection: dict) -> Iterator[np.ndarray]:
    """All rings of the polygons (lat, lon)."""
    for feature in collection["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for polygon in polygons:
            for ring in polygon:
                yield np.array(ring, dtype=float)[:, 1::-1]


def inside(points: np.ndarray, shapes: Iterator[np.ndarray]) -> np.ndarray:
    """Which points lie inside, by the number of edges to the east of them: odd inside, also with holes."""
    odd = np.zeros(len(points), dtype=bool)
    for ring in shapes:
        for (lat, lon), (to_lat, to_lon) in pairwise(ring):
            if lat == to_lat:
                continue
            between_ends = (points[:, 0] >= min(lat, to_lat)) & (points[:, 0] < max(lat, to_lat))
            crossing = lon + (points[between_ends, 0] - lat) / (to_lat - lat) * (to_lon - lon)
            odd[between_ends] ^= points[between_ends, 1] < crossing
    return odd


def speed(folder: Path) -> None:
    """Seconds from starting the command to its end."""
    program = [sys.executable, "-c", "from strife.views.cli import main; main()"]
    for arguments in (["outlook", folder / ALL, "--for", "SYR", "--json"], ["backtest", folder / ALL, "--json"]):
        start, before = time.monotonic(), os.times()
        subprocess.run([*program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
        used = os.times().children_user + os.times().children_system - before.children_user - before.children_system
        print(f"\n== strife {arguments[0]}: {time.monotonic() - start:.1f} s by the clock, {used:.1f} s of one core")


if __name__ == "__main__":
    main()
