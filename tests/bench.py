"""How long the site takes to build, how that grows, and what a first visit weighs: `make bench`.

Everything is set against the same pages as plain Markdown under stock Material, in the same run on the
same machine, so that the figures that count are ratios. Nothing here is asserted: a timing is no test.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import math
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import yaml
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from mkdocs.utils.meta import get_data
from playwright.sync_api import Browser, sync_playwright

from macros import define_env
from macros.program import mirror, pages
from macros.program.project import open_project

ROOT = Path(__file__).parents[1]
REPETITIONS = 5
BUDGET_SECONDS = 170
"""After this long nothing new is started, and what runs is stopped: half a bench is better than none."""

_BEGUN = time.monotonic()


@dataclass(frozen=True)
class Took:
    """What a command took, with everything that it started."""

    wall: float
    cpu: float


def left() -> float:
    """Seconds until the time for all of it is up."""
    return BUDGET_SECONDS - (time.monotonic() - _BEGUN)


def timed(commands: Iterable[list[str]]) -> Took:
    """Run commands side by side.

    Raises `CalledProcessError` where one fails, and `TimeoutExpired` where the time is up.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", "PYTHONUTF8": "1"}
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    running = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", start_new_session=True,
        )
        for command in commands
    ]  # fmt: skip
    try:
        for process in running:
            said, _ = process.communicate(timeout=max(left(), 1))
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args, said)
    finally:
        for process in running:
            if process.poll() is None:
                os.killpg(process.pid, 9)
                process.wait()
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - spent.ru_utime - spent.ru_stime)


def ours(data: Path, docs: Path, site: Path) -> list[list[str]]:
    """The command that builds every language of ours."""
    words = ["--data", str(data), "--docs", str(docs), "build", "--site", str(site)]
    return [[sys.executable, "-m", "macros", *words]]


# --- the same pages as plain Markdown -----------------------------------------------------------

_BLOCKS = re.compile(
    "^(?:address|article|aside|blockquote|details|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|legend|li|ol|p|pre|section|summary|table|ul)$"
)
_LEFT_OUT = ("button", "input", "select", "script", "style", "svg", "template", "textarea")


def markdown(element: Tag) -> str:
    """The words and the structure of a page's content, as somebody would have typed them."""
    return "\n\n".join(block for block in _blocks(element) if block.strip()) + "\n"


def _blocks(element: Tag) -> Iterator[str]:
    line = ""
    for child in element.children:
        if isinstance(child, Tag) and (_BLOCKS.match(child.name) or child.find(_BLOCKS)):
            yield line
            line = ""
            yield from _block(child)
        else:
            line += _inline(child)
    yield line


def _block(element: Tag) -> Iterator[str]:
    if re.fullmatch("h[1-6]", element.name):
        yield f"{'#' * int(element.name[1])} {_words(element)}"
    elif element.name in ("ul", "ol"):
        mark = "-" if element.name == "ul" else "1."
        items = (markdown(item).strip() for item in element.find_all("li", recursive=False))
        yield "\n".join(
            f"{mark}   " + item.replace("\n", "\n    ").replace("\n    \n", "\n\n") for item in items
        )
    elif element.name == "table":
        rows = [
            [_words(cell) or " " for cell in row.find_all(["th", "td"])] for row in element.find_all("tr")
        ]
        width = max(map(len, rows), default=0)
        lines = ["| " + " | ".join(row + [" "] * (width - len(row))) + " |" for row in rows]
        yield "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]])
    else:
        yield from _blocks(element)


def _words(element: Tag) -> str:
    return " ".join("".join(_inline(child) for child in element.children).split())


def _inline(node: object) -> str:
    if isinstance(node, NavigableString):
        return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", re.sub(r"\s+", " ", node))
    if not isinstance(node, Tag) or node.name in _LEFT_OUT:
        return ""
    text = "".join(_inline(child) for child in node.children)
    if node.name == "a" and node.get("href") and text.strip():
        address = re.sub(r"\.html(?=#|$)", ".md", str(node["href"]))
        return f"[{text.strip()}]({address})"
    if node.name in ("strong", "b", "em", "i") and text.strip():
        mark = "**" if node.name in ("strong", "b") else "*"
        return f"{mark}{text.strip()}{mark}"
    return text


