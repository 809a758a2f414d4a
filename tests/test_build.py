"""The build as a person relies on it: whatever happens, the site that stands is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds after which something has gone wrong; nothing here takes a tenth of it."""

TRACEBACK = re.compile(r"Traceback|^ *File \".*\", line \d+", re.MULTILINE)

Tree = dict[str, bytes | None]
"""What a folder holds: the bytes of every file by its path, None for folders, a link's goal for links."""

_FAULTY = """
import errno, os, re, signal, sys
from macros import __main__ as kit, swap
what, event, about, renames = sys.argv[1:5]
def strike(name, arguments):
    if name == event and re.search(about, repr(arguments)):
        if what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), about)
if renames == "two renames":
    swap._exchange = lambda one, other: False
sys.addaudithook(strike)
sys.exit(kit.main(sys.argv[5:]))
"""
"""Runs the kit and lets it be killed, or the disk be full, just before the first audit event of a kind."""

_SMALL_DISK = """
import os, resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
"""Runs Python where no file can grow beyond a limit, in it and in whatever it starts."""

_NOBODY_SPECIAL = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Runs Python so that folders which may not be written to cannot be written to, by root neither.

PR_CAPBSET_DROP takes CAP_DAC_OVERRIDE away; whoever is not root has none, and the call does nothing.
"""


@dataclass(frozen=True)
class Done:
    """How a program ended, and what it said."""

    code: int
    out: str
    err: str


def tree(folder: Path) -> Tree:
    """Everything in a folder; empty where there is none."""
    found: Tree = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = os.fsencode(path.readlink())
        else:
            found[name] = path.read_bytes() if path.is_file() else None
    return found


def started(kit: Path, *words: str | Path, **more: str) -> subprocess.Popen[str]:
    """A program started in a copy of the kit, with a process group of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KIT_")}
    return subprocess.Popen(
        [str(word) for word in words],
        cwd=kit,
        env={**plain, "SOURCE_DATE_EPOCH": "1767225600", "PYTHONDONTWRITEBYTECODE": "1", **more},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ended(process: subprocess.Popen[str]) -> Done:
    """How it ended, once nothing is left of what it had started."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    deadline = time.monotonic() + PATIENCE
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.killpg(process.pid, 0)
            assert time.monotonic() < deadline, "something that it had started outlives it"
            time.sleep(0.01)
    return Done(process.returncode, out, err)


def build(kit: Path, site: Path, **more: str) -> Done:
    """Build what stands in `kit`."""
    return ended(started(kit, sys.executable, "-m", "macros", "build", "--site", site, **more))


def faulty(kit: Path, site: Path, what: str, event: str, about: str, renames: str = "") -> Done:
    """A build that something happens to. See `_FAULTY`."""
    words = (what, event, about, renames, "build", "--site", site)
    return ended(started(kit, sys.executable, "-c", _FAULTY, *words))


def clear(done: Done, site: Path) -> bool:
    """Whether a build that failed ended as it should: one message that says why, and no traceback."""
    return (
        done.code == 1
        and not TRACEBACK.search(done.out + done.err)
        and done.err.endswith(f"Nothing was changed in {site}.\n")
        and done.err.count("Nothing was changed in") == 1
    )


def alone(site: Path) -> bool:
    """Whether nothing stands beside the site: no stage of a build, nothing half done."""
    return list(site.parent.iterdir()) == [site]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit around the sample, for every test here to build from, and for none to change."""
    folder = tmp_path_factory.mktemp("kit") / "kit"
    shutil.copytree(ROOT / "tests" / "sample", folder)
    shutil.copy2(ROOT / "data" / "ui.yml", folder / "data")
    shutil.copytree(ROOT / "macros", folder / "macros")
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy2(config, folder)
    return folder


@pytest.fixture(scope="module")
def new(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """What its site holds, built where nothing had stood."""
    site = tmp_path_factory.mktemp("new") / "site"
    done = build(kit, site)
    assert done.code == 0, done.err
    return tree(site)


@pytest.fixture(scope="module")
def older(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit as it was when it had one page more, with its site in `site`."""
    folder = shutil.copytree(kit, tmp_path_factory.mktemp("older") / "kit")
    (folder / "docs" / "guide" / "left-out-later.md").write_text("# Left out later\n\nSoon.\n", "utf-8")
    done = build(folder, folder / "site")
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def old(older: Path) -> Tree:
    """What the older site holds."""
    return tree(older / "site")


@pytest.fixture
def site(older: Path, tmp_path: Path) -> Path:
    """The older site, standing alone in a folder."""
    return shutil.copytree(older / "site", tmp_path / "www" / "site")


@pytest.fixture
def own(kit: Path, tmp_path: Path) -> Path:
    """A copy of the kit that a test may change."""
    return shutil.copytree(kit, tmp_path / "own")


