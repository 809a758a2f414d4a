"""A fresh copy of the sample programme for each test, and the commands as somebody types them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.program.loading import Programme

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Sample:
    """A copy of tests/sample/ that a test may break."""

    data: Path
    docs: Path

    @property
    def site(self) -> Path:
        """Where a test builds it."""
        return self.data.with_name("site")

    def change(self, place: str, old: str, new: str) -> Path:
        """Replace a text that stands exactly once in a data file, and return the file."""
        path = self.data / place
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {place}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return path


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


def raw(path: Path) -> Any:
    """A YAML file by another reader than the kit's: every scalar is text, as written."""
    return yaml.BaseLoader(path.read_text(encoding="utf-8")).get_single_data()


def contents(programme: Programme) -> dict[str, Any]:
    """What a programme holds, to compare: two programmes are never equal."""
    return {field.name: getattr(programme, field.name) for field in fields(programme)}


@cache
def made_up_polish() -> str:
    """A file of translations of data/ui.yml: the English words with a mark, plural forms with their names.

    So tests need no translator, and still see which language and which plural form a page speaks.
    """
    pairs = {
        key: {"en": word, "pl": f"[pl] {word}"}
        if isinstance(word, str)
        else {
            "en": word,
            "pl": {form: f"{form}: {word['other']}" for form in ("one", "few", "many", "other")},
        }
        for key, word in raw(ROOT / "data" / "ui.yml").items()
    }
    return yaml.safe_dump(pairs, allow_unicode=True, sort_keys=False)


def copy_sample(folder: Path) -> Sample:
    """The sample programme in `folder`, with the kit's own English words and made-up Polish ones."""
    shutil.copytree(ROOT / "tests" / "sample", folder, dirs_exist_ok=True)
    shutil.copyfile(ROOT / "data" / "ui.yml", folder / "data" / "ui.yml")
    (folder / "data" / "pl" / "ui.yml").write_text(made_up_polish(), encoding="utf-8", newline="\n")
    return Sample(folder / "data", folder / "docs")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A fresh copy of the sample programme."""
    return copy_sample(tmp_path)


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `python -m macros` on a sample, in the repository, as a person would."""

    def command(sample: Sample, *arguments: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "macros", "--data", sample.data, "--docs", sample.docs, *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return command


ALONE = ("test_accessibility.py", "test_ibm.py", "test_pages.py", "test_use.py")
"""Files whose tests share nothing but the built site, so that two workers may share them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together, where they share what is slow to make."""
    for item in items:
        if item.path.name not in ALONE:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