def stock(site: Path, folder: Path) -> list[list[str]]:
    """Write our pages as Markdown for stock Material; the commands that build them."""
    commands = []
    for language, root in (("en", site), ("pl", site / "pl")):
        project = folder / language
        for path in root.rglob("*.html"):
            place = path.relative_to(root)
            if place.name == "404.html" or (language == "en" and place.parts[0] == "pl"):
                continue
            content = BeautifulSoup(path.read_bytes(), "html.parser").select_one("main")
            if content is None:
                raise ValueError(f"{path} has no <main>")
            copy = project / "docs" / place.with_suffix(".md")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(markdown(content), encoding="utf-8")
        theme = {"name": "material", "language": language}
        config = {"site_name": "Stock", "theme": theme, "exclude_docs": "!/templates/"}
        (project / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        words = ["build", "-q", "-f", str(project / "mkdocs.yml"), "-d", str(folder / f"site-{language}")]
        commands.append([sys.executable, "-m", "mkdocs", *words])
    return commands


# --- the macros' share --------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """CPU seconds of one engine's macros: reading the data, and showing every component."""

    reading: float
    showing: float
    shown: int


def share(language: str, folder: str) -> Share:
    """What the macros cost one engine; to be run in a Python of its own, where nothing is warm."""
    docs = Path(folder) / f"docs-{language}"
    mirror.mirror(ROOT / "docs", docs, language)
    calls = list(pages.calls(docs))
    spoken: dict[str, str] = {}
    for call in calls:
        _, meta = get_data((docs / call.page).read_text(encoding="utf-8"))
        spoken[call.page] = str(meta.get("lang", language))
    macros: dict[str, Callable[..., str]] = {}
    env = SimpleNamespace(
        project_dir=str(ROOT),
        conf={"theme": {"language": language}, "extra": {}},
        macro=lambda function, name: macros.update({name: function}),
    )
    began = time.process_time()
    define_env(env)
    read = time.process_time()
    for call in calls:
        address = call.page.removesuffix(".md") + ".html"
        env.page = SimpleNamespace(meta={"lang": spoken[call.page]}, url=address)
        macros[call.macro](*filter(None, [call.argument]))
    return Share(read - began, time.process_time() - read, len(calls))


# --- a programme several times the size ---------------------------------------------------------


def grown(folder: Path, times: int) -> tuple[Path, Path]:
    """A programme with `times` as many phases, sessions, worksheets and checklist items; roles stay."""
    data = shutil.copytree(ROOT / "data", folder / "data")
    docs = shutil.copytree(ROOT / "docs", folder / "docs")
    program = _read(data / "program.yml")
    letters = (f"{chr(65 + n // 100)}{n % 100}" for n in range(2600))
    taken = {_read(path)["code"] for path in data.glob("worksheets/*.yml")}
    codes = (code for code in letters if code not in taken)
    phases = [dict(phase) for phase in program["phases"]]
    originals = {
        kind: sorted(data.glob(f"{kind}/*.yml")) for kind in ("sessions", "worksheets", "checklists")
    }
    for copy in range(2, times + 1):

        def renamed(name: str, ending: str = f"-x{copy}") -> str:
            return f"{name}{ending}"

        program["phases"] += [{**phase, "id": renamed(phase["id"])} for phase in phases]
        for phase in phases:
            _page(docs, "checklist", renamed(phase["id"]))
        for path in originals["sessions"]:
            _write(path.with_stem(renamed(path.stem)), _event(_read(path), renamed))
            _page(docs, "agenda", renamed(path.stem))
        for path in originals["worksheets"]:
            _write(path.with_stem(renamed(path.stem)), {**_read(path), "code": next(codes)})
            _page(docs, "worksheet", renamed(path.stem))
        for path in originals["checklists"]:
            items = [_item(item, renamed) for item in _read(path)["items"]]
            _write(path.with_stem(renamed(path.stem)), {"items": items})
    _write(data / "program.yml", program)
    return data, docs


def _event(session: dict[str, Any], renamed: Callable[[str], str]) -> dict[str, Any]:
    """A copy of a session that does not count as a meeting, with worksheets of its own."""
    meeting = session["when"].get("meeting")
    when = {"first_meeting": 4 * (meeting - 1)} if meeting else session["when"]
    agenda = [
        {**item, "worksheets": [renamed(sheet) for sheet in item["worksheets"]]}
        if "worksheets" in item
        else item
        for item in session["agenda"]
    ]
    return {**session, "kind": "event", "phase": renamed(session["phase"]), "when": when, "agenda": agenda}


def _item(item: dict[str, Any], renamed: Callable[[str], str]) -> dict[str, Any]:
    copy = {**item, "id": renamed(item["id"])}
    if "session" in item:
        copy["session"] = renamed(item["session"])
    if item.get("help", "").startswith(("templates/agendas/", "templates/worksheets/")):
        copy["help"] = renamed(item["help"])
    return copy


def _page(docs: Path, macro: str, name: str) -> None:
    page = docs / pages.MACROS[macro] / f"{name}.md"
    page.write_text(pages.text(macro, name), encoding="utf-8")


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: the kit refuses anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the answer is the same for all
        return True


def _write(path: Path, value: object) -> None:
    text = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


# --- what a first visit weighs ------------------------------------------------------------------

KINDS = {"html": (".html",), "css": (".css",), "scripts": (".js",), "fonts": (".woff2", ".woff")}


class _Log(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and remembers which of its files were asked for."""

    asked: ClassVar[set[Path]] = set()

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            self.asked.add(path)
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


def transferred(path: Path) -> int:
    """Bytes of a file on the wire: fonts are packed already."""
    content = path.read_bytes()
    return len(content) if path.suffix in KINDS["fonts"] else len(gzip.compress(content, mtime=0))


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit to a page: bytes by kind, and milliseconds that scripts and all work on the page took."""

    weights: dict[str, int]
    scripts: float
    work: float


def first_visit(browser: Browser, site: Path, page: str) -> Visit:
    """What a browser with an empty cache loads from us to show a page, and how long it is busy with it."""
    _Log.asked.clear()
    handler = functools.partial(_Log, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with contextlib.closing(browser.new_context()) as context:
            visit = context.new_page()
            meter = context.new_cdp_session(visit)
            meter.send("Performance.enable")
            own = f"http://127.0.0.1:{server.server_port}/"
            visit.route(lambda address: not address.startswith(own), lambda route: route.abort())
            visit.goto(own + page, wait_until="networkidle")
            found = visit.url
            metrics = {one["name"]: one["value"] for one in meter.send("Performance.getMetrics")["metrics"]}
        server.shutdown()
    if not any(path.suffix == ".html" for path in _Log.asked):
        raise FileNotFoundError(found)
    weights = dict.fromkeys((*KINDS, "other"), 0)
    for path in _Log.asked:
        kind = next((kind for kind, endings in KINDS.items() if path.suffix in endings), "other")
        weights[kind] += transferred(path)
    return Visit(weights, metrics["ScriptDuration"] * 1000, metrics["TaskDuration"] * 1000)


# --- what is printed ----------------------------------------------------------------------------


def contest(folder: Path) -> Took:
    """Ours against stock Material, in turns. Returns the median of ours."""
    site = folder / "site"
    build = ours(ROOT / "data", ROOT / "docs", site)
    timed(build)
    plain = stock(site, folder / "stock")
    timed(plain)
    turns: dict[str, list[Took]] = {"ours": [], "stock": []}
    for _ in range(REPETITIONS):
        if left() < BUDGET_SECONDS / 2:
            break
        turns["ours"].append(timed(build))
        turns["stock"].append(timed(plain))
    medians = {
        name: Took(statistics.median(t.wall for t in took), statistics.median(t.cpu for t in took))
        for name, took in turns.items()
    }
    count = sum(1 for _ in site.rglob("*.html"))
    print(f"Build of {count} pages in two languages, median of {len(turns['ours'])} turns")
    print("                                     seconds  CPU seconds  from to")
    for name, title in (("ours", "ours"), ("stock", "same pages as Markdown, stock Material")):
        walls = [took.wall for took in turns[name]]
        median = medians[name]
        print(f"  {title:38}{median.wall:5.2f}  {median.cpu:11.2f}  {min(walls):.2f} {max(walls):.2f}")
    one, other = medians["ours"], medians["stock"]
    print(
        f"  ratio, ours to stock                  {one.wall / other.wall:5.2f}  {one.cpu / other.cpu:11.2f}"
    )
    return one


def macros_share(folder: Path, build: Took) -> None:
    """How much of the build is ours."""
    began = time.process_time()
    open_project(ROOT / "data", ROOT / "docs")
    checking = time.process_time() - began
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
        shares = [fresh.submit(share, language, str(folder)).result() for language in ("en", "pl")]
    reading = checking + sum(one.reading for one in shares)
    showing = sum(one.showing for one in shares)
    print(f"\nThe macros' share of {build.cpu:.2f} CPU seconds")
    print(
        f"  reading and checking the data {1 + len(shares)} times  {reading:5.2f}  {reading / build.cpu:4.0%}"
    )
    print(f"  showing {sum(one.shown for one in shares):4} components             {showing:5.2f}  ", end="")
    print(f"{showing / build.cpu:4.0%}")
    print(f"  together                            {reading + showing:5.2f}  ", end="")
    print(f"{(reading + showing) / build.cpu:4.0%}")


def growth(folder: Path) -> None:
    """How the build of a programme of ours grows with its size."""
    print("\nA programme of several times the size")
    print("  times  pages  seconds  CPU seconds  times the seconds  CPU seconds grow as")
    first: tuple[int, Took] | None = None
    for times in (1, 4, 16):
        place = folder / f"grown-{times}"
        data, docs = grown(place, times)
        try:
            took = timed(ours(data, docs, place / "site"))
        except subprocess.TimeoutExpired:
            print(f"  {times:5}  not finished in the {BUDGET_SECONDS} seconds that all of this may take")
            return
        count = sum(1 for _ in (place / "site").rglob("*.html"))
        line = f"  {times:5}  {count:5}  {took.wall:7.2f}  {took.cpu:11.2f}"
        if first is None:
            first = count, took
            print(line)
        else:
            power = math.log(took.cpu / first[1].cpu) / math.log(count / first[0])
            print(f"{line}  {took.wall / first[1].wall:17.1f}  pages to the power of {power:.2f}")


def weight(folder: Path) -> None:
    """What the heaviest page and the one in the middle weigh, and how long scripts take on them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    print("\nFirst visit, kB over the wire (gzip; fonts as they are)")
    if program is None:
        print("  not weighed: there is no Chromium here")
        return
    site = folder / "site"
    ranked = sorted((path for path in site.rglob("*.html") if path.name != "404.html"), key=transferred)
    print(" " * 20 + "".join(f"{kind:>9}" for kind in (*KINDS, "other", "total", "script ms", "work ms")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for title, path in (("heaviest", ranked[-1]), ("median", ranked[len(ranked) // 2])):
            page = path.relative_to(site).as_posix()
            english = page.removeprefix("pl/")
            same = re.sub(r"(^|/)index\.html$", r"\1", english).replace(".html", "/")
            theirs = folder / "stock" / ("site-en" if page == english else "site-pl")
            print(f"  {title}: {page}")
            for name, root, address in (("ours", site, page), ("stock Material", theirs, same)):
                visits = [first_visit(browser, root, address) for _ in range(REPETITIONS)]
                kinds = visits[0].weights
                weights = [*kinds.values(), sum(kinds.values())]
                busy = [statistics.median(one.scripts for one in visits)]
                busy.append(statistics.median(one.work for one in visits))
                print(f"    {name:16}" + "".join(f"{one / 1000:9.1f}" for one in weights), end="")
                print("".join(f"{one:9.1f}" for one in busy))
        browser.close()
    print(f"  Script and work: medians of {REPETITIONS} visits, on this machine, with nothing cached.")
    print("  Other: pictures, and the search index where a page loads it unasked.")
    print("  Stock Material asks another host for its fonts; they are not counted.")


def main() -> int:
    """Measure and print. Returns 1 where something could not be built."""
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}\n",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as name:
        folder = Path(name)
        try:
            build = contest(folder)
            macros_share(folder, build)
            weight(folder)
            growth(folder)
        except subprocess.CalledProcessError as error:
            print(f"{' '.join(error.cmd)}\nended with {error.returncode}:\n{error.output}", file=sys.stderr)
            return 1
        except subprocess.TimeoutExpired:
            print(f"Stopped: it took longer than {BUDGET_SECONDS} seconds.", file=sys.stderr)
            return 1
    print(f"\nAll of this took {time.monotonic() - _BEGUN:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
