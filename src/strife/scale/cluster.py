"""Shards on a Ray cluster. Ray starts a task again whose worker was lost; it then writes the same files under the same names."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from strife.engine import Unread
from strife.errors import StrifeError
from strife.records import Document, Reading
from strife.scale.job import Job
from strife.scale.manifest import Mark
from strife.scale.shards import Shard

RETRIES = 3  # times that Ray starts a task again whose worker died
AHEAD = 2  # tasks for each processor that wait or run: more would fill the object store
WORN = 4  # shards after which a worker is started anew: the parser keeps every word that it has met
Task = TypeVar("Task")
Result = TypeVar("Result")


@contextmanager
def cluster(address: str | None, workers: int | None) -> Iterator[Any]:
    """The module ray, connected to the cluster at an address, or to one of so many processes made here and ended afterwards.

    StrifeError where Ray is not installed or the cluster is not reached."""
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as error:
        raise StrifeError("--on ray needs Ray; install it by: pip install 'strife[ray]', or use --on pool") from error
    local = {} if address else {"num_cpus": workers or os.cpu_count(), "include_dashboard": False}
    try:
        ray.init(address=address or "local", log_to_driver=False, logging_level=logging.ERROR, **local)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        raise StrifeError(f"the Ray cluster at {address or 'this machine'} cannot be used ({error})") from error
    try:
        yield ray
    finally:
        ray.shutdown()


def on_ray(ray: Any, job: Job, shards: Iterable[Shard], notice: Callable[[str], None]) -> Iterator[Mark]:
    """Read shards by the workers of a cluster; the marks as they are done."""
    for shard, mark in each(ray, job.do, shards):
        if isinstance(mark, Mark):
            yield mark
            continue
        notice(
            f"a worker died {RETRIES + 1} times of {shard.month}/{shard.name}; its documents are read one by one ({mark})"
        )
        yield job.write(shard, [_alone(ray, job, one.document) for one in shard.documents])


def _alone(ray: Any, job: Job, document: Document) -> Reading | Unread:
    """One document as a task of its own."""
    ((_, outcome),) = each(ray, _Alone(job.rules_only), [document])
    if isinstance(outcome, Exception):
        return Unread(document, "the process that read it was ended from outside, perhaps for want of memory")
    return outcome


class _Alone:
    """Reads one document; a class, so that it can be sent with its setting."""

    def __init__(self, rules_only: bool) -> None:
        self.rules_only = rules_only

    def __call__(self, document: Document) -> Reading | Unread:
        from strife.engine import read_each

        return next(read_each([document], rules_only=self.rules_only))


def each(
    ray: Any, function: Callable[[Task], Result], tasks: Iterable[Task]
) -> Iterator[tuple[Task, Result | Exception]]:
    """The results of a function of each task, as they come; an exception in place of one whose worker died again and again."""

    def call(task: Task) -> Result:
        return function(task)

    remote = ray.remote(num_cpus=1, max_retries=RETRIES, max_calls=WORN)(call)
    most = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
    running: dict[Any, Task] = {}
    for task in tasks:
        running[remote.remote(task)] = task
        if len(running) >= most:
            yield _settled(ray, running)
    while running:
        yield _settled(ray, running)


def _settled(ray: Any, running: dict[Any, Task]) -> tuple[Task, Any]:
    """The first task that has ended; what it raised itself is raised here."""
    (done,), _ = ray.wait(list(running), num_returns=1)
    task = running.pop(done)
    try:
        return task, ray.get(done)
    except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError, ray.exceptions.NodeDiedError) as error:
        return task, error
    except ray.exceptions.RayTaskError as error:
        cause = error.cause if isinstance(getattr(error, "cause", None), Exception) else error
        raise cause if isinstance(cause, StrifeError) else error from None
    except ray.exceptions.RayError as error:
        text = str(error).partition("\n")[0]
        raise StrifeError(
            f"the Ray cluster failed ({text}); what is done is kept, run the same command again"
        ) from error
