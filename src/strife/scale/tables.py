"""Readings -> the tables of the dataset. Their columns are those of the case file, so that the same questions can be put."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from strife.casefile.incoming import digest_of
from strife.casefile.rows import Values, claim_row, parties_of, party_row, resolved_row
from strife.engine import Unread
from strife.errors import StrifeError
from strife.records import Reading, document_line
from strife.scale.manifest import Failure, File, Mark, mark_path, put, write_mark
from strife.scale.shards import Shard

CLAIMS = 17  # bits of a claim's number that count within its document
WHOLE = frozenset("number document position start end claim length claims incident other story sources".split())
REAL = frozenset("score low best high lat lon similarity deaths_low deaths_best deaths_high".split())
DOCUMENTS = "number id given title published source url language length sha256 digest reader claims country input place text".split()
OWN = "number id document position type start end by score words why record".split()
STANDS = (
    "status stance likelihood voice code mode cameo acled predicate change extent measure low best high place place_id place_key"
    " quote_key country admin1 lat lon place_precision date_start date_end date_precision date_basis source published"
).split()
PARTIES = "claim role position name key quote_key id country sectors".split()
TABLES: Mapping[str, Sequence[str]] = {
    "documents": DOCUMENTS,
    "claims": [*OWN[:-1], *STANDS, OWN[-1]],
    "parties": PARTIES,
}


def write_shard(folder: Path, shard: Shard, outcomes: Sequence[Reading | Unread], reader: str) -> Mark:
    """Write what was read of a shard, then its mark. Done twice, it leaves the same files."""
    rows: dict[str, list[Values]] = {name: [] for name in TABLES}
    failures = []
    for position, (incoming, outcome) in enumerate(zip(shard.documents, outcomes, strict=True)):
        if isinstance(outcome, Unread):
            failures.append(Failure(input=incoming.input, place=incoming.place, reason=outcome.reason))
            continue
        number = shard.first + position + 1
        about = {
            "number": number,
            "reader": reader,
            "given": incoming.given,
            "input": incoming.input,
            "place": incoming.place,
        }
        _take(rows, outcome, about, number << CLAIMS)
    files = []
    for name, columns in TABLES.items():
        path = f"{name}/month={shard.month}/{shard.name}.parquet"
        files.append(write_table(folder, path, columns, rows[name]))
    mark = Mark(
        name=shard.name,
        month=shard.month,
        digest=shard.digest(reader),
        documents=len(rows["documents"]),
        claims=len(rows["claims"]),
        failures=tuple(failures),
        files=tuple(files),
    )
    write_mark(mark_path(folder, shard.month, shard.name), mark)
    return mark


def _take(rows: dict[str, list[Values]], reading: Reading, about: Values, first: int) -> None:
    """Put a document and its claims into the tables; `first` is the number before that of the first claim."""
    document = reading.document
    line = document_line(document)
    countries = Counter(claim.where.country for claim in reading.claims if claim.where and claim.where.country)
    rows["documents"].append(
        {
            **{name: getattr(line, name) for name in "id title published source url language length sha256".split()},
            "digest": digest_of(document),
            "claims": len(reading.claims),
            "country": min(countries, key=lambda one: (-countries[one], one)) if countries else None,
            "text": document.text,
            **about,
        }
    )
    whys = {why.claim: why for why in reading.whys}
    for position, claim in enumerate(reading.claims):
        number = first + position + 1
        stands = resolved_row(claim, number, about["number"], document)
        own = claim_row(claim, whys.get(claim.id), about["number"], position)
        rows["claims"].append({**stands, **own, "number": number})
        rows["parties"] += [dict(zip(PARTIES, party_row(number, *one), strict=True)) for one in parties_of(claim)]


def write_table(
    folder: Path, path: str, columns: Sequence[str], rows: Sequence[Values], texts: Collection[str] = ()
) -> File:
    """Write a Parquet file of these rows; the same rows give the same bytes. StrifeError where pyarrow is not there.

    `texts` are columns that hold texts here, though elsewhere a number goes by their name."""
    pa, pq = arrow()
    kinds = dict.fromkeys(columns, pa.string())
    kinds |= {name: pa.int64() for name in columns if name in WHOLE and name not in texts}
    kinds |= {name: pa.float64() for name in columns if name in REAL}
    schema = pa.schema(list(kinds.items()))
    table = pa.Table.from_pydict({name: [_value(row.get(name)) for row in rows] for name in columns}, schema=schema)
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd")
    data = stream.getvalue()
    put(folder / path, data)
    return File(path=path, rows=len(rows), size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _value(value: object) -> object:
    """A text that Parquet can hold: half of a surrogate pair stands in no UTF-8."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value


def arrow() -> tuple[Any, Any]:
    """The modules pyarrow and pyarrow.parquet. StrifeError where they are not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StrifeError("Parquet needs pyarrow; install it by: pip install 'strife[parquet]'") from error
    return pa, pq
