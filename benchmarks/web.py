"""How fast pages are over a large case, and how heavy: python benchmarks/web.py [CASE]

Without a case one of 100,000 claims is made from the texts in examples/ and kept in benchmarks/work/. For each page: the first
request, when nothing has been counted yet, the median of the next, and the bytes sent (packed)."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from starlette.testclient import TestClient

ROOT = Path(__file__).parents[1]
CLAIMS, ROUNDS = 100_000, 15
LIMIT = 150.0  # milliseconds, the median of a page
HEAVIEST = 150_000  # bytes of the first page with all that it loads


class Idle:
    """A reader that is not needed here."""

    warm = True

    def start(self) -> None:
        """Nothing to load."""

    def stop(self) -> None:
        """Nothing to end."""

    def read(self, document: object) -> object:
        """Nothing is read."""
        raise NotImplementedError(document)


def main() -> None:
    """Make the case where it is not there, and measure."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else made()
    from strife.views.web.app import application

    app = application(path, reader=Idle())  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1") as client:
        app.state.site.merger.wait(3600)  # where the case is older than the rules of merging
        slow = [name for name in pages(client) if measured(client, name) > LIMIT]
        weight = weighed(client)
    print(f"first page with all that it loads: {weight:,} bytes packed (limit {HEAVIEST:,})")
    print(f"pages over {LIMIT:.0f} ms: {', '.join(slow) or 'none'}")


def made() -> Path:
    """The case of 100,000 claims and their incidents."""
    import casefile

    from strife.casefile import Case
    from strife.incidents import blocks, merge

    path = ROOT / "benchmarks" / "work" / "web.strife"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        casefile.generate(path, CLAIMS)
        with Case.open(path) as case:
            found = (one for block in blocks(case.testimonies()) for one in merge(block, case.kept()))
            print(f"{case.put_incidents(found):,} incidents")
            case.store.run("ANALYZE")
    return path


def pages(client: TestClient) -> list[str]:
    """The pages, with those of the busiest actor, voice, document and incident."""

    def first(url: str) -> dict[str, str]:
        found: dict[str, str] = client.get(url).json()["rows"][0]
        return found

    document, claim, incident = (first(f"/{page}.json?limit=1")["id"] for page in ("documents", "claims", "incidents"))
    with client.app.state.site.cases.taken() as case:  # type: ignore[attr-defined]
        actor = case.count_by("actor", limit=1)[0][0]
        voice = next(name for name, _ in case.count_by("voice", limit=5) if name != "author")
        place = next(name for name, _ in case.count_by("place", limit=5) if name)
    return [
        "/", "/?window=month&on=2015-06-01", "/documents", f"/documents/{document}", "/claims", f"/claims/{claim}",
        "/claims?type=event&country=SY", f"/claims?actor={actor}", f"/claims?place={place}&order=newest", "/claims?text=army&limit=100",
        "/incidents", f"/incidents/{incident}", "/incidents?code=ASSAULT&since=2014-01-01", "/map", "/timeline",
        "/control", f"/control?place={place}", "/actors", f"/actors/{actor}", "/actors?country=SY", "/voices", f"/voices/{voice}",
        "/voices?country=LY", "/search", "/search?text=town", "/ledger", "/outlook", "/claims.json", "/incidents.json", "/control.json",
    ]  # fmt: skip


def measured(client: TestClient, url: str) -> float:
    """The median in milliseconds; prints the line of the page."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        answer = client.get(url)
        taken.append((time.perf_counter() - start) * 1000)
    median = statistics.median(taken[1:])
    size = int(answer.headers.get("content-length", len(answer.content)))
    print(f"{url[:60]:62} {answer.status_code} first {taken[0]:7.0f} ms, median {median:6.0f} ms, {size:9,} bytes")
    return median


def weighed(client: TestClient) -> int:
    """The bytes of the first page and of the styles and scripts that it loads, packed."""
    answer = client.get("/")
    names = {part for part in answer.text.split('"') if part.startswith("/static/")}
    return sum(int(client.get(name).headers["content-length"]) for name in names | {"/"})


if __name__ == "__main__":
    main()
