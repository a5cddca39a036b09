"""The case's own incidents: whether they are of today's claims, and merging them anew, so that their ids stay."""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from strife import __version__
from strife.casefile.incidents import put_incidents, testimonies
from strife.casefile.joined import pairs
from strife.casefile.store import Store, now
from strife.casefile.writers import holder
from strife.incidents import Decisions, Testimony, blocks, merge
from strife.records import Incident

STAMP = "merged"  # key in meta
Progress = Callable[[int, int], None]  # claims merged so far, and of all


class Stamp(Struct, frozen=True, kw_only=True):
    """What incidents were made of: documents written until then (changes count again), decisions, and the program."""

    at: str
    documents: int
    decisions: int
    program: str
    incidents: int = 0


class Merged(Struct, frozen=True, kw_only=True):
    """How the incidents stand: when they were merged (None: never), and what came since: documents, decisions, another program."""

    record: Literal["merged"] = "merged"
    at: str | None
    incidents: int
    documents: int
    decisions: int
    program: bool

    @property
    def stale(self) -> bool:
        """Whether merging anew may give other incidents."""
        return self.documents > 0 or self.decisions > 0 or self.program

    def __str__(self) -> str:
        parts = [
            f"{number:,} {one if number == 1 else many}"
            for number, one, many in (
                (self.documents, "document", "documents"),
                (self.decisions, "decision", "decisions"),
            )
            if number
        ]
        if self.program:
            parts.append("another version of merging")
        since = f"{' and '.join(parts)} came since" if parts else "nothing came since"
        return f"merged {self.at}, {since}" if self.at else f"never merged, {since}"


@functools.cache
def program() -> str:
    """What merging depends on besides claims and decisions: the version of strife and the text of its rules."""
    sources = sorted(
        (one for one in files("strife.incidents").iterdir() if one.name.endswith(".py")), key=lambda one: one.name
    )
    rules = hashlib.sha256(b"\0".join(one.read_bytes() for one in sources)).hexdigest()[:12]
    return f"strife {__version__}; merging {rules}"


def stamp(store: Store) -> Stamp:
    """What incidents would be made of now."""
    documents = store.one("SELECT coalesce(sum(new + changed), 0) FROM runs")
    # A decision that was taken back has changed what stands twice; a rejected incident is taken out at once.
    decisions = store.one(
        "SELECT count(undone_at) + sum(kind = 'claim' OR action IN ('merge', 'split')) FROM decisions"
    )
    return Stamp(at=now(), documents=int(documents), decisions=int(decisions or 0), program=program())


def merged(store: Store) -> Merged:
    """How the incidents in the case stand."""
    written = store.one("SELECT value FROM meta WHERE key = ?", (STAMP,))
    here = stamp(store)
    if written is None:
        decisions = here.decisions if here.documents else 0
        return Merged(at=None, incidents=0, documents=here.documents, decisions=decisions, program=False)
    last = msgspec.json.decode(written, type=Stamp)
    return Merged(
        at=last.at,
        incidents=last.incidents,
        documents=here.documents - last.documents,
        decisions=abs(here.decisions - last.decisions),
        program=here.program != last.program and here.documents > 0,
    )


def can_merge(store: Store) -> bool:
    """Whether incidents can be merged anew here without coming into the way of somebody who adds documents."""
    return store.writable and holder(store) is None


def merge_case(store: Store, progress: Progress | None = None) -> int:
    """Merge the claims of the case anew; the number of incidents. All or nothing, and what is broken off leaves the old ones.

    An incident keeps the id of the one most of whose claims it has; the ids of those that are gone lead to those that have them."""
    store.require_writable()  # before the work, not after it
    mark = stamp(store)  # taken first: what is added while this runs counts as new afterwards
    found = list(_incidents(store, progress or _unheard))
    with store.transaction():
        before = _before(store)
        rejected = _rejected(store)
        named = with_ids(found, before)
        heirs = successors(before, named)
        put_incidents(store, (one for one in named if one.id not in rejected))
        _lead_on(store, heirs, {one.id for one in named})
        write_stamp(store, mark, sum(one.id not in rejected for one in named))
    return int(store.one("SELECT count(*) FROM incidents WHERE dataset IS NULL"))


def write_stamp(store: Store, mark: Stamp, incidents: int) -> None:
    """Say what the incidents in the case were made of; call it in the transaction that writes them."""
    value = msgspec.json.encode(msgspec.structs.replace(mark, incidents=incidents)).decode()
    store.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (STAMP, value))


def _unheard(_done: int, _total: int) -> None:
    """Where nobody listens."""


