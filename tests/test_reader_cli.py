"""Another reader at the command line: what is said, what is kept, which exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strife.casefile import Case
from strife.errors import StrifeError
from strife.readers import calls
from strife.views import cli as command
from tests.reader_stub import (
    SEIZED,
    SENT,
    TEXT,
    Answer,
    Asked,
    claims,
    passages,
    read_with,
    said,
    serving,
)

# The command line


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[CliRunner]:
    """The program, in an empty folder, not resting between tries."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(calls.time, "sleep", lambda _seconds: None)
    monkeypatch.delenv("STRIFE_API_KEY", raising=False)
    return CliRunner()


def strife(runner: CliRunner, *arguments: str) -> Result:
    return runner.invoke(command.cli, list(arguments), catch_exceptions=False)


def put(name: str, *texts: str) -> str:
    lines = [json.dumps({"id": f"d{number}", "text": text}) for number, text in enumerate(texts)]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def test_read_prints_the_contract_and_says_what_left(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIFE_API_KEY", "sk-very-secret")
    with serving(lambda _asked, _number: claims(SENT, SEIZED | {"evidence": "no such words"})) as stub:
        done = strife(
            runner,
            "read",
            put("in.jsonl", TEXT),
            "--reader",
            f"openai:{stub.url}",
            "--model",
            "toy",
            "--format",
            "jsonl",
        )
    assert done.exit_code == 0
    assert [json.loads(line)["record"] for line in done.stdout.splitlines()] == ["document", "claim"]
    first, last = done.stderr.splitlines()[0], done.stderr.splitlines()[-1]
    assert "leaves this process" in first
    assert "http://127.0.0.1:" in first
    assert "2 claims told, 1 kept" in last
    assert "1 evidence not in the text" in last
    assert "100 tokens in" in last
    assert stub.headers[0]["Authorization"] == "Bearer sk-very-secret"
    assert "secret" not in done.output


def test_a_document_without_an_answer_is_named_and_the_rest_is_read(runner: CliRunner) -> None:
    def fails_one(asked: Asked, _number: int) -> Answer:
        return said("no") if "SECOND" in passages(asked)[0]["text"] else claims(SENT)

    with serving(fails_one) as stub:
        given = put("in.jsonl", TEXT, "SECOND: the army left.", TEXT)
        done = strife(runner, "read", given, "--reader", f"openai:{stub.url}", "--model", "toy", "--format", "jsonl")
    assert done.exit_code == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines() if '"document",' in line[:25]] == ["d0", "d2"]
    assert "d1: http://127.0.0.1" in done.stderr


def test_a_key_in_the_servers_own_words_is_not_shown(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIFE_API_KEY", "sk-very-secret")
    told = Answer(b"bad key sk-very-secret\x1b[2J", status=401)
    with serving(lambda _asked, _number: told) as stub, pytest.raises(StrifeError) as caught:
        strife(runner, "read", put("in.jsonl", TEXT), "--reader", f"openai:{stub.url}", "--model", "toy")
    assert "sk-very-secret" not in str(caught.value)
    assert "***" in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        ("--reader", "openai:http://127.0.0.1:9/v1"),
        ("--model", "toy"),
        ("--timeout", "3"),
        ("--reader", "openai:http://127.0.0.1:9/v1", "--model", "toy", "--rules-only"),
        ("--reader", "openai:http://127.0.0.1:9/v1", "--model", ""),
        ("--reader", "nonsense", "--model", "toy"),
        ("--reader", "openai:http://127.0.0.1:9/v1", "--model", "toy", "--timeout", "0"),
    ],
)
@pytest.mark.parametrize("verb", ["read", "add"])
def test_options_that_do_not_fit_are_wrong_usage(runner: CliRunner, verb: str, options: tuple[str, ...]) -> None:
    case = ("case.strife",) if verb == "add" else ()
    assert strife(runner, verb, *case, put("in.jsonl", TEXT), *options).exit_code == 2


def test_a_case_keeps_what_another_reader_told(runner: CliRunner) -> None:
    with serving(lambda _asked, _number: claims(SENT, SEIZED)) as stub:
        options = ("--reader", f"openai:{stub.url}", "--model", "toy")
        done = strife(runner, "add", "c.strife", put("in.jsonl", TEXT), *options)
        assert done.exit_code == 0, done.stderr
        assert "1 new" in done.stderr
        assert "2 claims told, 2 kept" in done.stderr
        assert "1 already in" in strife(runner, "add", "c.strife", "in.jsonl", *options).stderr
        assert len(stub.asked) == 1  # what is in is not asked about again
        assert strife(runner, "add", "c.strife", "in.jsonl", *options, "--workers", "2").exit_code == 2
    assert strife(runner, "check", "c.strife").exit_code == 0
    with Case.open(Path("c.strife")) as case:
        assert [claim.by for claim in case.claims()] == ["openai:toy;reader/0.1:event"] * 2


def test_a_case_keeps_what_another_reader_failed_at(runner: CliRunner) -> None:
    with serving(lambda _asked, _number: said("no")) as stub:
        options = ("--reader", f"openai:{stub.url}", "--model", "toy")
        assert strife(runner, "add", "c.strife", put("in.jsonl", TEXT), *options).exit_code == 1
    with serving(lambda _asked, _number: claims(SENT)) as stub:
        options = ("--reader", f"openai:{stub.url}", "--model", "toy")
        assert strife(runner, "add", "c.strife", "--retry", *options).exit_code == 0


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(StrifeError, match=r"strife\[llm\]"):
        read_with(claims(SENT))
