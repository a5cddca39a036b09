"""A run: inputs -> a Parquet dataset. Run again it goes on where it was stopped, and does again only what is not done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from strife.casefile.incoming import Incoming, Unreadable
from strife.casefile.merging import program
from strife.casefile.store import now
from strife.engine import reader_version
from strife.errors import BadCase
from strife.scale import manifest as told
from strife.scale.job import Job, on_pool
from strife.scale.manifest import Failure, Manifest, Mark
from strife.scale.merging import merge_dataset
from strife.scale.shards import LARGEST, SHARD, Dealer, Shard

On = Literal["pool", "ray"]
SAVED = 30.0  # seconds between two writings of the manifest
LOCK = ".lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to run: where, by how many processes, and what was said about the inputs, which a later run must say again."""

    on: On = "pool"
    workers: int = 1
    address: str | None = None
    shard: int | None = None
    rules_only: bool = False
    retry: bool = False
    inputs: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[Mark, bool], None] = lambda _mark, _new: None
    notice: Callable[[str], None] = lambda _text: None


def run(incoming: Iterable[Incoming | Unreadable], folder: str | Path, plan: Plan) -> Manifest:
    """Read what is not read yet into the dataset at a folder, and merge it; the manifest at the end.

    BadCase where the folder holds something else, or another run is writing to it."""
    folder = Path(folder)
    with _alone(folder):
        state = _State.begin(folder, plan)
        with state.kept():
            dealer = Dealer(state.manifest.shard, failed=state.fail, notice=plan.notice)
            todo = state.todo(dealer.deal(incoming))
            job = Job(folder.absolute(), state.manifest.reader, plan.rules_only)
            if plan.on == "ray":
                _by_ray(job, todo, state)
            else:
                for mark in on_pool(job, todo, plan.workers, plan.notice):
                    state.take(mark, new=True)
                merged = merge_dataset(folder, state.finish(), workers=plan.workers)
                state.merged(merged)
    return state.manifest


def _by_ray(job: Job, todo: Iterator[Shard], state: _State) -> None:
    from strife.scale.cluster import cluster, each, on_ray

    with cluster(state.plan.address, state.plan.workers) as ray:
        for mark in on_ray(ray, job, todo, state.plan.notice):
            state.take(mark, new=True)
        state.merged(merge_dataset(job.folder, state.finish(), each=lambda call, tasks: each(ray, call, tasks)))


@dataclass(slots=True)
class _State:
    """How far a run has come."""

    folder: Path
    plan: Plan
    manifest: Manifest
    found: dict[tuple[str, str], Mark] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    saved: float = 0.0

    @classmethod
    def begin(cls, folder: Path, plan: Plan) -> _State:
        """A dataset that is begun or gone on with. BadCase where what is there was made of something else."""
        old = _there(folder)
        if old is not None and (old.inputs, dict(old.options)) != (plan.inputs, dict(plan.options)):
            raise BadCase(
                f"{folder}: was made of other inputs or with other options ({' '.join(old.inputs)}); name another folder"
            )
        size = plan.shard or (old.shard if old else SHARD)
        if not 1 <= size <= LARGEST:
            raise BadCase(f"a shard of {size:,} documents: between 1 and {LARGEST:,} are possible")
        if old is not None and old.shard != size:
            raise BadCase(
                f"{folder}: was begun with shards of {old.shard:,} documents; leave --shard out, or name another folder"
            )
        from strife import __version__

        manifest = Manifest(
            layout=told.LAYOUT,
            program=f"strife {__version__}",
            reader=reader_version(rules_only=plan.rules_only),
            inputs=plan.inputs,
            options=plan.options,
            shard=size,
            started=old.started if old else now(),
            updated=now(),
            done=False,
        )
        for part in folder.glob("**/*.part"):  # of a run that was killed; no other is writing
            part.unlink(missing_ok=True)
        told.write_manifest(folder, manifest)
        return cls(folder, plan, manifest, saved=time.monotonic())

    def todo(self, shards: Iterable[Shard]) -> Iterator[Shard]:
        """The shards that are not done."""
        for shard in shards:
            mark = told.read_mark(told.mark_path(self.folder, shard.month, shard.name))
            failed = self.plan.retry and mark is not None and bool(mark.failures)
            if mark is not None and not failed and told.stands(self.folder, mark, shard.digest(self.manifest.reader)):
                self.take(mark, new=False)
            else:
                yield shard

    def fail(self, failure: Unreadable) -> None:
        """An input that could not be read."""
        self.failures.append(Failure(input=failure.input, place=failure.place, reason=failure.reason))
        self.plan.notice(failure.reason)

    def take(self, mark: Mark, *, new: bool) -> None:
        """A shard that is done, now or before."""
        self.found[mark.month, mark.name] = mark
        self.plan.progress(mark, new)
        if time.monotonic() - self.saved > SAVED:
            self.save()

    def save(self, *, done: bool = False) -> None:
        """Write the manifest as things stand."""
        marks = [self.found[key] for key in sorted(self.found)]
        failures = (*self.failures, *(failure for mark in marks for failure in mark.failures))
        self.manifest = msgspec.structs.replace(
            self.manifest,
            updated=now(),
            done=done,
            documents=sum(mark.documents for mark in marks),
            claims=sum(mark.claims for mark in marks),
            failures=failures,
            partitions=told.partitions(marks, done=done),
        )
        told.write_manifest(self.folder, self.manifest)
        self.saved = time.monotonic()

    def finish(self) -> list[Mark]:
        """All is read: take away what other contents of the same inputs had left, and say so. The marks that stand."""
        for path, mark in told.marks(self.folder):
            if (mark.month, mark.name) not in self.found:
                path.unlink()
                for file in mark.files:
                    (self.folder / file.path).unlink(missing_ok=True)
        self.save(done=True)
        return [self.found[key] for key in sorted(self.found)]

    def merged(self, incidents: int) -> None:
        """The incidents are those of the claims that stand."""
        self.manifest = msgspec.structs.replace(
            self.manifest, merging=program(), merged=now(), incidents=incidents, updated=now()
        )
        told.write_manifest(self.folder, self.manifest)

    def kept(self) -> _Kept:
        """Inside, the manifest is brought up to date also where the run is broken off."""
        return _Kept(self)


@dataclass(slots=True)
class _Kept:
    state: _State

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is not None and not self.state.manifest.done:
            with suppress(BadCase):  # the first error counts
                self.state.save()


def _there(folder: Path) -> Manifest | None:
    """The manifest of what is in the folder, None where it is new or empty."""
    if (folder / told.MANIFEST).exists():
        return told.read_manifest(folder)
    if folder.exists() and (not folder.is_dir() or any(one.name != LOCK for one in folder.iterdir())):
        raise BadCase(f"{folder}: is there already and is no dataset; name a new or an empty folder")
    return None


def _alone(folder: Path) -> _Lock:
    return _Lock(folder)


class _Lock:
    """One run at a time writes to a dataset."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock

        self.folder = folder
        _there(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadCase(f"{folder}: cannot be made ({error.strerror}); choose another folder") from error
        self.lock = FileLock(folder / LOCK)

    def __enter__(self) -> None:
        from filelock import Timeout

        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            raise BadCase(f"{self.folder}: another run is writing to it; wait until that has ended") from None

    def __exit__(self, *_error: object) -> None:
        self.lock.release()
