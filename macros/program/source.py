"""From a YAML file to plain values that know where they stand, or to the list of what is wrong.

PyYAML's own constructors turn `16:00` into 960, `no` into False and two equal keys into one. So
this reads PyYAML's events and builds mappings, tuples and scalars itself: plain scalars follow the
YAML 1.2 core schema, and what a data file never needs (anchors, aliases, tags, a second document)
is refused. The walk keeps its own stack, so nesting cannot exhaust Python's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from macros.program.problems import Problem, shortened
from macros.program.syntax import explain
from macros.program.values import Ambiguous

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16
MAX_DIGITS = 400

Key = tuple[str | int, ...]
"""The way from the top of a file to a value: keys and positions."""

Value = str | int | float | bool | tuple["Value", ...] | dict[str, "Value"]

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_OLD_BOOLS = frozenset(("y", "n", "yes", "no", "on", "off"))
_USUAL_KEY = re.compile(r"[a-z][a-z0-9_.-]*")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?")


@dataclass(slots=True)
class Source:
    """One data file: its value, where each part of it stands, and what could not be read."""

    path: str
    value: Value | None = None
    marks: dict[Key, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    paths: dict[Key, str] = field(default_factory=dict)
    """By place: the file it came from, where an organisation's own file is laid over ours."""
    own: bool = False
    """Whether an organisation's own file is laid over it."""
    removed: set[str] = field(default_factory=set)
    """Ids of entries that the organisation's own file takes out."""

    def at(self, key: Key) -> tuple[int, int]:
        """Line and column of a value, or of the nearest thing around it that stands in the file."""
        for end in range(len(key), -1, -1):
            if key[:end] in self.marks:
                return self.marks[key[:end]]
        return (1, 1)

    def problem(self, key: Key, identifier: str, message: str, hint: str = "") -> Problem:
        """A problem with the value at `key`."""
        line, column = self.at(key)
        above = (key[:end] for end in range(len(key), -1, -1))
        path = next((self.paths[place] for place in above if place in self.paths), self.path)
        return Problem(path, line, column, identifier, dotted(key), message, hint)


def dotted(key: Key) -> str:
    """A key as people write it: agenda[2].minutes."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{shortened(part, 40)}"
    return text.removeprefix(".")


def read(path: Path, shown: str) -> Source:
    """Read one YAML file. Never raises: what is wrong stands in `problems`.

    `shown` is the path as the person who edits it knows it.
    """
    source = Source(shown)
    text = _decode(path, source)
    if text is not None:
        _compose(text, source)
    if source.problems:
        source.value = None
    return source


def _decode(path: Path, source: Source) -> str | None:
    def refuse(message: str, hint: str, line: int = 1, column: int = 1) -> None:
        source.problems.append(Problem(source.path, line, column, "Y001", "", message, hint))

    try:
        if path.is_dir():
            refuse("a folder stands where a file belongs", "remove or rename the folder")
            return None
        if path.stat().st_size > MAX_BYTES:
            refuse(
                f"the file is larger than {MAX_BYTES // 1024} kB",
                "split it, or check what was pasted into it",
            )
            return None
        if not path.is_file():
            refuse("this is not a regular file", "put a text file in its place")
            return None
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        refuse(f"the file cannot be read ({reason})", "check that it exists and may be read")
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        refuse("the file is saved as UTF-16", "save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        refuse(
            f"the file is not UTF-8 (byte 0x{data[error.start]:02X})",
            "save it as UTF-8; Windows editors call it UTF-8 or Unicode (UTF-8)",
            line,
            column,
        )
        return None
    suspect = _SUSPECT.search(text)
    if suspect:
        at = suspect.end() - 1
        start = text.rfind("\n", 0, at) + 1
        refuse(*_bad_character(text[at], text[start:at]), text.count("\n", 0, at) + 1, at - start + 1)
        return None
    return text


_SUSPECT = re.compile(
    "^ *[\t\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]",
    re.MULTILINE,
)
"""What may not begin a line, and what may stand nowhere: found in one pass over the file."""


def _bad_character(character: str, before: str) -> tuple[str, str]:
    """Why a suspect character cannot stand where it does, and the remedy."""
    if character == "\t" and not before.strip():
        return "the line is indented with a tab", "use spaces"
    name = f"U+{ord(character):04X} {unicodedata.name(character, 'control character').lower()}"
    if unicodedata.category(character) in ("Zs", "Cf", "Zl", "Zp"):
        return f"the line begins with an invisible character ({name})", "replace it with a space"
    return f"the file holds a control character ({name})", "delete it"


# --- composing ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet."""

    key: Key
    value: dict[str, Value] | list[Value]
    pending: str | None = None
    """The key of a mapping that waits for its value."""
    skipping: bool = False
    """Whether that value is read but not kept, its key being wrong."""


class _Stop(Exception):  # noqa: N818 - nothing has failed: what follows just cannot be placed
    """Nothing after this event can be read."""


def _compose(text: str, source: Source) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _Composer(source).compose(yaml.parse(text, Loader=loader))
    except _Stop:
        pass
    except yaml.YAMLError as error:
        source.problems.append(explain(_in_python(text) or error, text, source.path))