# --- a build that succeeds ----------------------------------------------------------------------


@pytest.mark.parametrize("standing", ["the older site", "an empty folder"])
def test_build_puts_the_whole_site_in(standing: str, kit: Path, site: Path, old: Tree, new: Tree) -> None:
    """The new site replaces what stood there, down to the last file, and nothing is left beside it."""
    assert tree(site) == old != new
    if standing == "an empty folder":
        shutil.rmtree(site)
        site.mkdir()
    done = build(kit, site)
    pages = sum(name.endswith(".html") for name in new)
    said = f"Built {pages} pages in en, pl: {site}"
    assert (done.code, done.out.splitlines()[-1], done.err) == (0, said, "")
    assert tree(site) == new
    assert alone(site)


def test_build_is_the_same_everywhere(kit: Path, tmp_path: Path, new: Tree) -> None:
    """Another hash seed, time zone, locale, home and folder change no byte of the site."""
    folder = shutil.copytree(kit, tmp_path / "some where else" / "gęś")
    elsewhere = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "HOME": str(tmp_path)}
    done = ended(started(folder, sys.executable, "-m", "macros", "build", **elsewhere))
    assert done.code == 0, done.err
    assert tree(folder / "site") == new


def test_build_needs_no_network(kit: Path, site: Path, new: Tree) -> None:
    """Without a network, and with proxies that answer nobody, the site is the same."""
    names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    words = (sys.executable, "-m", "macros", "build", "--site", site)
    done = ended(started(kit, *_cut_off(), *words, **dict.fromkeys(names, "http://127.0.0.1:9")))
    assert done.code == 0, done.err
    assert tree(site) == new


def _cut_off() -> list[str]:
    """The words that start a program without a network, where this system lets us."""
    for words in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        with contextlib.suppress(OSError):
            if subprocess.run([*words, "true"], check=False, capture_output=True).returncode == 0:
                return words
    return []


def test_two_builds_at_once_leave_one_whole_site(
    kit: Path, older: Path, site: Path, old: Tree, new: Tree
) -> None:
    """Each of two builds at once succeeds or says why not; the site is one of the two, whole."""
    words = (sys.executable, "-m", "macros", "build", "--site", site)
    builds = [started(folder, *words) for folder in (kit, older)]
    for done in [ended(one) for one in builds]:
        assert (done.code, done.err) == (0, "") or clear(done, site), done.err
    assert tree(site) in (old, new)
    assert alone(site)


def test_two_first_builds_at_once_leave_one_whole_site(kit: Path, tmp_path: Path, new: Tree) -> None:
    """The same where no site stands yet: one of the two puts it there."""
    site = tmp_path / "www" / "site"
    site.parent.mkdir()
    builds = [started(kit, sys.executable, "-m", "macros", "build", "--site", site) for _ in range(2)]
    ends = [ended(one) for one in builds]
    assert 0 in [done.code for done in ends]
    for done in ends:
        assert (done.code, done.err) == (0, "") or clear(done, site), done.err
    assert tree(site) == new
    assert alone(site)


# --- a build that is killed ---------------------------------------------------------------------


def test_killed_build_leaves_the_site_whole(
    kit: Path, older: Path, tmp_path: Path, old: Tree, new: Tree
) -> None:
    """Killed anywhere, a build leaves one whole site; the next build is not disturbed by what was left."""
    site = tmp_path / "www" / "site"
    stands = {
        ("subprocess.Popen", "mkdocs.pl.yml", ""): old,
        ("os.rename", "site-pl", ""): old,
        ("open", "search-index.js", ""): old,
        ("ctypes.dlsym", "renameat2", ""): old,
        ("shutil.rmtree", r"-stage-\w+'", ""): new,
        ("os.rename", ".site-before", "two renames"): old,
    }
    found = {}
    for point in stands:
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(older / "site", site)
        done = faulty(kit, site, "kill", *point)
        found[point] = tree(site) if done.code == -signal.SIGKILL else done
    assert found == stands
    assert build(kit, site).code == 0
    assert tree(site) == new


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGINT])
def test_build_ended_while_pages_are_written_leaves_the_site_whole(
    kind: signal.Signals, kit: Path, site: Path, old: Tree
) -> None:
    """Ended with all it has started, in the middle of the pages, it leaves the old site whole."""
    one = started(kit, sys.executable, "-m", "macros", "build", "--site", site)
    deadline = time.monotonic() + PATIENCE
    while not any(site.parent.glob(".site-stage-*/site/guide/*.html")):
        assert time.monotonic() < deadline, "no page was written"
        time.sleep(0.002)
    os.killpg(one.pid, kind)
    done = ended(one)
    assert (done.code == 0, TRACEBACK.search(done.err)) == (False, None), done.err
    assert tree(site) == old


