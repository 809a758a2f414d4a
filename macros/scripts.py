"""The scripts of the site: which page loads which, and what the build does to them.

They are written as ES modules, so that editors, type checkers and people follow an `import`. A page
opened from a file share may not load modules, so the built site holds each of them as a classic
script: the same file without its `import` lines and the word `export`, loaded after those it imports.
All share one scope; names at their top are therefore used once (docs/decisions/0015).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from macros.program import browser, zones
from macros.program.loading import Programme
from macros.program.values import Plural

FOLDER = Path(__file__).parent / "theme" / "js"

ENTRIES: Mapping[str, tuple[str, ...]] = {
    "frame.js": ("",),
    "sheet.js": (" data-sheet=",),
    "letters.js": (" data-copy-letter>",),
    "counting.js": (" data-pack=", " data-budget="),
    "ticks.js": (" data-tick=", " data-ticked="),
    "questions.js": (" data-question=",),
    "path.js": (" data-path-of=",),
    "scenario.js": (" data-scenario=",),
    "dates.js": (" data-when=", " data-due=", " data-pages="),
    "my-programme.js": (" data-plan ",),
    "next-up.js": (" data-next-up ",),
    "my-data.js": (" data-my-data ",),
    "certificate.js": (" data-certificate ", " data-certificate>"),
}
"""By script: what stands in a page that needs it, one of several. Every page needs the first."""

_DATA = {"words.js": ("data-words.js",)}
"""By script: what the build writes and it cannot begin without."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_WORD = re.compile(r'\bsay\("(\w+)"')


@cache
def wanted() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every script after those it imports, with what stands in the pages that need it."""
    found: dict[str, list[str]] = {}
    for entry, marks in ENTRIES.items():
        for script in dict.fromkeys(_before(entry)):
            found.setdefault(script, []).extend(marks)
    ordered = dict.fromkeys(script for entry in ENTRIES for script in _before(entry))
    return tuple((script, tuple(found[script])) for script in ordered)


def _before(script: str) -> Iterator[str]:
    """What a script imports, whatever that imports first, and then the script."""
    for imported in _IMPORT.findall((FOLDER / script).read_text(encoding="utf-8")):
        yield from _before(imported)
    yield from _DATA.get(script, ())
    yield script


def words() -> frozenset[str]:
    """The words of `data/ui.yml` that scripts say."""
    texts = (path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js"))
    return frozenset(word for text in texts for word in _WORD.findall(text))


def finish(folder: Path, programme: Programme) -> None:
    """Turn the scripts of one language's site into classic ones, and write the data they load."""
    for path in sorted(folder.glob("*.js")):
        module = path.read_text(encoding="utf-8")
        classic = _EXPORT.sub("", _IMPORT.sub("", module))
        if classic != module:
            path.write_text(classic, encoding="utf-8", newline="\n")
    said = {key: _phrase(programme, key) for key in sorted(words())}
    rules = list(dict.fromkeys(zones.rules().values()))
    names = {name: rules.index(lines) for name, lines in zones.rules().items()}
    _write(folder / "data-words.js", "kitWords", said)
    _write(folder / "data-programme.js", "kitProgramme", browser.facts(programme))
    _write(folder / "data-labels.js", "kitLabels", browser.labels(programme))
    _write(folder / "data-zones.js", "kitZones", {"names": names, "rules": rules})


def _phrase(programme: Programme, key: str) -> Any:
    word = programme.words[key]
    return word.model_dump(exclude_none=True) if isinstance(word, Plural) else word


def _write(path: Path, name: str, value: Any) -> None:
    """Data as a script: a page opened from a file share may load it, JSON it may not."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"globalThis.{name} = {text};\n", encoding="utf-8", newline="\n")
