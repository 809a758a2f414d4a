"""Serving as a person relies on it: every save shows, and no mistake ends it."""

from __future__ import annotations

import contextlib
import functools
import html
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 120
"""Seconds after which something has gone wrong; nothing here takes a tenth of it."""

TRACEBACK = re.compile(r"Traceback|^ *File \".*\", line \d+", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    text: str


@dataclass(frozen=True)
class Server:
    """A copy of the kit that is being served."""

    kit: Path
    process: subprocess.Popen[bytes]
    temporary: Path
    port: int

    def get(self, path: str = "/index.html") -> Answer:
        """Ask for a page once."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, PATIENCE)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())

    def until(self, wanted: Callable[[Answer], bool], path: str = "/index.html") -> Answer:
        """Ask for a page again and again, until it is as wanted."""
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.get(path)
            if wanted(answer):
                return answer
            assert time.monotonic() < deadline, f"{answer.status} {answer.text}"
            time.sleep(0.02)


def environment(temporary: Path) -> dict[str, str]:
    """An environment whose temporary files can be counted, and which writes none of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KIT_")}
    return {**plain, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A copy of the kit around the sample, in one language, in which a test may change what it likes."""
    folder = shutil.copytree(ROOT / "tests" / "sample", tmp_path / "kit")
    shutil.copy2(ROOT / "data" / "ui.yml", folder / "data")
    shutil.copytree(ROOT / "macros", folder / "macros")
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy2(config, folder)
    organisation = folder / "data" / "organisation.yml"
    text = organisation.read_text(encoding="utf-8")
    organisation.write_text(re.sub(r"^languages: .*$", "languages: [en]", text, flags=re.MULTILINE), "utf-8")
    return folder


@contextlib.contextmanager
def serving(kit: Path) -> Iterator[Server]:
    """Serve a kit on a port that the system picks, until the block ends."""
    temporary, said = kit.with_name("temporary"), kit.with_name("said")
    temporary.mkdir()
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "macros", "serve", "--port", "0"], cwd=kit, env=environment(temporary),
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + PATIENCE
        while not (port := re.search(r"Serving on http://127\.0\.0\.1:(\d+)/", said.read_text("utf-8"))):
            assert process.poll() is None, said.read_text("utf-8")
            assert time.monotonic() < deadline, said.read_text("utf-8")
            time.sleep(0.02)
        yield Server(kit, process, temporary, int(port[1]))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def server(kit: Path) -> Iterator[Server]:
    """A copy of the kit that is being served."""
    with serving(kit) as one:
        yield one


def append(path: Path, text: str) -> str:
    """Add to the end of a file, and return what it held before."""
    before = path.read_text(encoding="utf-8")
    path.write_text(before + text, encoding="utf-8")
    return before


def problems(kit: Path) -> str:
    """What the kit says about its data."""
    done = subprocess.run(
        [sys.executable, "-m", "macros", "check"],
        cwd=kit, env=environment(kit), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    return done.stderr.strip()


def test_serve_shows_every_save(server: Server) -> None:
    """A change to a page, the data, the theme or the code shows, and an open page learns of it."""
    assert server.get().status == 200
    count = server.get("/__reload").text
    append(server.kit / "docs" / "index.md", "\nA sentence that was added.\n")
    assert server.get(f"/__reload?from={count}").status == 200
    server.until(lambda answer: "A sentence that was added." in answer.text)

    organisation = server.kit / "data" / "organisation.yml"
    text = organisation.read_text(encoding="utf-8")
    renamed = re.sub(r"^name: .*$", "name: Renamed & Sons", text, flags=re.MULTILINE)
    organisation.write_text(renamed, encoding="utf-8")
    server.until(lambda answer: "Renamed &amp; Sons" in answer.text)

    append(server.kit / "macros" / "theme" / "main.html", "<!-- a changed theme -->")
    server.until(lambda answer: "<!-- a changed theme -->" in answer.text)

    append(
        server.kit / "macros" / "finish.py",
        "\n\n_finish = finish\n\n\ndef finish(site, *rest):\n"
        '    _finish(site, *rest)\n    (site / "proof.txt").write_text("changed code")\n',
    )
    server.until(lambda answer: answer == Answer(200, "changed code"), "/proof.txt")
    assert not (server.kit / "site").exists()


def test_serve_lists_what_is_wrong_and_recovers(server: Server) -> None:
    """A mistake turns every page into the list of problems, escaped; the next good save turns them back."""
    program = server.kit / "data" / "program.yml"
    before = append(program, '\n"<b>nobody</b>": 1\n')
    broken = server.until(lambda answer: answer.status == 500)
    listed = re.search(r"<pre>(.*?)</pre>", broken.text, re.DOTALL)
    assert listed
    assert html.unescape(listed[1]) == problems(server.kit)
    assert "<b>" not in broken.text
    paths = ("/", "/guide/index.html", "/guide/", "/never/was.html")
    assert {path: server.get(path) for path in paths} == dict.fromkeys(paths, broken)
    program.write_text(before, encoding="utf-8")
    server.until(lambda answer: answer.status == 200)
    assert [server.get(path).status for path in paths] == [200, 200, 200, 404]


def test_serve_outlives_a_mistake_anywhere(server: Server) -> None:
    """What is wrong on a page, in the code or in the theme is shown too, and the next save mends it."""
    for place, mistake, named in (
        ("docs/guide/index.md", "\n{{ nobody }}\n", "nobody"),
        ("macros/build.py", "\nthis is no Python\n", "this is no Python"),
        ("macros/theme/main.html", "{% nonsense %}", "nonsense"),
    ):
        before = append(server.kit / place, mistake)
        assert named in server.until(lambda answer: answer.status == 500).text
        (server.kit / place).write_text(before, encoding="utf-8")
        server.until(lambda answer: answer.status == 200)


def _in_pieces(_server: Server, path: Path, text: str) -> None:
    """Save as an editor that writes slowly."""
    with path.open("w", encoding="utf-8") as file:
        for piece in re.findall(r".{1,200}", text, re.DOTALL):
            file.write(piece)
            file.flush()
            time.sleep(0.02)


def _in_halves(server: Server, path: Path, text: str) -> None:
    """Save as an editor that is interrupted for so long that half a file is built."""
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    server.until(lambda answer: answer.status == 500)
    path.write_text(text, encoding="utf-8")


def _by_renaming(_server: Server, path: Path, text: str) -> None:
    """Save as an editor that writes a hidden file and gives it the name of the old one."""
    hidden = path.with_name(f".{path.name}.swp")
    hidden.write_text(text, encoding="utf-8")
    hidden.replace(path)


def test_serve_shows_the_whole_file_however_it_is_saved(server: Server) -> None:
    """Half a file may be seen on the way; the site that comes of it is that of the whole file."""
    role = server.kit / "data" / "roles" / "mentor.yml"
    text = role.read_text(encoding="utf-8")
    for save in (_in_pieces, _in_halves, _by_renaming):
        title = f"Saved{save.__name__}".replace("_", " ")
        save(server, role, re.sub(r"^title: .*$", f"title: {title}", text, flags=re.MULTILINE))
        shown = functools.partial(_shows, title)
        server.until(shown, "/roles/mentor.html")


def _shows(title: str, answer: Answer) -> bool:
    return answer.status == 200 and title in answer.text


def test_serve_says_that_there_is_no_data(kit: Path) -> None:
    """Without the folders to watch there is nothing to wait for: the command says so and fails."""
    done = subprocess.run(
        [sys.executable, "-m", "macros", "--data", "nowhere", "serve", "--port", "0"],
        cwd=kit, env=environment(kit), capture_output=True, text=True, encoding="utf-8",
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert (done.returncode, TRACEBACK.search(said), "nowhere" in said) == (1, None, True), said


def test_serve_starts_with_a_mistake(kit: Path) -> None:
    """Where the first build fails, the list of problems is there at once; the next save brings the site."""
    before = append(kit / "data" / "program.yml", "\nnobody: 1\n")
    with serving(kit) as server:
        assert (server.get().status, "nobody" in server.get().text) == (500, True)
        (kit / "data" / "program.yml").write_text(before, encoding="utf-8")
        server.until(lambda answer: answer.status == 200)


def test_serve_stops_without_a_trace(server: Server) -> None:
    """Ctrl+C ends it well; no temporary file stays, and no site has been written."""
    server.until(lambda answer: answer.status == 200)
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0
    said = server.kit.with_name("said").read_text(encoding="utf-8")
    assert (said.splitlines()[-1], TRACEBACK.search(said)) == ("Stopped.", None)
    assert list(server.temporary.iterdir()) == []
    assert not (server.kit / "site").exists()


@pytest.mark.parametrize("command", ["macros serve --port {port}", "mkdocs serve -a 127.0.0.1:{port}"])
def test_serve_says_that_a_port_is_taken(command: str, kit: Path) -> None:
    """Where another program has the port, one message says so, and the command fails."""
    temporary = kit.with_name("temporary")
    temporary.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", *command.format(port=port).split()],
            cwd=kit, env=environment(temporary), capture_output=True, text=True, encoding="utf-8",
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    said = done.stdout + done.stderr
    assert (done.returncode, TRACEBACK.search(said), port in done.stderr) == (1, None, True), said
    assert list(temporary.iterdir()) == []
