"""The reading of shards: one task, the same in this process, in a pool of processes and on a cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from strife.engine import Unread, read_each, reader_version
from strife.errors import StrifeError
from strife.records import Document, Reading
from strife.scale.manifest import Mark
from strife.scale.shards import Shard
from strife.scale.tables import write_shard


@dataclass(frozen=True, slots=True)
class Job:
    """What every task must know: the dataset's folder, which all machines must see, and what reads."""

    folder: Path
    reader: str
    rules_only: bool = False

    def do(self, shard: Shard) -> Mark:
        """Read a shard in this process and write it. StrifeError where this machine has another version of the reader."""
        here = reader_version(rules_only=self.rules_only)
        if here != self.reader:
            raise StrifeError(
                f"this worker would read with {here!r}, the run with {self.reader!r}; install the same strife everywhere"
            )
        documents = [one.document for one in shard.documents]
        return self.write(shard, list(read_each(documents, rules_only=self.rules_only)))

    def write(self, shard: Shard, outcomes: list[Reading | Unread]) -> Mark:
        """Write what was read of a shard."""
        return write_shard(self.folder, shard, outcomes, self.reader)


def on_pool(
    job: Job, shards: Iterable[Shard], workers: int, notice: Callable[[str], None] | None = None
) -> Iterator[Mark]:
    """Read shards by worker processes of this machine, documents in order over the bounds of shards; the marks as they are done."""
    begun: deque[Shard] = deque()

    def documents() -> Iterator[Document]:
        for shard in shards:
            begun.append(shard)
            yield from (one.document for one in shard.documents)

    outcomes: list[Reading | Unread] = []
    for outcome in read_each(documents(), workers=workers, rules_only=job.rules_only, progress=notice):
        outcomes.append(outcome)
        if len(outcomes) == len(begun[0].documents):
            yield job.write(begun.popleft(), outcomes)
            outcomes = []
