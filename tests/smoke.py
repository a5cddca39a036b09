"""What `make package` runs with the Python into which the wheel was installed: does it work without the sources beside it?"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Rebels captured the town of Nawa on 5 June 2013, officials said. The army denied that it had shelled Homs."


def run(*arguments: str) -> str:
    """What a command of strife prints."""
    command = [str(Path(sys.executable).with_name("strife")), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=tempfile.gettempdir()).stdout


def main() -> None:
    """Read, keep, find, explain; AssertionError where something is missing."""
    import strife
    from strife.model.session import shared

    assert ROOT / "src" not in Path(strife.__file__).parents, f"{strife.__file__} is not the installed one"
    model, why = shared()
    assert model is not None, why
    assert {claim.status for claim in strife.read(TEXT).claims} >= {"claimed", "denied"}
    with tempfile.TemporaryDirectory() as folder:
        report, case = Path(folder, "a.txt"), str(Path(folder, "a.strife"))
        report.write_text(TEXT, encoding="utf-8")
        lines = [json.loads(line) for line in run("read", str(report), "--format", "jsonl").splitlines()]
        assert any((line.get("where") or {}).get("country") == "SY" for line in lines), "no place was found"
        run("add", case, str(report))
        assert "Nawa" in run("find", case, "--place", "Nawa")
        assert "<html" in run("read", str(report), "--format", "html")
    assert "seize" in run("explain", "capture").lower()
    sys.stdout.write(f"{run('--version').strip()}: the wheel works\n")


if __name__ == "__main__":
    main()
