"""Fit the weights by which clauses are merged into incidents, and print them for src/strife/incidents/likeness.py.

  python -m training.incidents corpus/incidents/dev.jsonl corpus/incidents/dev2.jsonl

Needs the extra `training` (scikit-learn). Two logistic regressions over the pairs of clauses that merging compares: those of one
report and those of two. What is shipped was rounded by hand, and places weigh more than fitted: two villages must never merge."""

from __future__ import annotations

import sys
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from strife.incidents.likeness import Rarity, reasons
from strife.incidents.merge import candidates
from strife.incidents.telling import tellings
from strife.measure.incidents import heard_in, keys_of, read_reports

Row = tuple[dict[str, float], bool]
STRENGTH = 1.0  # of the regularisation


def rows(path: Path) -> tuple[list[Row], list[Row]]:
    """The pairs within and across the reports of a file, each with its reasons and whether it is one incident."""
    reports = read_reports(path)
    testimonies, events = heard_in(reports)
    keys = keys_of(reports, events)
    told = [one for document in tellings(testimonies).values() for one in document]
    rarity = Rarity(told)
    within: list[Row] = []
    across: list[Row] = []
    for one, other in sorted(set(candidates(told, rarity))):
        here, there = told[one], told[other]
        if here.id not in keys or there.id not in keys:
            continue
        found: dict[str, float] = {}
        for reason in reasons(here, there, rarity):
            if reason is None:
                break
            found[reason[0]] = found.get(reason[0], 0.0) + reason[1]
        else:
            (within if here.document == there.document else across).append((found, keys[here.id] == keys[there.id]))
    return within, across


def weights(listed: list[Row]) -> dict[str, float]:
    """The weights in log odds, `start` first."""
    names = sorted({name for reasons_, _ in listed for name in reasons_})
    features = [[reasons_.get(name, 0.0) for name in names] for reasons_, _ in listed]
    model = LogisticRegression(C=1 / STRENGTH, max_iter=2000).fit(features, [same for _, same in listed])
    fitted = sorted(zip(names, model.coef_[0], strict=True))
    return {"start": round(float(model.intercept_[0]), 2)} | {name: round(float(value), 2) for name, value in fitted}


def main(paths: list[str]) -> None:
    """Print both sets of weights."""
    pairs = [rows(Path(path)) for path in paths]
    for name, part in (("WITHIN", 0), ("ACROSS", 1)):
        listed = [row for found in pairs for row in found[part]]
        print(f"# {len(listed)} pairs, {sum(same for _, same in listed)} of one incident")
        print(f"{name} = {weights(listed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
