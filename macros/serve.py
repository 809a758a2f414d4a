"""Serve the site, and build it again with every save.

Each build is a fresh Python, so that a change to the code counts as much as one to the data. A
mistake shows as a page with the list of problems; the next save that mends it brings the site back.
"""

from __future__ import annotations

import contextlib
import functools
import html
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

ROOT = Path(__file__).parents[1]
SETTLE_SECONDS = 0.15
"""How long a folder must be quiet before a build starts: editors save in several steps."""

_RELOAD = "/__reload"
_SCRIPT = f'<script src="{_RELOAD}.js"></script></body>'
_SCRIPT_TEXT = f"""\
const wait = async (from) => {{
  for (;;) {{
    try {{
      const answer = await fetch("{_RELOAD}?from=" + from);
      if (answer.status === 200) return location.reload();
    }} catch {{ await new Promise((done) => setTimeout(done, 1000)); }}
  }}
}};
fetch("{_RELOAD}").then((answer) => answer.text()).then(wait);
"""
_PROBLEMS = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built</title></head>
<body><h1>The last save could not be built</h1>
<p>Mend what is listed and save: this page then turns into the site again.</p>
<pre>{text}</pre></body></html>
"""


class Builds:
    """Builds one after another, each told about by a number that grows."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._changed = threading.Event()
        self._finished = threading.Condition()
        self._one_at_a_time = threading.Lock()
        self.count = 0
        self.problems = ""

    def build(self) -> None:
        """Build now; the outcome is either a new site or `problems`."""
        with self._one_at_a_time:
            self._build()

    def _build(self) -> None:
        done = subprocess.run(
            self._command, cwd=Path.cwd(), capture_output=True, text=True, encoding="utf-8", errors="replace",
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        with self._finished:
            self.problems = (done.stderr.strip() or done.stdout.strip()) if done.returncode else ""
            self.count += 1
            self._finished.notify_all()
        print(self.problems or done.stdout.strip().splitlines()[-1], flush=True)

    def after(self, count: int, seconds: float) -> bool:
        """Wait until a build later than `count` has finished; False where none has by then."""
        with self._finished:
            return self._finished.wait_for(lambda: self.count > count, seconds)

    def ask(self) -> None:
        """Something has changed."""
        self._changed.set()

    def run(self) -> None:
        """Build with every change, for ever, once the folder has been quiet for a moment."""
        while True:
            self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                self._changed.wait(SETTLE_SECONDS)
            self.build()


class _Watcher(FileSystemEventHandler):
    def __init__(self, builds: Builds) -> None:
        self._builds = builds

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(os.fsdecode(event.src_path))
        noise = "__pycache__" in path.parts or path.name.startswith(".") or path.suffix in (".pyc", ".swp")
        if event.event_type in ("created", "modified", "deleted", "moved") and not noise:
            self._builds.ask()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """The site's files, each page with a script that waits for the next build."""

    builds: ClassVar[Builds]

    def do_GET(self) -> None:
        if self.path == f"{_RELOAD}.js":
            self._answer(_SCRIPT_TEXT, "text/javascript")
        elif self.path.startswith(_RELOAD):
            _, asked, count = self.path.partition("?from=")
            if not asked:
                self._answer(str(self.builds.count), "text/plain")
            elif self.builds.after(int(count) if count.isdecimal() else 0, seconds=20):
                self._answer("", "text/plain")
            else:
                self._answer("", "text/plain", 204)
        elif self._is_page():
            self._page()
        else:
            super().do_GET()

    def _is_page(self) -> bool:
        path = Path(self.translate_path(self.path))
        return path.suffix == ".html" or path.is_dir() or bool(self.builds.problems and not path.suffix)

    def _page(self) -> None:
        if self.builds.problems:
            text = _PROBLEMS.format(text=html.escape(self.builds.problems))
            self._answer(text.replace("</body>", _SCRIPT), "text/html", 500)
            return
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", 404
        else:
            status = 200
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:  # the site is being swapped this very moment
            self._answer("", "text/plain", 503)
            return
        self._answer(text.replace("</body>", _SCRIPT), "text/html", status)

    def _answer(self, text: str, kind: str, status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: what matters here is what a build says."""


def serve(data: Path, docs: Path, host: str, port: int) -> int:
    """Serve until interrupted; returns the exit code. The site that stands in `site/` is not touched."""
    missing = [str(folder) for folder in (data, docs) if not folder.is_dir()]
    if missing:
        print(
            f"There is no folder {' and no folder '.join(missing)}.\n    hint: name it with --data or --docs",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="reverse-mentoring-kit-") as folder:
        site = Path(folder) / "site"
        site.mkdir()
        base = [sys.executable, "-m", "macros", "--data", str(data), "--docs", str(docs)]
        builds = Builds([*base, "build", "--site", str(site)])
        handler = functools.partial(type("Handler", (_Handler,), {"builds": builds}), directory=str(site))
        try:
            server = http.server.ThreadingHTTPServer((host, port), handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            print(f"Nothing can be served at {host}:{port}: {reason}.", file=sys.stderr)
            print("    hint: stop what runs there, or choose another with --port", file=sys.stderr)
            return 1
        with server, _watching(builds, (data, docs, ROOT / "macros")):
            server.daemon_threads = True
            builds.build()
            print(f"Serving on http://{host}:{server.server_port}/ (stop with Ctrl+C)", flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                server.serve_forever()
    print("Stopped.")
    return 0


@contextlib.contextmanager
def _watching(builds: Builds, folders: tuple[Path, ...]) -> Iterator[None]:
    """Build with every change in some folders, as long as this lasts."""
    observer = Observer()
    for folder in folders:
        observer.schedule(_Watcher(builds), str(folder), recursive=True)
    observer.start()
    threading.Thread(target=builds.run, daemon=True).start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
