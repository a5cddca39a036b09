"""What strife is made of: the lock files fit what pyproject.toml asks for, and every licence was looked at."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import licences
from tests.licences import LOCKS, PERMISSIVE, PINNED, ROOT, WEAK, refused

ADVICE = "run: make lock"


def lock(name: str) -> str:
    return (ROOT / LOCKS[name]).read_text(encoding="utf-8")


def asked(extra: str | None) -> list[Requirement]:
    """What pyproject.toml asks for, itself left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [one for line in lines if (one := Requirement(line)).name != "strife"]


@pytest.mark.parametrize(("name", "extra"), [("strife", None), ("development", None), ("development", "dev")])
def test_everything_is_pinned_as_it_is_asked_for(name: str, extra: str | None) -> None:
    pins = dict(PINNED.findall(lock(name)))
    for one in asked(extra):
        version = pins.get(canonicalize_name(one.name))
        assert version, f"{one.name} is not in {LOCKS[name]}; {ADVICE}"
        assert one.specifier.contains(version, prereleases=True), f"{one} is pinned at {version}; {ADVICE}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_its_hashes_and_nothing_names_a_machine(name: str) -> None:
    text = lock(name)
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|file:|--(?:extra-)?index-url|--find-links| /", text)


def test_both_locks_pin_alike() -> None:
    own, all_ = set(PINNED.findall(lock("strife"))), set(PINNED.findall(lock("development")))
    assert own <= all_, f"{sorted(own - all_)}; {ADVICE}"


def test_the_table_of_licences_is_complete() -> None:
    names = licences.pinned(LOCKS["development"])
    assert set(licences.written()) == names, "run: python tests/licences.py"


def test_every_licence_is_one_that_we_may_use() -> None:
    for name, (licence, _) in licences.written().items():
        assert name in licences.ACCEPTED or not refused(licence, PERMISSIVE | WEAK), f"{name}: {licence}"


def test_installed_packages_state_the_licence_of_the_table() -> None:
    table = licences.written()
    stated = {name: found for name in table if (found := licences.stated(name))}
    assert {name: table[name][0] for name in stated} == stated, "run: python tests/licences.py, and look at the change"


@pytest.mark.parametrize(
    ("licence", "wrong"),
    [
        ("MIT", False),
        ("GPL-2.0-only", True),
        ("MIT OR GPL-2.0-only", False),
        ("MIT AND GPL-2.0-only", True),
        ("?", True),
    ],
)
def test_expressions(licence: str, wrong: bool) -> None:
    assert refused(licence, PERMISSIVE) is wrong
