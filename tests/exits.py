"""The ways out of MkDocs: the same sources with ProperDocs and Zensical, and what differs: `make exits`.

ProperDocs is the drop-in exit and has to say the same; a page whose words differ ends this with 1.
Zensical is built as far as it goes, so that its distance is known; it never fails anything.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from bs4 import BeautifulSoup

from macros import build, define_env
from macros.program import mirror
from macros.program.project import open_project

ROOT = Path(__file__).parents[1]
DATA, DOCS = ROOT / "data", ROOT / "docs"
ZENSICAL = "0.0.73"
"""The last version that needs nothing which the package index does not serve."""
_SHOWN = 12


@dataclass(frozen=True)
class Differences:
    """What sets one site apart from another, by path."""

    missing: list[str]
    added: list[str]
    changed: list[str]
    """Files whose bytes differ."""
    reworded: list[str]
    """Pages, among the changed ones and the missing ones, whose main text differs."""


def compare(before: Path, after: Path) -> Differences:
    """Every file of two sites, byte by byte, and the words of the pages."""
    old, new = _files(before), _files(after)
    both = sorted(old.keys() & new.keys())
    changed = [name for name in both if old[name].read_bytes() != new[name].read_bytes()]
    missing = sorted(old.keys() - new.keys())
    reworded = [name for name in changed if name.endswith(".html") and words(old[name]) != words(new[name])]
    lost = [name for name in missing if name.endswith(".html")]
    return Differences(missing, sorted(new.keys() - old.keys()), changed, sorted([*lost, *reworded]))


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def words(page: Path) -> str:
    """The text of a page's content, with white space run together, as a browser does."""
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    return " ".join((soup.select_one("main") or soup).get_text(" ").split())


