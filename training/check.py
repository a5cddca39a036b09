"""Check the corpus: spans, labels, duplicates, near-duplicates, leaks from other texts, and how varied its language is.

  python -m training.check [CORPUS] [--against PATH…] [--like TEXTS.jsonl]

--against names files or folders (also .gz and .zip in them) that the corpus must share no run of eight words with: sets that strife is
measured on. --like names reports to compare the variety with. Exit status 1 where something is wrong."""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from strife.errors import BadInput
from strife.measure.passages import Passage, read_corpus

RUN = 8  # words: a run this long in common is no chance, unless it is a formula
NEAR = 0.5  # shared five-word runs over all of two passages: above it they tell the same in the same words
WINDOW = 1000
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return WORD.findall(text.casefold())


def runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    """All runs of so many words."""
    return zip(*(islice(words, start, None) for start in range(length)), strict=False)


def duplicates(passages: Iterable[Passage]) -> Iterator[str]:
    """Passages with the same words, and such as share more than half of their five-word runs."""
    seen: dict[tuple[str, ...], str] = {}
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    kept: list[tuple[str, set[tuple[str, ...]]]] = []
    for passage in passages:
        words = tuple(words_of(passage.text))
        if words in seen:
            yield f"{passage.id}: the same words as {seen[words]}"
            continue
        seen[words] = passage.id
        mine = set(runs(list(words), 5))
        shared = Counter(other for run in mine for other in at[run])
        for other, count in shared.items():
            name, theirs = kept[other]
            if count / len(mine | theirs) >= NEAR:
                yield f"{passage.id}: nearly the words of {name}"
                break
        for run in mine:
            at[run].append(len(kept))
        kept.append((passage.id, mine))


def leaks(passages: Iterable[Passage], against: Iterable[Path]) -> Iterator[str]:
    """Runs of eight words that stand in a passage and in one of the files."""
    mine = {run: passage.id for passage in passages for run in runs(words_of(passage.text), RUN)}
    for file in against:
        for name, text in texts_in(file):
            for run in runs(words_of(text), RUN):
                if run in mine:
                    yield f"{mine[run]}: “{' '.join(run)}” stands in {name}"


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """The text of a file, or of all files of a folder or archive, by name; what marks it up is taken out."""
    if path.is_dir():
        for file in sorted(one for one in path.rglob("*") if one.is_file()):
            yield from texts_in(file)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", _plain(archive.read(name))
    else:
        data = path.read_bytes()
        yield path.name, _plain(gzip.decompress(data) if path.suffix == ".gz" else data)


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "replace").replace("\\n", " ").replace('\\"', '"')
    return re.sub(r"</?[^<>]{1,40}>", " ", text)


def variety(texts: Iterable[str]) -> dict[str, float]:
    """Different words in a thousand, the shares of three- and four-word runs that occur once, words a passage."""
    lists = [words_of(text) for text in texts]
    words = [word for one in lists for word in one]
    windows = [words[at : at + WINDOW] for at in range(0, len(words) - WINDOW + 1, WINDOW)] or [words]
    once = {}
    for length in (3, 4):
        count = Counter(run for one in lists for run in runs(one, length))
        once[length] = sum(number == 1 for number in count.values()) / max(1, sum(count.values()))
    return {
        "words": float(len(words)),
        "different words in 1,000": sum(len(set(one)) / len(one) for one in windows) / len(windows) * WINDOW,
        "three-word runs that occur once": once[3],
        "four-word runs that occur once": once[4],
        "commonest opening word": Counter(one[0] for one in lists if one).most_common(1)[0][1] / len(lists),
    }


def main() -> int:
    """Check and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("corpus"))
    parser.add_argument("--against", nargs="*", type=Path, default=[])
    parser.add_argument("--like", type=Path)
    args = parser.parse_args()
    try:
        parts = read_corpus(args.corpus)
    except BadInput as error:
        print(error, file=sys.stderr)
        return 1
    passages = [one for part in parts.values() for one in part]
    wrong = [*duplicates(passages), *split_conflicts(parts), *leaks(passages, args.against)]
    for line in wrong:
        print(line)
    print(counts(parts))
    print(table("corpus", variety(one.text for one in passages)))
    if args.like:
        size = sum(len(words_of(one.text)) for one in passages)
        print(table(args.like.name, variety(_pieces(args.like, size))))
    print(f"{len(wrong)} complaints")
    return 1 if wrong else 0


def split_conflicts(parts: dict[str, list[Passage]]) -> Iterator[str]:
    """Conflicts that stand in more than one part."""
    where: dict[str, set[str]] = defaultdict(set)
    for part, passages in parts.items():
        for one in passages:
            where[one.conflict].add(part)
    yield from (f"{conflict}: in {' and '.join(sorted(found))}" for conflict, found in where.items() if len(found) > 1)


def counts(parts: dict[str, list[Passage]]) -> str:
    """How much there is of everything."""
    lines = []
    everything = [one for passages in parts.values() for one in passages]
    for part, passages in [*parts.items(), ("all", everything)]:
        events = [event for one in passages for event in one.events]
        none = sum(not one.events for one in passages)
        lines.append(f"{part}: {len(passages)} passages, {none} without an event, {len(events)} events")
    events = [event for one in everything for event in one.events]
    for labels in ([one.plover for one in events], [one.status for one in events]):
        lines += [" ".join(f"{name} {n}" for name, n in Counter(labels).most_common())]
    layers = ("figures", "control", "attributions")
    lines.append(" ".join(f"{layer} {sum(len(getattr(one, layer)) for one in everything)}" for layer in layers))
    lines.append(
        f"conflicts {len({one.conflict for one in everything})}, registers {len({one.register for one in everything})}"
    )
    return "\n".join(lines)


def _pieces(file: Path, size: int) -> Iterator[str]:
    """Passages of two sentences from reports in JSON lines, until there are so many words."""
    seen = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        sentences = re.split(r"(?<=[.!?])\s+", json.loads(line)["text"])
        for at in range(0, len(sentences), 2):
            text = " ".join(sentences[at : at + 2])
            seen += len(words_of(text))
            if seen > size:
                return
            yield text


def table(name: str, found: dict[str, float]) -> str:
    """Figures in one line."""
    return f"{name}: " + ", ".join(
        f"{key} {value:,.0f}" if value > 1 else f"{key} {value:.3f}" for key, value in found.items()
    )


if __name__ == "__main__":
    sys.exit(main())
