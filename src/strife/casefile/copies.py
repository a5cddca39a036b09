"""Near copies: which texts are one story told again, by MinHash over sequences of five words.

The index lies in the case itself (tables signatures and bands), so that it grows with it; libraries keep theirs in memory.
The same texts give the same pairs in any order of adding."""

from __future__ import annotations

import functools
import hashlib
import re
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from strife.casefile.store import Store

if TYPE_CHECKING:
    import numpy as np

SHINGLE = 5  # words in a sequence
ROWS, BANDS = 3, 42  # texts that share half of their sequences meet in a band 996 times of 1,000, a tenth 41 times
LIKE = 0.5  # of the sequences of both texts together: the same story
WITHIN = 0.8  # of the sequences of the shorter text: the same story, cut
LEAST = 20  # sequences: shorter texts are copies only where they are the same to the letter
MOST = 50  # documents that one is compared with, the likest first: thousands of forms filled in alike must not stop it
WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """The hashes of all sequences of five words, case and punctuation aside; of a shorter text, of all of it."""
    words = WORD.findall(text.lower())
    last = max(len(words) - SHINGLE, 0) + 1
    return frozenset(zlib.crc32(" ".join(words[n : n + SHINGLE]).encode("utf-8", "surrogatepass")) for n in range(last))


def signature(text: str) -> bytes:
    """The MinHash of a text: 126 integers of four bytes."""
    import numpy as np

    hashes = np.fromiter(sorted(shingles(text)), dtype=np.uint64)
    factors, terms = _permutations()
    least = np.full(ROWS * BANDS, 2**64 - 1, dtype=np.uint64)
    for start in range(0, len(hashes), 4096):  # a book must not take a gigabyte
        part = hashes[start : start + 4096]
        least = np.minimum(least, (part[:, None] * factors + terms).min(axis=0))
    return (least >> np.uint64(32)).astype("<u4").tobytes()


@functools.cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    """Constants of the hash functions, the same on every machine and for ever."""
    import numpy as np

    stream = hashlib.shake_128(b"strife near copies").digest(ROWS * BANDS * 16)
    numbers = np.frombuffer(stream, dtype="<u8").astype(np.uint64)
    return numbers[: ROWS * BANDS] | np.uint64(1), numbers[ROWS * BANDS :]


def similarity(one: frozenset[int], other: frozenset[int]) -> float | None:
    """How alike two sets of sequences are where they are near copies, else None."""
    if one == other:
        return 1.0
    shared, least = len(one & other), min(len(one), len(other))
    if least < LEAST:
        return None
    like, within = shared / len(one | other), shared / least
    if like < LIKE and within < WITHIN:
        return None
    return round(max(like, within), 3)


def link(store: Store, document: int, text: str, mark: bytes) -> None:
    """Find the near copies of a document that has just been written, and put it into their group."""
    store.run("INSERT INTO signatures VALUES (?, ?)", (document, mark))
    store.run_many("INSERT INTO bands VALUES (?, ?, ?)", ((n, part, document) for n, part in enumerate(_bands(mark))))
    others = _pair(store, document, text)
    if others:
        marks = ", ".join("?" * len(others))
        stories = [
            row[0] for row in store.rows(f"SELECT DISTINCT story FROM documents WHERE number IN ({marks})", others)
        ]
        first = min(document, *stories)
        store.run_many("UPDATE documents SET story = ? WHERE story = ?", ((first, one) for one in (document, *stories)))


def unlink(store: Store, document: int) -> None:
    """Take a document whose text changes out of its group."""
    story = store.one("SELECT story FROM documents WHERE number = ?", (document,))
    for table in ("signatures", "bands", "near_copies"):
        store.run(f"DELETE FROM {table} WHERE document = ?", (document,))
    store.run("DELETE FROM near_copies WHERE other = ?", (document,))
    store.run("UPDATE documents SET story = number WHERE number = ?", (document,))
    left = {
        row[0] for row in store.rows("SELECT number FROM documents WHERE story = ? AND number <> ?", (story, document))
    }
    _regroup(store, left)


def _bands(mark: bytes) -> list[int]:
    width = 4 * ROWS
    parts = (mark[start : start + width] for start in range(0, len(mark), width))
    return [int.from_bytes(hashlib.blake2b(part, digest_size=8).digest(), "big", signed=True) for part in parts]


def _pair(store: Store, document: int, text: str) -> list[int]:
    """Write the pairs of a document with all near copies; their numbers."""
    candidates = store.rows(
        "SELECT other.document, documents.text FROM bands AS own"
        " JOIN bands AS other ON other.band = own.band AND other.hash = own.hash AND other.document <> own.document"
        " JOIN documents ON documents.number = other.document WHERE own.document = ?"
        " GROUP BY other.document ORDER BY count(*) DESC, other.document LIMIT ?",
        (document, MOST),
    )
    own, found = shingles(text), []
    for other, its_text in candidates:
        alike = similarity(own, shingles(its_text))
        if alike is not None:
            later, earlier = max(document, other), min(document, other)
            store.run("INSERT INTO near_copies VALUES (?, ?, ?)", (later, earlier, alike))
            found.append(other)
    return found


def _regroup(store: Store, documents: Iterable[int]) -> None:
    """Give all documents that hang together with these the number of the first of their group."""
    left = set(documents)
    while left:
        group, new = set[int](), {left.pop()}
        while new:
            group |= new
            new = {other for one in new for other in _pairs_of(store, one)} - group
        left -= group
        first = min(group)
        store.run_many("UPDATE documents SET story = ? WHERE number = ?", ((first, one) for one in sorted(group)))


def _pairs_of(store: Store, document: int) -> list[int]:
    query = "SELECT other FROM near_copies WHERE document = ? UNION SELECT document FROM near_copies WHERE other = ?"
    return [row[0] for row in store.rows(query, (document, document))]
