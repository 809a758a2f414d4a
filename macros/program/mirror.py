"""The pages of one language: the English ones, with the translated ones laid over them.

A page without a translation stays, in English, and says so; a translation that was made from an
older English page says that. Pages that are a single macro need neither: the macro speaks.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import get_args

from macros.program.pages import CALL, NOT_PAGES, pages
from macros.program.values import Language

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEAD = re.compile(r"\s*(?:# .+|\{\{ *\w+\(.*\) *\}\}) *(?:\n|\Z)")
_MADE_FROM = re.compile(r"^translated_from: *\"?([0-9a-f]+)\"?$", re.MULTILINE)


def fingerprint(english: str) -> str:
    """What a translation remembers of the page it was made from."""
    return hashlib.sha256(english.encode()).hexdigest()[:12]


def mirror(docs: Path, target: Path, language: str) -> None:
    """Write the pages of `language` to the empty folder `target`."""
    for path in sorted(docs.rglob("*")):
        place = path.relative_to(docs)
        if not path.is_file() or place.parts[0] in (*get_args(Language), *NOT_PAGES):
            continue
        copy = target / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        translated = docs / language / place
        if path.suffix != ".md":
            shutil.copyfile(translated if translated.is_file() else path, copy)
            continue
        text = _read(path)
        if language != "en":
            text = _stale_or_fresh(text, _read(translated)) if translated.is_file() else _borrowed(text)
        copy.write_text(text, encoding="utf-8", newline="\n")


def behind(docs: Path, language: str) -> list[str]:
    """Pages that have no translation, or one made from other English words, and what to do about it."""
    found = []
    for path in pages(docs):
        place = path.relative_to(docs)
        if place.parts[0] == language or not CALL.sub("", _read(path)).strip():
            continue
        translated = docs / language / place
        name = f"{docs.name}/{language}/{place.as_posix()}"
        if not translated.is_file():
            found.append(f"{name} is not there: the page is shown in English")
        elif _stale_or_fresh(_read(path), _read(translated)) != _read(translated):
            print_of_now = fingerprint(_read(path))
            found.append(f'{name} was made from older English; then write translated_from: "{print_of_now}"')
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _stale_or_fresh(english: str, translated: str) -> str:
    made_from = _MADE_FROM.search(translated)
    if made_from and made_from[1] == fingerprint(english):
        return translated
    return _with_notice(translated, "outdated")


def _borrowed(english: str) -> str:
    if not CALL.sub("", english).strip():
        return english
    front = _FRONT.match(english)
    keys = (front[1] + "\n" if front else "") + "lang: en"
    return _with_notice(f"---\n{keys}\n---\n{english[front.end() :] if front else english}", "not_translated")


def _with_notice(text: str, word: str) -> str:
    """A page with a notice below its heading, or below the component that brings its heading along."""
    front = _FRONT.match(text)
    head = _HEAD.match(text, front.end() if front else 0)
    end = head.end() if head else (front.end() if front else 0)
    return f'{text[:end]}\n{{{{ notice("{word}") }}}}\n\n{text[end:]}'
