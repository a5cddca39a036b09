"""What tests of several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Machines of two cores stall now and then: no deadline, and the same examples every time.
settings.register_profile("strife", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("strife")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and corpora that may lie beside a clone; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder ../shared, which is not part of the repository")
    return SHARED