def test_build_killed_between_two_renames_is_mended(kit: Path, site: Path, old: Tree, new: Tree) -> None:
    """Where a system cannot exchange folders, the next build first puts the old site back."""
    assert faulty(kit, site, "kill", "os.rename", r"-stage-\w+/site'", "two renames").code == -signal.SIGKILL
    assert tree(site.with_name(".site-before")) == old
    assert tree(site) == {}
    assert clear(faulty(kit, site, "fill the disk", "tempfile.mkdtemp", "-stage-"), site)
    assert tree(site) == old
    assert build(kit, site).code == 0
    assert tree(site) == new


def test_engine_that_dies_leaves_the_site_whole(own: Path, site: Path, old: Tree) -> None:
    """The system may kill the engine alone, to get its memory back: the build says so and changes nothing."""
    with (own / "macros" / "hooks.py").open("a", encoding="utf-8") as hooks:
        hooks.write("\n\ndef on_post_page(output, **_rest):\n    os.kill(os.getpid(), 9)\n")
    done = build(own, site)
    assert clear(done, site), done.err
    assert "mkdocs could not build the pages" in done.err
    assert tree(site) == old
    assert alone(site)


def test_leftovers_of_killed_builds_go_when_they_are_old(kit: Path, site: Path, new: Tree) -> None:
    """A stage that nobody has touched for over an hour is removed; one that may be in use is not."""
    forgotten, fresh = site.with_name(".site-stage-forgotten"), site.with_name(".site-stage-fresh")
    for stage in (forgotten, fresh):
        (stage / "site").mkdir(parents=True)
    os.utime(forgotten, (time.time() - 3700,) * 2)
    assert build(kit, site).code == 0
    assert sorted(site.parent.iterdir()) == [fresh, site]
    assert tree(site) == new


# --- a disk that is full, or may not be written to ----------------------------------------------


@pytest.mark.parametrize(
    ("event", "about"),
    [
        ("tempfile.mkdtemp", "-stage-"),
        ("open", r"docs-pl\S*', 'w'"),  # written: a folder may still be opened, to be removed
        ("open", "search-index.js"),
    ],
    ids=["the stage", "the pages", "the search index"],
)
def test_full_disk_leaves_the_site_whole(event: str, about: str, kit: Path, site: Path, old: Tree) -> None:
    """Wherever the disk is full, the build says so in one message, and leaves nothing behind."""
    done = faulty(kit, site, "fill the disk", event, about)
    assert clear(done, site), done.err
    assert os.strerror(errno.ENOSPC) in done.err
    assert tree(site) == old
    assert alone(site)


def test_disk_that_fills_under_the_engine_leaves_the_site_whole(kit: Path, site: Path, old: Tree) -> None:
    """The same where it is the engine that finds no room: its traceback is not the message."""
    limit = 2 * max(path.stat().st_size for path in (kit / "docs").rglob("*.md"))
    words = ("-m", "macros", "build", "--site", site)
    done = ended(started(kit, sys.executable, "-c", _SMALL_DISK, str(limit), *words))
    assert clear(done, site), done.err
    assert os.strerror(errno.EFBIG) in done.err
    assert tree(site) == old
    assert alone(site)


def test_folder_that_may_not_be_written_to_leaves_the_site_whole(kit: Path, site: Path, old: Tree) -> None:
    """Where nothing may be written, the build says so in one message and changes nothing."""
    site.parent.chmod(0o555)
    try:
        words = ("-m", "macros", "build", "--site", site)
        done = ended(started(kit, sys.executable, "-c", _NOBODY_SPECIAL, *words))
    finally:
        site.parent.chmod(0o755)
    assert clear(done, site), done.err
    assert os.strerror(errno.EACCES) in done.err
    assert tree(site) == old
    assert alone(site)


# --- a folder that is not ours ------------------------------------------------------------------


def _link(kit: Path) -> Path:
    (kit / "www").symlink_to(kit / "docs")
    return kit / "www"


def _dead_link(kit: Path) -> Path:
    (kit / "www").symlink_to(kit / "nowhere")
    return kit / "www"


def _file(kit: Path) -> Path:
    (kit / "www").write_text("mine", "utf-8")
    return kit / "www"


def _strangers(kit: Path) -> Path:
    (kit / "www").mkdir()
    (kit / "www" / "index.html").write_text("mine", "utf-8")
    return kit / "www"