def _incidents(store: Store, progress: Progress) -> Iterable[Incident]:
    together, apart = pairs(store)
    kept = Decisions(together=frozenset(together), apart=frozenset(apart))
    parts = bound(blocks(testimonies(store)), together)
    done, total = 0, sum(map(len, parts))
    progress(0, total)
    for part in parts:
        yield from merge(part, kept)
        done += len(part)
        progress(done, total)


def bound(parts: Iterable[Sequence[Testimony]], together: Iterable[tuple[str, str]]) -> list[list[Testimony]]:
    """The blocks, those in one that hold claims which people put together: else no two of them would ever meet."""
    found: dict[int, list[Testimony]] = {number: list(part) for number, part in enumerate(parts)}
    pairs = list(together)
    wanted = {claim for pair in pairs for claim in pair}
    place = {one.claim.id: number for number, part in found.items() for one in part if one.claim.id in wanted}
    for a, b in pairs:
        if a in place and b in place and place[a] != place[b]:
            here, there = sorted((place[a], place[b]))
            found[here] += found.pop(there)
            place = {claim: here if number == there else number for claim, number in place.items()}
    return [found[number] for number in sorted(found)]


def _before(store: Store) -> dict[str, set[str]]:
    """The claims of each incident as it was, those that people rejected too."""
    before: dict[str, set[str]] = {}
    query = "SELECT id, claim FROM incidents JOIN incident_claims ON incident = number WHERE dataset IS NULL"
    for name, claim in store.each(query):
        before.setdefault(name, set()).add(claim)
    for name, record in store.rows(
        "SELECT coalesce(applies, target), record FROM decisions WHERE kind = 'incident' AND action = 'reject' AND undone_at IS NULL"
    ):
        before.setdefault(name, set(json.loads(record)["claims"]))
    return before


def _rejected(store: Store) -> set[str]:
    """The ids of incidents on which the last word is that they are none."""
    last: dict[str, str] = dict(
        store.rows(
            "SELECT coalesce(applies, target), action FROM decisions WHERE kind = 'incident' AND undone_at IS NULL"
            " AND action IN ('accept', 'reject') ORDER BY number"
        )
    )
    return {name for name, action in last.items() if action == "reject"}


def with_ids(found: Sequence[Incident], before: Mapping[str, set[str]]) -> list[Incident]:
    """The incidents under the ids they had: each old id goes to the one that shares most claims with it, and to one only."""
    owner: dict[str, list[str]] = {}
    for name, claims in before.items():
        for claim in claims:
            owner.setdefault(claim, []).append(name)
    shares = [
        (-shared, name, number)
        for number, one in enumerate(found)
        for name, shared in Counter(name for claim in one.claims for name in owner.get(claim, ())).items()
    ]
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, name, number in sorted(shares):
        if name not in taken and number not in given:
            given[number] = name
            taken.add(name)
    named = []
    for number, one in enumerate(found):
        name = given.get(number) or one.id
        while number not in given and name in taken:  # its own id went to another one, which has more of the old claims
            name = hashlib.sha256(name.encode()).hexdigest()[:16]
        taken.add(name)
        named.append(msgspec.structs.replace(one, id=name) if name != one.id else one)
    return named


def successors(before: Mapping[str, set[str]], named: Iterable[Incident]) -> dict[str, str]:
    """For each id that is no incident's any more, the one that has most of its claims."""
    named = list(named)
    alive = {one.id for one in named}
    owner = {claim: one.id for one in named for claim in one.claims}
    heirs = {}
    for name, claims in before.items():
        counted = Counter(owner[claim] for claim in claims if claim in owner)
        if name not in alive and counted:
            heirs[name] = min(counted, key=lambda one: (-counted[one], one))
    return heirs


def _lead_on(store: Store, heirs: Mapping[str, str], alive: set[str]) -> None:
    """Write where ids lead that are gone, and let decisions on them follow."""
    rows = [(new, old) for old, new in sorted(heirs.items())]
    store.run_many("UPDATE former_incidents SET now = ? WHERE now = ?", rows)
    store.run_many("INSERT OR REPLACE INTO former_incidents VALUES (?, ?, ?)", ((old, new, now()) for new, old in rows))
    known = [name for (name,) in store.rows("SELECT id FROM former_incidents")]
    store.run_many("DELETE FROM former_incidents WHERE id = ?", ((name,) for name in known if name in alive))
    store.run_many("UPDATE decisions SET applies = ? WHERE kind = 'incident' AND coalesce(applies, target) = ?", rows)
