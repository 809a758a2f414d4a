"""An organisation's own additions: `data/local/`, laid over what the kit ships.

A file there that stands on the path of a shipped one is laid over it field by field; any other is an
entry of its own. Lists whose entries have ids are matched by id: `remove: true` takes one out, an id
that is new is added at the end. Every other list is replaced. Nothing in the folder is ever written by
the kit, so an update of it meets no edit of the host.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from macros.program import pages
from macros.program.source import Key, Source, Value

FOLDER = "local"
"""Inside the data folder."""

PARTS = ("docs", "pl", "logo.svg", "logo.png", "extra.css", "README.md")
"""What may stand there besides data files."""

_PAGES = {
    "worksheets": ("worksheet",),
    "sessions": ("agenda", "pack"),
    "roles": ("role", "checklist", "pack"),
    "modules": ("module",),
    "scenarios": ("scenario",),
    "packs": ("pack",),
}
"""By data folder: the macros that show an entry of it on a page of its own."""


# --- data ----------------------------------------------------------------------------------------


def lay_over(shipped: Source, own: Source) -> Source:
    """The shipped file with an organisation's own laid over it. Each part knows the file it came from."""
    result = Source(shipped.path, problems=[*shipped.problems, *own.problems])
    if shipped.value is None or own.value is None:
        return result
    result.own = True
    result.value = _laid(_Layer(shipped, ()), _Layer(own, ()), result, ())
    return result


class _Layer:
    """A part of a file: its value, and what stands below it."""

    def __init__(self, source: Source, key: Key) -> None:
        self.source, self.key = source, key
        value: Value | None = source.value
        for part in key:
            # A layer is only made of parts that are there, which types cannot tell.
            value = value[part]  # type: ignore[index]
        self.value = value

    def below(self, part: str | int) -> _Layer:
        return _Layer(self.source, (*self.key, part))


def _laid(shipped: _Layer, own: _Layer, result: Source, key: Key) -> Value:
    """The two laid over each other, with the place of every part noted under `key`."""
    below, above = shipped.value, own.value
    if isinstance(below, dict) and isinstance(above, dict):
        _note(shipped, result, key)
        merged: dict[str, Value] = {}
        for name in {**below, **above}:
            place = (*key, name)
            if name in below and name in above:
                merged[name] = _laid(shipped.below(name), own.below(name), result, place)
            else:
                merged[name] = _taken((own if name in above else shipped).below(name), result, place)
        return merged
    if _by_id(below) and _by_id(above):
        return _list_laid(shipped, own, result, key)
    return _taken(own, result, key)


def _list_laid(shipped: _Layer, own: _Layer, result: Source, key: Key) -> Value:
    """Two lists of entries with ids: changed where they stand, taken out, or added at the end."""
    _note(shipped, result, key)
    changes = {_id(part): own.below(at) for at, part in enumerate(_entries(own.value))}
    known = [_id(part) for part in _entries(shipped.value)]
    merged: list[Value] = []
    for at, name in enumerate(known):
        change = changes.get(name)
        place = (*key, len(merged))
        if change is None:
            merged.append(_taken(shipped.below(at), result, place))
        elif _removed(change.value):
            result.removed.add(name)
        else:
            merged.append(_laid(shipped.below(at), change, result, place))
    for name, change in changes.items():
        if name in known:
            continue
        if _removed(change.value):
            hint = f"one of {', '.join(known)}" if len(known) < 9 else "use the id of an entry that is there"
            message = f'there is nothing called "{name}" to remove'
            result.problems.append(own.source.problem(change.key, "F003", message, hint))
        else:
            merged.append(_taken(change, result, (*key, len(merged))))
    return tuple(merged)


def _taken(layer: _Layer, result: Source, key: Key) -> Value:
    """A part as it stands in one of the files, with all that is below it."""
    _note(layer, result, key)
    value = layer.value
    if isinstance(value, dict):
        return {name: _taken(layer.below(name), result, (*key, name)) for name in value}
    if isinstance(value, tuple):
        return tuple(_taken(layer.below(at), result, (*key, at)) for at in range(len(value)))
    return value if value is not None else ""  # a layer is only made of parts that are there


def _note(layer: _Layer, result: Source, key: Key) -> None:
    result.marks[key] = layer.source.at(layer.key)
    result.paths[key] = layer.source.path


def _entries(value: Value | None) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else ()


def _by_id(value: Value | None) -> bool:
    return bool(_entries(value)) and all(isinstance(part, dict) and "id" in part for part in _entries(value))


def _id(value: Value) -> str:
    return str(value["id"]) if isinstance(value, dict) else ""


def _removed(value: Value | None) -> bool:
    return isinstance(value, dict) and value.get("remove") is True


# --- pages ---------------------------------------------------------------------------------------


def own_pages(data: Path, docs: Path) -> list[str]:
    """Pages of the organisation that the kit has none of, by path in docs/ without .md."""
    folder = data / FOLDER / "docs"
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*.md")))
    return [
        place.with_suffix("").as_posix()
        for place in found
        if not pages.foreign(place.as_posix()) and not (docs / place).exists()
    ]


@contextlib.contextmanager
def laid_over(data: Path, docs: Path) -> Iterator[Path]:
    """The pages with the organisation's own laid over them, and one for each entry of its own.

    Where there is nothing to lay over, these are the pages themselves.
    """
    own = data / FOLDER
    stubs = dict(_stubs(data, docs))
    if not stubs and not (own / "docs").is_dir():
        yield docs
        return
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / docs.name
        shutil.copytree(docs, target)
        for place, text in stubs.items():
            path = target / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if (own / "docs").is_dir():
            shutil.copytree(own / "docs", target, dirs_exist_ok=True)
        yield target


def _stubs(data: Path, docs: Path) -> Iterator[tuple[str, str]]:
    """A page of one line for each entry that only the organisation has."""
    for folder, macros in _PAGES.items():
        for path in sorted((data / FOLDER / folder).glob("*.yml")):
            if (data / folder / path.name).exists():
                continue
            for macro in macros:
                place = f"{pages.MACROS[macro]}/{path.stem}.md"
                if not (docs / place).exists():
                    yield place, pages.text(macro, path.stem)
