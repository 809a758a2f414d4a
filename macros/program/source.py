"""From a YAML file to plain values that know where they stand, or to the list of what is wrong.

PyYAML's own constructors turn `16:00` into 960, `no` into False and two equal keys into one. So
this reads PyYAML's events and builds mappings, tuples and scalars itself: plain scalars follow the
YAML 1.2 core schema, and what a data file never needs (anchors, aliases, tags, a second document)
is refused. The walk keeps its own stack, so nesting cannot exhaust Python's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from macros.program.model import Ambiguous
from macros.program.problems import Problem, nearest, shortened

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16

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
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?")


@dataclass(slots=True)
class Source:
    """One data file: its value, where each part of it stands, and what could not be read."""

    path: str
    value: Value | None = None
    marks: dict[Key, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, key: Key) -> tuple[int, int]:
        """Line and column of a value, or of the nearest thing around it that stands in the file."""
        for end in range(len(key), -1, -1):
            if key[:end] in self.marks:
                return self.marks[key[:end]]
        return (1, 1)

    def problem(self, key: Key, identifier: str, message: str, hint: str = "") -> Problem:
        """A problem with the value at `key`."""
        line, column = self.at(key)
        return Problem(self.path, line, column, identifier, dotted(key), message, hint)


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
    for number, line_text in enumerate(text.splitlines(), 1):
        for column, character in enumerate(line_text, 1):
            found = _bad_character(character, line_text[: column - 1])
            if found:
                refuse(*found, number, column)
                return None
    return text


def _bad_character(character: str, before: str) -> tuple[str, str] | None:
    """Why this character cannot stand here, and the remedy."""
    if character == "\t" and not before.strip():
        return "the line is indented with a tab", "use spaces"
    name = f"U+{ord(character):04X} {unicodedata.name(character, 'control character').lower()}"
    if not before.strip() and character != " " and unicodedata.category(character) in ("Zs", "Cf"):
        return f"the line begins with an invisible character ({name})", "replace it with a space"
    if character not in "\t\n\r\x85" and unicodedata.category(character) == "Cc":
        return f"the file holds a control character ({name})", "delete it"
    if "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff":
        return f"the file holds an invalid character ({name})", "delete it"
    return None


# --- composing ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet."""

    key: Key
    value: dict[str, Value] | list[Value]
    pending: str | None = None  # the key that waits for its value
    skipping: bool = False


def _events(text: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


def _compose(text: str, source: Source) -> None:
    try:
        _walk(_events(text), source)
    except yaml.YAMLError as error:
        # The pure-Python parser says more about what it expected than libyaml does.
        try:
            for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
        except yaml.YAMLError as better:
            error = better
        except RecursionError:
            pass
        source.problems.append(_syntax(error, text, source.path))


def _walk(events: Iterator[yaml.Event], source: Source) -> None:
    stack: list[_Open] = []
    documents = 0

    def refuse(event: yaml.Event, key: Key, identifier: str, message: str, hint: str) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        source.problems.append(
            Problem(source.path, line, column, identifier, dotted(key), message, hint)
        )

    def place(event: yaml.Event) -> Key | None:
        """Where the node of this event belongs; None where it is a key of a mapping."""
        if not stack:
            return ()
        top = stack[-1]
        if isinstance(top.value, list):
            return (*top.key, len(top.value))
        return None if top.pending is None else (*top.key, top.pending)

    def put(value: Value) -> None:
        if not stack:
            source.value = value
        elif isinstance(stack[-1].value, list):
            stack[-1].value.append(value)
        elif stack[-1].pending is not None:
            if not stack[-1].skipping:
                stack[-1].value[stack[-1].pending] = value
            stack[-1].pending, stack[-1].skipping = None, False

    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                refuse(event, (), "Y006", "a second document begins here", "keep one; delete ---")
                return
        if isinstance(event, yaml.AliasEvent):
            refuse(
                event, (), "Y005", f'"*{shortened(event.anchor)}" points to another place',
                "write the text out, or put it in quotes if it begins with a star",
            )
            return
        if not isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            put(tuple(done.value) if isinstance(done.value, list) else done.value)
            continue
        if event.anchor is not None:
            refuse(
                event, (), "Y005", f'"&{shortened(event.anchor)}" is an anchor',
                "write the text out, or put it in quotes if it begins with &",
            )
            return
        if event.tag is not None:
            refuse(
                event, (), "Y005", f'"{shortened(event.tag)}" is a tag',
                "delete it, or put the text in quotes if it begins with !",
            )
            return
        key = place(event)
        if key is None:
            _take_key(event, stack[-1], source, refuse)
            if stack[-1].pending is None:
                return  # a key that is a list or mapping: what follows cannot be placed
            continue
        source.marks.setdefault(key, (event.start_mark.line + 1, event.start_mark.column + 1))
        if isinstance(event, yaml.ScalarEvent):
            put(_scalar(event, key, refuse))
            continue
        if len(stack) >= MAX_DEPTH:
            refuse(
                event, key[:4], "Y007", f"things are nested more than {MAX_DEPTH} deep",
                "check brackets and indentation",
            )
            return
        stack.append(_Open(key, {} if isinstance(event, yaml.MappingStartEvent) else []))
    if not documents:
        source.problems.append(
            Problem(source.path, 1, 1, "Y002", "", "the file is empty", "fill it or delete it")
        )


def _take_key(event, top, source, refuse) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(top.value, dict)
    if not isinstance(event, yaml.ScalarEvent):
        refuse(event, top.key, "Y004", "a key must be a word", "check brackets and colons")
        return
    word = event.value
    top.pending = word
    here = (*top.key, word)
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    if event.implicit[0]:
        plain_number = _INT.fullmatch(word) or _FLOAT.fullmatch(word) or _LEADING_ZERO.fullmatch(word)
        if word in _NULL or plain_number or word.lower() in _OLD_BOOLS or word in _BOOLS:
            shown = f'"{shortened(word)}"' if word else "nothing"
            refuse(event, top.key, "Y004", f"{shown} cannot be a key", "use a word as the key")
            top.skipping = True
            return
        if word == "<<":
            refuse(event, top.key, "Y005", '"<<" merges another mapping', "write it out")
            top.skipping = True
            return
    odd = next((c for c in word if not (c.isascii() and c.isprintable())), None)
    if odd is not None:
        name = unicodedata.name(odd, "control character").lower()
        plain = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isascii())
        refuse(
            event, top.key, "Y004",
            f'the key "{shortened(word)}" holds U+{ord(odd):04X} ({name})',
            f"type the key once more with plain letters: {shortened(plain)}" if plain.strip()
            else "type the key once more with plain letters",
        )
        top.skipping = True
    if word in top.value:
        first = source.marks[here][0]
        refuse(
            event, top.key, "Y003", f'the key "{shortened(word)}" stands here twice',
            f"it is first on line {first}; keep one of them",
        )
        top.skipping = True
        return
    source.marks.setdefault(here, (line, column))


