"""A browser and the built site, for tests that look at pages the way a person does."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The strictest policy the site has to live with, and the one that the build writes for servers."""


@dataclass(frozen=True, slots=True)
class Site:
    """The built site: its folder, and where it is served under `POLICY`."""

    folder: Path
    address: str

    def pages(self, language: str = "") -> list[str]:
        """Every page, by its path in the site; only one language's where one is named."""
        every = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        polish = [page for page in every if page.startswith("pl/")]
        english = [page for page in every if page not in polish]
        return {"": every, "en": english, "pl": polish}[language]

    def file(self, page: str) -> str:
        """The address of a page on a file share."""
        return (self.folder / page).as_uri()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real programme, built once for each test process, and served."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "macros", "build", "--site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("KIT_CHROMIUM") or next((found for n in names if (found := shutil.which(n))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the system's, or Playwright's own. Without one, tests are skipped, but not in CI."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        try:
            started = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        except Exception as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no Chromium here (apt install chromium, or playwright install chromium): {error}")
        with contextlib.closing(started):
            yield started