IS_A_LINK = "{site} is a link.\n    hint: name the folder that it points to, with --site"
IS_A_FILE = "{site} is a file.\n    hint: remove it, or choose another folder with --site"
NOT_OURS = (
    "{site} holds files that this kit did not write.\n"
    "    hint: empty it yourself, or choose another folder with --site"
)
NO_PLACE = "{site} is not a folder for a site.\n    hint: choose another with --site"
WITHIN = "{site} lies within, or around, the folder {source}.\n    hint: choose another with --site"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (_link, IS_A_LINK),
        (_dead_link, IS_A_LINK),
        (_file, IS_A_FILE),
        (_strangers, NOT_OURS),
        (lambda kit: kit / "docs" / "site", WITHIN),
        (lambda kit: kit / "data" / "site", WITHIN),
        (lambda kit: kit / "macros" / "site", WITHIN),
        (lambda kit: kit / "macros" / ".." / "docs", WITHIN),
        (lambda kit: kit, WITHIN),
        (lambda kit: kit.parent, NO_PLACE),
        (lambda _: Path("/"), NO_PLACE),
    ],
    ids=[
        "a link", "a link to nothing", "a file", "a folder of strangers", "inside docs", "inside data",
        "inside macros", "docs by a detour", "around all", "home", "the root",
    ],
)  # fmt: skip
def test_build_refuses_a_folder_that_is_not_ours(
    place: Callable[[Path], Path], reason: str, own: Path
) -> None:
    """Where the kit could destroy what it did not write, it says so, writes nothing and removes nothing."""
    site = place(own)
    before = tree(own.parent)
    done = build(own, site, HOME=str(own.parent))
    message = re.escape(f"{reason}\nNothing was changed in {{site}}.\n")
    for name, pattern in {"site": re.escape(str(site)), "source": r"\S*\b(data|docs|macros)"}.items():
        message = message.replace(re.escape(f"{{{name}}}"), pattern)
    assert done.code == 1
    assert re.fullmatch(message, done.err), done.err
    assert tree(own.parent) == before


# --- a mistake on a page ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ('{{ agendaa("first") }}', "agendaa"),
        ("Ask {{ nobody }} about it.", "nobody"),
        ("Ask {{ nobody about it.", "nobody"),
        ("[More](nowhere.md)", "nowhere.md"),
    ],
    ids=["unknown macro", "undefined variable", "unclosed braces", "dead link"],
)
def test_mistake_on_a_page_stops_the_build(
    mistake: str, named: str, own: Path, site: Path, old: Tree
) -> None:
    """What a page asks for in vain stops the build with a message that names the page."""
    with (own / "docs" / "guide" / "index.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{mistake}\n")
    done = build(own, site)
    assert (done.code, TRACEBACK.search(done.err)) == (1, None), done.err
    assert [word for word in ("guide/index.md", named) if word not in done.err] == [], done.err
    assert tree(site) == old
    assert alone(site)


# --- MkDocs by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("engine", "words", "place"),
    [
        ("mkdocs", ("-f", "mkdocs.pl.yml", "-d", "public"), "public"),
        ("properdocs", ("-f", "mkdocs.yml"), "site"),
    ],
    ids=["mkdocs", "properdocs"],
)
def test_engine_typed_by_hand_builds_as_the_kit_does(
    engine: str, words: tuple[str, ...], place: str, own: Path, older: Path, new: Tree
) -> None:
    """`mkdocs build` makes every language, beside the site that stands, and then swaps it in."""
    shutil.copytree(older / "site", own / place)
    done = ended(started(own, sys.executable, "-m", engine, "build", *words))
    assert done.code == 0, done.err
    assert tree(own / place) == new


def test_engine_typed_by_hand_finds_the_kit_from_anywhere(own: Path, tmp_path: Path, new: Tree) -> None:
    """`mkdocs build -f` with a path builds the kit that stands there, wherever it is typed."""
    done = ended(started(tmp_path, sys.executable, "-m", "mkdocs", "build", "-f", own / "mkdocs.yml"))
    assert done.code == 0, done.err
    assert tree(own / "site") == new


@pytest.mark.parametrize("place", ["data/program.yml", "docs/guide/index.md"])
def test_engine_typed_by_hand_says_what_is_wrong(place: str, own: Path, older: Path, old: Tree) -> None:
    """`mkdocs build` on a mistake says what is wrong, without a traceback, and leaves the site alone."""
    shutil.copytree(older / "site", own / "site")
    with (own / place).open("a", encoding="utf-8") as file:
        file.write("\nnobody: {{ nobody }}\n")
    done = ended(started(own, sys.executable, "-m", "mkdocs", "build"))
    said = done.out + done.err
    assert (done.code, TRACEBACK.search(said), "nobody" in done.err) == (1, None, True), said
    assert tree(own / "site") == old


def test_engine_typed_by_hand_empties_no_folder_of_strangers(own: Path) -> None:
    """`mkdocs build -d` on its own would empty the folder; through the kit it does not."""
    folder = _strangers(own)
    done = ended(started(own, sys.executable, "-m", "mkdocs", "build", "-d", folder))
    assert (done.code, tree(folder)) == (1, {"index.html": b"mine"})