def _scalar(event, key, refuse) -> Value:  # type: ignore[no-untyped-def]
    """The value of a scalar: the YAML 1.2 core schema for plain ones, text for all others."""
    word: str = event.value
    if not event.implicit[0]:  # quoted, or a block of text
        return unicodedata.normalize("NFC", word)
    if word in _NULL:
        last = key[-1] if key and isinstance(key[-1], str) else None
        refuse(
            event, key, "Y008", "nothing stands here",
            f'write a value after "{shortened(last)}:" or delete the line' if last
            else "write a value or delete the line",
        )
        return ""
    if word in _BOOLS:
        return _BOOLS[word]
    if _INT.fullmatch(word) and len(word) <= 18:
        return int(word)
    if _INT.fullmatch(word):
        return float("inf")
    if _FLOAT.fullmatch(word) and not _LEADING_ZERO.fullmatch(word):
        return float(word)
    if _SPECIAL.fullmatch(word):
        return float(word.lower().replace(".", ""))
    if word.lower() in _OLD_BOOLS or _DATE.fullmatch(word):
        return Ambiguous(word)
    return unicodedata.normalize("NFC", word)


# --- syntax errors in words ---------------------------------------------------------------------

_REMEDIES: tuple[tuple[str, str, str], ...] = (
    # what PyYAML says · what is wrong · how to mend it
    ("could not find expected ':'", "a colon is missing, or a text runs on", "check this line and the one before; put long text in quotes"),
    ("mapping values are not allowed", "there is a colon inside plain text", "put the text in quotes"),
    ("found unexpected end of stream", "a quotation mark is opened and never closed", "close the quotes"),
    ("while scanning a quoted scalar", "a quotation mark is opened and never closed", "close the quotes"),
    ("found unknown escape character", "a backslash in double quotes means something special", "use single quotes, or write \\\\"),
    ("found character '\\t'", "there is a tab here", "use spaces"),
    ("that cannot start any token", "plain text cannot begin with this character", "put the text in quotes"),
    ("expected ',' or ']'", "a square bracket is opened and never closed", "close the bracket, or put the text in quotes"),
    ("expected ',' or '}'", "a curly bracket is opened and never closed", "close the bracket, or put the text in quotes"),
    ("expected <block end>", "this line is indented differently from its neighbours", "line it up with the lines above; check that quotes stand around the whole text"),
    ("but found '<block", "this line is indented differently from its neighbours", "line it up with the lines above"),
    ("expected alphabetic or numeric character", "plain text cannot begin with * or &", "put the text in quotes"),
    ("found undefined tag handle", "plain text cannot begin with !", "put the text in quotes"),
    ("while scanning a directive", "a line cannot begin with %", "put the text in quotes"),
    ("did not find expected <document start>", "two things stand side by side here", "check the indentation"),
    ("expected '<document start>'", "two things stand side by side here", "check the indentation"),
    ("special characters are not allowed", "there is a character here that YAML does not allow", "delete it"),
)


def _syntax(error: yaml.YAMLError, text: str, path: str) -> Problem:
    said = str(error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    for number, line_text in enumerate(lines, 1):
        if re.match(r"(?:<{7}|={7}|>{7})(?: |$)", line_text):
            return Problem(
                path, number, 1, "Y001", "", "an unfinished merge was left in the file",
                "keep one of the two versions and delete the marker lines",
            )
    context = getattr(error, "context_mark", None)
    for words, message, hint in _REMEDIES:
        if words in said:
            if "never closed" in message and context is not None:
                line, column = context.line + 1, context.column + 1
            return Problem(path, line, column, "Y001", "", message, hint)
    return Problem(path, line, column, "Y001", "", "this is not valid YAML", nearest("", (), "put the text of this line in quotes"))


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
