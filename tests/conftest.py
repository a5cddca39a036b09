"""What tests of several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from strife.casefile import Case
from strife.model.session import LEFT_OUT
from strife.model.session import shared as shared_model

# Machines of two cores stall now and then: no deadline, and the same examples every time.
settings.register_profile("strife", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("strife")

# Rows pin what the rules make of a sentence; tests of what users get ask for the fixture `with_model`.
os.environ[LEFT_OUT] = "1"

# A home of their own: actors and packs that somebody has added must not change what tests read. Kept between runs, built once.
os.environ["STRIFE_HOME"] = str(Path(__file__).parents[1] / ".pytest_cache" / "strife-home")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and corpora that may lie beside a clone; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder ../shared, which is not part of the repository")
    return SHARED


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reading with the shipped model, as users do."""
    monkeypatch.delenv(LEFT_OUT)
    shared_model.cache_clear()
    yield
    shared_model.cache_clear()


@pytest.fixture
def toy_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Adding to a case without the parser: see case_helpers."""
    from strife import engine
    from tests.case_helpers import toy_chunk

    monkeypatch.setattr(engine, "_read_chunk", toy_chunk)


@pytest.fixture
def case(tmp_path: Path, toy_reader: None) -> Iterator[Case]:
    """An empty case."""
    with Case.open(tmp_path / "test.strife", create=True) as opened:
        yield opened
