"""Build every language beside the site that stands, then swap it in.

The engine that turns Markdown into pages is a program that is started here, so that one engine can
follow another. Whatever happens on the way, the site that stands is either the old one or the new
one, whole.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from macros import finish, swap
from macros.program import local, mirror, project

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build from, where the site goes, and which engine renders it."""

    data: Path
    docs: Path
    site: Path
    engine: str = "mkdocs"


class BuildError(Exception):
    """The build cannot be done. The text says why and what to do."""


def build(plan: Plan) -> int:
    """Build and swap in. Prints what was done, or what is wrong; returns the exit code.

    Raises `DataError` where the data cannot be used; nothing has been touched then.
    """
    with local.laid_over(plan.data, plan.docs) as docs:
        return _build(replace(plan, docs=docs))


def _build(plan: Plan) -> int:
    opened = project.open_project(plan.data, plan.docs)
    print(project.summary(opened))
    try:
        site = swap.safe_target(plan.site, (plan.data, plan.docs, ROOT / "macros"))
        with _stage(site) as stage:
            _render(plan, list(opened.languages), stage)
            finish.finish(stage / "site", opened.languages, plan.data)
            swap.swap_in(stage / "site", site)
    except (BuildError, swap.RefusedError) as error:
        print(f"{error}\nNothing was changed in {plan.site}.", file=sys.stderr)
        return 1
    except OSError as error:
        what = f"{error.strerror or error}"
        where = f" ({error.filename})" if error.filename else ""
        print(
            f"The site could not be written: {what}{where}.\n"
            f"    hint: make room, or choose another folder with --site\n"
            f"Nothing was changed in {plan.site}.",
            file=sys.stderr,
        )
        return 1
    count = sum(1 for _ in site.rglob("*.html"))
    print(f"Built {count} pages in {', '.join(opened.languages)}: {plan.site}")
    return 0


@contextlib.contextmanager
def _stage(site: Path) -> Iterator[Path]:
    """A folder beside the site, on the same disk, so that swapping is a rename. Gone afterwards."""
    site.parent.mkdir(parents=True, exist_ok=True)
    swap.clear_leftovers(site)
    stage = Path(tempfile.mkdtemp(prefix=swap.stage_prefix(site), dir=site.parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _render(plan: Plan, languages: list[str], stage: Path) -> None:
    """Start the engine once for each language, side by side."""
    running: dict[str, subprocess.Popen[str]] = {}
    try:
        for language in languages:
            docs = stage / f"docs-{language}"
            mirror.mirror(plan.docs, docs, language)
            running[language] = _start(plan, language, docs, _target(stage, language))
        outputs = {language: process.communicate()[0] for language, process in running.items()}
    finally:
        for process in running.values():
            process.kill()
            process.wait()
    said = [_worth_reading(outputs[name]) for name, one in running.items() if one.returncode]
    if said:
        raise BuildError(f"{plan.engine} could not build the pages:\n" + "\n".join(dict.fromkeys(said)))
    for language in languages:
        if language != "en":
            _target(stage, language).rename(stage / "site" / language)


def _target(stage: Path, language: str) -> Path:
    """Where the engine writes one language."""
    return stage / ("site" if language == "en" else f"site-{language}")


def _start(plan: Plan, language: str, docs: Path, target: Path) -> subprocess.Popen[str]:
    config = ROOT / ("mkdocs.yml" if language == "en" else f"mkdocs.{language}.yml")
    environment = {
        **os.environ,
        "KIT_STAGE": "1",
        "KIT_DOCS": str(docs.resolve()),
        "KIT_DATA": str(plan.data.resolve()),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", plan.engine, "build", "-f", str(config), "-d", str(target.resolve())],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


_NOISE = re.compile(r"INFO|Traceback|\s+|$")
"""Lines of an engine's output that help nobody: its commentary, and the frames of a traceback."""


def _worth_reading(output: str) -> str:
    """The engine's warnings and errors, without its running commentary."""
    lines = [line for line in output.splitlines() if not _NOISE.match(line)]
    return "\n".join(lines[-30:]) or "it said nothing"