def report(title: str, found: Differences, before: Path, after: Path) -> None:
    """Say what differs, file by file."""
    print(f"\n{title}")
    print(f"  {_number(found.missing)} missing, {_number(found.added)} more, ", end="")
    print(f"{_number(found.changed)} with other bytes, {len(found.reworded)} pages with other words")
    _listed("missing", found.missing)
    _listed("more", found.added)
    _listed("other words", [name for name in found.reworded if name in found.changed])
    places: dict[tuple[str, str], list[str]] = {}
    for name in found.changed:
        for change in _changes(before / name, after / name):
            places.setdefault(change, []).append(name)
    ranked = sorted(places.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    for (gone, come), names in ranked[:_SHOWN]:
        print(f"  in {_number(names)}, such as {names[0]}:\n    - {gone!r}\n    + {come!r}")
    if len(ranked) > _SHOWN:
        print(f"  and {len(ranked) - _SHOWN} other changes")


def _number(names: list[str]) -> str:
    return f"{len(names)} file{'' if len(names) == 1 else 's'}"


def _listed(what: str, names: list[str]) -> None:
    for name in names[:_SHOWN]:
        print(f"  {what}: {name}")
    if len(names) > _SHOWN:
        print(f"  {what}: {len(names) - _SHOWN} more")


def _changes(one: Path, other: Path) -> set[tuple[str, str]]:
    """Every different change between two files: what went, and what came in its place, within a line."""
    a, b = (path.read_text(encoding="utf-8", errors="replace").splitlines() for path in (one, other))
    found = set()
    for kind, i, i_end, j, j_end in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            for gone, come in itertools.zip_longest(a[i:i_end], b[j:j_end], fillvalue=""):
                found.add(_narrowed(gone, come))
    return found


def _narrowed(gone: str, come: str) -> tuple[str, str]:
    """Two lines without what is the same at their beginnings and ends, shortened to be read."""
    start = _same(gone, come)
    gone, come = gone[start:], come[start:]
    end = _same(gone[::-1], come[::-1])
    return gone[: len(gone) - end][:90], come[: len(come) - end][:90]


def _same(one: str, other: str) -> int:
    """How many characters two texts share at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


# --- ProperDocs ---------------------------------------------------------------------------------


def built(engine: str, site: Path) -> bool:
    """Build our sites with an engine that takes MkDocs' arguments."""
    print(f"{engine}: ", end="", flush=True)
    said, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
        code = build.build(build.Plan(DATA, DOCS, site, engine))
    print(errors.getvalue().strip() or said.getvalue().strip().splitlines()[-1])
    return code == 0


# --- Zensical -----------------------------------------------------------------------------------


def zensical() -> Path | None:
    """A Python that has Zensical beside all that the kit needs; None where it cannot be had."""
    folder = ROOT / ".cache" / "zensical"
    python, ready = folder / "bin" / "python", folder / ".ready"
    lock = ROOT / "requirements.lock"
    wanted = f"{ZENSICAL}\n{lock.read_text(encoding='utf-8')}"
    if ready.is_file() and ready.read_text(encoding="utf-8") == wanted:
        return python
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [*pip, "-r", str(lock)],
        [*pip, f"zensical=={ZENSICAL}"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  it cannot be installed here:\n{_indented(done.stderr)}")
            return None
    ready.write_text(wanted, encoding="utf-8")
    return python


def configured(stage: Path, language: str) -> Path:
    """What Zensical needs said otherwise than MkDocs does, in a configuration of its own.

    It has no `-d`, wants pages and site within the folder of the configuration, and its theme sees of
    `config.extra` only what stands in the file, not what `define_env` adds.
    """
    mirror.mirror(DOCS, stage / f"docs-{language}", language)
    parent = ROOT / ("mkdocs.yml" if language == "en" else f"mkdocs.{language}.yml")
    config = stage / f"{language}.yml"
    conf: dict[str, Any] = {"theme": {"language": language}, "extra": {}}
    define_env(SimpleNamespace(project_dir=str(ROOT), conf=conf, macro=lambda *_: None))
    values = {
        "INHERIT": str(parent),
        "docs_dir": f"docs-{language}",
        "site_dir": f"site-{language}",
        "theme": {"custom_dir": str(ROOT / "macros" / "theme")},
        "extra": _plain(conf["extra"]),
    }
    config.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return config


def _plain(value: Any) -> Any:
    """The same value without Markup, tuples and mappings of our own, none of which YAML knows."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, str):
        return str.__str__(value)
    return [_plain(one) for one in value] if isinstance(value, Iterable) else value


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-20:])


def as_far_as_it_goes(python: Path, stage: Path, reference: Path) -> None:
    """Build each language with Zensical and say how far it came."""
    languages = open_project(DATA, DOCS).languages
    for language in languages:
        environment = {
            **os.environ,
            "KIT_STAGE": "1",
            "KIT_DATA": str(DATA),
            "KIT_DOCS": str(stage / f"docs-{language}"),
            "PYTHONPATH": str(ROOT),
        }
        config = configured(stage, language)
        done = subprocess.run(
            [str(python), "-m", "zensical", "build", "-f", str(config)], cwd=stage, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        said = "\n".join(
            line for line in done.stdout.splitlines() if not line.startswith(("  ", "Traceback"))
        )
        print(f"\n  zensical, {language}: ended with {done.returncode}, and said:\n{_indented(said)}")
        before = stage / f"reference-{language}"
        _only_pages(reference if language == "en" else reference / language, before, set(languages))
        after = stage / f"pages-{language}"
        _only_pages(stage / f"site-{language}", after, set(languages))
        found = compare(before, after)
        report(f"  zensical against mkdocs, {language}, pages only", found, before, after)


def _only_pages(site: Path, target: Path, languages: set[str]) -> None:
    """The HTML of one language: what else there is was put there by `macros/finish.py`, or is the theme's."""
    target.mkdir()
    for path in site.rglob("*.html"):
        place = path.relative_to(site)
        if place.parts[0] not in languages:
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place).write_bytes(path.read_bytes())


def main() -> int:
    """Build thrice and compare. Returns 1 where ProperDocs says anything else than MkDocs."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1767225600")
    with tempfile.TemporaryDirectory(prefix="kit-exits-") as name:
        folder = Path(name)
        sites = {engine: folder / engine for engine in ("mkdocs", "properdocs")}
        if not built("mkdocs", sites["mkdocs"]):
            return 1
        built("properdocs", sites["properdocs"])
        found = compare(sites["mkdocs"], sites["properdocs"])
        report("properdocs against mkdocs", found, sites["mkdocs"], sites["properdocs"])
        print(f"\nzensical {ZENSICAL}")
        python = zensical()
        if python:
            stage = folder / "zensical"
            stage.mkdir()
            as_far_as_it_goes(python, stage, sites["mkdocs"])
        return 1 if found.reworded else 0


if __name__ == "__main__":
    sys.exit(main())