def _in_python(text: str) -> yaml.YAMLError | None:
    """The same error from the pure-Python parser, which says more about what it expected."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as error:
        return error
    except RecursionError:
        pass
    return None


class _Composer:
    """Builds the value of one file from PyYAML's events, noting what may not stand in it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stack: list[_Open] = []

    def compose(self, events: Iterable[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.stop(event, "Y006", "a second document begins here", "keep one; delete the line ---")
            elif isinstance(event, yaml.AliasEvent):
                word = shortened(event.anchor)
                self.stop(event, "Y005", f'"*{word}" points to another place', _QUOTE.format(mark="*"))
            elif isinstance(event, yaml.CollectionEndEvent):
                done = self.stack.pop().value
                self.put(tuple(done) if isinstance(done, list) else done)
            elif isinstance(event, yaml.NodeEvent):
                self.node(event)
        if not documents:
            self.source.problems.append(
                Problem(self.source.path, 1, 1, "Y002", "", "the file is empty", "fill it or delete it")
            )

    def node(self, event: Any) -> None:
        """A scalar, or the beginning of a list or mapping."""
        if event.anchor is not None:
            word = shortened(event.anchor)
            self.stop(event, "Y005", f'"&{word}" is an anchor', _QUOTE.format(mark="&"))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.stop(event, "Y005", f'"{shortened(tag)}" is a tag', _QUOTE.format(mark="!"))
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.pending is None:
            self.take_key(event, top)
            return
        key = self.place()
        self.source.marks.setdefault(key, _mark(event))
        if isinstance(event, yaml.ScalarEvent):
            self.put(self.scalar(event, key))
        elif len(self.stack) >= MAX_DEPTH:
            message = f"things are nested more than {MAX_DEPTH} deep"
            self.stop(event, "Y007", message, "check brackets and indentation")
        else:
            self.stack.append(_Open(key, {} if isinstance(event, yaml.MappingStartEvent) else []))

    def place(self) -> Key:
        """Where the value that comes now belongs."""
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.key, len(top.value) if isinstance(top.value, list) else str(top.pending))

    def put(self, value: Value) -> None:
        """Put a finished value into the list or mapping that is open."""
        if not self.stack:
            self.source.value = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            return
        if top.pending is not None and not top.skipping:
            top.value[top.pending] = value
        top.pending, top.skipping = None, False

    def take_key(self, event: Any, top: _Open) -> None:
        """Note the key of a mapping; the value that follows a wrong one is not kept."""
        if not isinstance(event, yaml.ScalarEvent):
            self.stop(event, "Y004", "a key must be a word", "check brackets and colons")
        word: str = event.value
        top.pending = word
        here = (*top.key, word)
        wrong = _wrong_key(word, plain=event.implicit[0])
        if wrong is None and word in top.value:
            first = self.source.marks[here][0]
            hint = f"it is first on line {first}; keep one of them"
            wrong = ("Y003", f'the key "{shortened(word)}" stands here twice', hint)
        if wrong is None:
            self.source.marks.setdefault(here, _mark(event))
        else:
            top.skipping = True
            self.refuse(event, top.key, *wrong)

    def scalar(self, event: Any, key: Key) -> Value:
        """The value of a scalar: by the YAML 1.2 core schema where it is plain, else text."""
        word: str = event.value
        if not event.implicit[0]:  # in quotes, or a block of text
            return unicodedata.normalize("NFC", word)
        if word not in _NULL:
            return _plain(word)
        name = key[-1] if key and isinstance(key[-1], str) else None
        hint = f'write a value after "{shortened(name)}:" or delete the line' if name else "write a value"
        self.refuse(event, key, "Y008", "nothing stands here", hint)
        return ""

    def refuse(self, event: Any, key: Key, identifier: str, message: str, hint: str) -> None:
        """Note a problem where an event stands."""
        line, column = _mark(event)
        self.source.problems.append(
            Problem(self.source.path, line, column, identifier, dotted(key), message, hint)
        )

    def stop(self, event: Any, identifier: str, message: str, hint: str) -> NoReturn:
        """Note a problem after which nothing can be placed."""
        self.refuse(event, self.stack[-1].key[:4] if self.stack else (), identifier, message, hint)
        raise _Stop


_QUOTE = "write the text out, or put it in quotes if it begins with {mark}"


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _wrong_key(word: str, *, plain: bool) -> tuple[str, str, str] | None:
    """Why a word cannot be a key: the id, what is wrong, how to mend it."""
    if _USUAL_KEY.fullmatch(word) and word not in _OLD_BOOLS and word not in _NULL and word not in _BOOLS:
        return None
    shown = f'"{shortened(word)}"' if word else "nothing"
    number = _INT.fullmatch(word) or _FLOAT.fullmatch(word) or _LEADING_ZERO.fullmatch(word)
    if plain and word == "<<":
        return "Y005", '"<<" merges another mapping', "write out what it stands for"
    if plain and (number or word in _NULL or word in _BOOLS or word.lower() in _OLD_BOOLS):
        return "Y004", f"{shown} cannot be a key", "use a word as the key"
    odd = next((c for c in word if not (c.isascii() and c.isprintable())), None)
    if odd is not None:
        name = unicodedata.name(odd, "control character").lower()
        letters = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isascii() and c.isprintable())
        hint = f"type the key once more with plain letters, such as {shortened(letters)}"
        return "Y004", f"the key {shown} holds U+{ord(odd):04X} ({name})", hint
    return None


def _plain(word: str) -> Value:
    """A plain scalar by the YAML 1.2 core schema, except that 010 is text: nobody means eight, or ten."""
    if word in _BOOLS:
        return _BOOLS[word]
    if _INT.fullmatch(word):
        return int(word[:MAX_DIGITS])  # longer numbers are refused wherever they stand
    if _FLOAT.fullmatch(word) and not _LEADING_ZERO.fullmatch(word):
        return float(word)
    if _SPECIAL.fullmatch(word):
        return float(word.lower().replace(".", ""))
    if word.lower() in _OLD_BOOLS or _DATE.fullmatch(word):
        return Ambiguous(word)
    return unicodedata.normalize("NFC", word)


def child(value: Value | None, key: Key) -> Value | None:
    """The value at `key`, or None where the file has nothing there."""
    for part in key:
        if isinstance(value, Mapping) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, tuple) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value
