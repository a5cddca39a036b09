"""How smoothly the map moves with 20,000 incidents on it: frames a second while it is drawn about, and the server's times.

Needs playwright and Debian's chromium. Run: python benchmarks/map.py"""

from __future__ import annotations

import shutil
import socket
import statistics
import tempfile
import threading
import time
import urllib.request
from itertools import pairwise
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from strife.casefile import Case
from strife.records import Code, Date, Incident, Place
from strife.views.web.app import application

NUMBER = 20_000
RUNS = 9
FRAMES = """() => new Promise((done) => {
  const map = document.querySelector('#map'), box = map.getBoundingClientRect(), times = [];
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const say = (kind, dx, dy) => (kind === 'mousedown' ? map : document).dispatchEvent(
    new MouseEvent(kind, {bubbles: true, clientX: x + dx, clientY: y + dy, button: 0}));
  say('mousedown', 0, 0);
  let step = 0;
  const move = (now) => {
    times.push(now);
    if (step++ < 240) { say('mousemove', 150 * Math.sin(step / 12), 90 * Math.cos(step / 17)); requestAnimationFrame(move); }
    else { say('mouseup', 0, 0); done(times); }
  };
  requestAnimationFrame(move);
})"""


def incident(number: int) -> Incident:
    """One of many, over Syria and four years, in some thousand places."""
    day = f"{2012 + number % 4}-{number // 7 % 12 + 1:02}-{number % 28 + 1:02}"
    spot = number * 7919 % 1500
    where = Place(
        quote=f"Town {spot}", start=0, end=0, name=f"Town {spot}", country="SY", lat=32.5 + spot % 43 * 0.11,
        lon=35.8 + spot // 43 * 0.18, precision="settlement",
    )  # fmt: skip
    when = Date(start=day, end=day, precision="day", quote=day, basis="explicit")
    status = ("reported", "claimed", "disputed")[number % 3]
    code = Code(plover=("ASSAULT", "COERCE", "PROTEST", "CONSULT")[number % 4])
    return Incident(
        id=f"made-{number:05}",
        code=code,
        where=where,
        when=when,
        status=status,
        sources=1,
        dataset="made",
        row=str(number),
    )  # type: ignore[arg-type]


def served(path: Path) -> tuple[str, uvicorn.Server]:
    """The address of a server over a case, and the server."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(path), log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{listener.getsockname()[1]}", server


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.strife"
        with Case.open(path, create=True) as case:
            case.imported(map(incident, range(NUMBER)))
        address, server = served(path)
        for name in (
            "/map",
            "/map/points.json?layer=incidents",
            "/timeline",
            "/timeline?by=actor",
            "/map/base/world.json",
            "/map/towns.json?box=35,32,42,38",
        ):
            times = []
            for run in range(RUNS):
                begun = time.perf_counter()
                with urllib.request.urlopen(f"{address}{name}") as answer:
                    size = len(answer.read())
                if run:
                    times.append(time.perf_counter() - begun)
            print(f"{name}: {statistics.median(times) * 1000:.0f} ms median, {size:,} bytes unpacked")
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            window = browser.new_page(viewport={"width": 1600, "height": 1000})
            begun = time.perf_counter()
            window.goto(f"{address}/map?layer=incidents")
            window.wait_for_selector("#map[data-ready]", state="attached", timeout=120_000)
            print(f"page, 20,000 marks and outlines drawn after {time.perf_counter() - begun:.1f} s")
            for zoom in (6, 8, 10):
                window.goto(f"{address}/map?layer=incidents&at=34.8,38.5,{zoom}")
                window.wait_for_selector("#map[data-ready]", state="attached", timeout=120_000)
                window.wait_for_timeout(1500)
                times = window.evaluate(FRAMES)
                steps = [b - a for a, b in pairwise(times)]
                worst = sorted(steps)[int(len(steps) * 0.95)]
                marks = window.locator(".mark").count()
                print(
                    f"panning at zoom {zoom}: {1000 / statistics.mean(steps):.0f} frames a second, "
                    f"95 % of frames within {worst:.0f} ms, {marks} marks"
                )
            browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
