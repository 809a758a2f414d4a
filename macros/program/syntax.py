"""What PyYAML says about broken YAML, in the words of whoever edits it.

The editor of the data is rarely a programmer: each message names what stands in the file, and the
hint is what to type instead.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from macros.program.problems import Problem

_CONTEXT = "context"
_REMEDIES: tuple[tuple[str, str, str, str], ...] = (
    # what PyYAML says · what is wrong · how to mend it · which of its two marks to show
    (
        "could not find expected ':'",
        "a colon is missing here, or the space after it",
        "write key: value; put long text in quotes",
        _CONTEXT,
    ),
    (
        "mapping values are not allowed",
        "there is a colon inside plain text, or the line is indented too far",
        "put the text in quotes, or line the key up with its neighbours",
        "",
    ),
    (
        "while scanning a quoted scalar",
        "a quotation mark is opened and never closed",
        "close the quotes",
        _CONTEXT,
    ),
    (
        "found unknown escape character",
        "a backslash in double quotes means something special",
        "use single quotes, or write \\\\",
        "",
    ),
    ("found character '\\t'", "there is a tab here", "use spaces", ""),
    ("that cannot start any token", 'plain text cannot begin with "{mark}"', "put the text in quotes", ""),
    ("scanning a block scalar", 'plain text cannot begin with "{mark}"', "put the text in quotes", _CONTEXT),
    ("while scanning an alias", 'plain text cannot begin with "*"', "put the text in quotes", _CONTEXT),
    ("while scanning an anchor", 'plain text cannot begin with "&"', "put the text in quotes", _CONTEXT),
    (
        "expected ',' or ']'",
        "a square bracket is opened and never closed",
        "close the bracket, or put the text in quotes",
        _CONTEXT,
    ),
    (
        "expected ',' or '}'",
        "a curly bracket is opened and never closed",
        "close the bracket, or put the text in quotes",
        _CONTEXT,
    ),
    (
        "but found '<scalar>'",
        "words stand after the closing quotes or bracket",
        "put quotes around all of the text",
        "",
    ),
    (
        "expected <block end>",
        "this line is indented differently from its neighbours",
        "line it up with the lines above",
        "",
    ),
    (
        "but found '<block",
        "this line is indented differently from its neighbours",
        "line it up with the lines above",
        "",
    ),
    ("while scanning a directive", 'a line cannot begin with "%"', "put the text in quotes", _CONTEXT),
    (
        "expected '<document start>'",
        'a line cannot begin with "%", and two things cannot stand side by side',
        "put the text in quotes, or check the indentation",
        "",
    ),
    (
        "special characters are not allowed",
        "there is a character here that YAML does not allow",
        "delete it",
        "",
    ),
    ("found undefined tag handle", 'plain text cannot begin with "!"', "put the text in quotes", ""),
)


def explain(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """A syntax error in words that a person understands, where the person would look."""
    merge = re.search(r"^(?:<{7}|={7}|>{7})(?: |$)", text, re.MULTILINE)
    if merge:
        line = text.count("\n", 0, merge.start()) + 1
        message = "an unfinished merge was left in the file"
        hint = "keep one of the two versions and delete the marker lines"
        return Problem(path, line, 1, "Y001", "", message, hint)
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    for words, message, hint, which in _REMEDIES:
        if words in str(error):
            shown = context if which == _CONTEXT and context is not None else mark
            return _at(shown, text, path, message, hint)
    return _at(mark or context, text, path, "this is not valid YAML", "put the text of this line in quotes")


def _at(mark: Any, text: str, path: str, message: str, hint: str) -> Problem:
    lines = text.splitlines()
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    written = lines[line] if line < len(lines) else ""
    message = message.replace("{mark}", written[column : column + 1])
    before = lines[line - 1] if line else ""
    if message.startswith("there is a colon") and before.strip() and ":" not in before:
        return Problem(path, line, 1, "Y001", "", "a colon is missing after the key", "write key: value")
    return Problem(path, line + 1, column + 1, "Y001", "", message, hint)
