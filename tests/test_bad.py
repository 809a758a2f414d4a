"""Every broken file in tests/bad/ is refused with exactly the problems that its first lines name.

Such a file begins with comments: `# expect: ID line:column`, followed by a path where the problem
stands in another file, once for each problem; `# replaces: path`, the file of the sample that it is
laid over; `# names: words`, by which the author recognises what is meant; and, where it matters,
`# suggests: words` of the hint and `# removes: path`, a file that is gone.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.program import checks
from macros.program.problems import DataError
from macros.program.project import open_project
from tests.conftest import ROOT, Sample

BAD = sorted((ROOT / "tests" / "bad").glob("*.yml"))
SCREEN = (80, 24)
"""Columns and rows of the smallest terminal."""

Place = tuple[str, int, int, str]


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_bad_file_is_refused_with_all_it_names_and_nothing_else(bad: Path, sample: Sample) -> None:
    """The list of problems is the one expected, and speaks to its author in plain words on one screen."""
    head = _head(bad)
    _lay(bad, sample)
    with pytest.raises(DataError) as refused:
        open_project(sample.data, sample.docs)
    problems = refused.value.problems
    assert [(one.path, one.line, one.column, one.id) for one in problems] == _expected(bad)
    said = [str(one).splitlines()[0] for one in problems]
    hints = [one.hint for one in problems]
    assert "" not in hints
    assert {len(str(one).splitlines()) for one in problems} == {2}
    assert [words for words in head["names"] if not any(words in one for one in said)] == [], said
    assert [words for words in head.get("suggests", []) if not any(words in one for one in hints)] == [], (
        hints
    )
    text = str(refused.value)
    wide, high = SCREEN
    assert sum(-(-len(line) // wide) for line in text.splitlines()) < high
    assert text.replace("\n", "").isprintable()
    assert re.findall(r"Traceback|pydantic|yaml\.org|type=|Error\b|NoneType|macros/", text) == []


def test_bad_files_cover_every_id() -> None:
    """Each id that the library can report has a broken file that shows it."""
    library = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "macros" / "program").glob("*.py"))
    reported = set(re.findall(r'"([YFDL]\d{3})"', library)) | set(checks.ALL)
    reported.remove("D009")  # what no file can bring about today; test_bad_input.py has its test
    assert {identifier for bad in BAD for _, _, _, identifier in _expected(bad)} == reported


def _head(path: Path) -> dict[str, list[str]]:
    """The comments on top of a broken file, by their first word."""
    head: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        found = re.fullmatch(r"# (expect|replaces|names|suggests|removes): (.+)", line)
        if found is None:
            break
        head.setdefault(found[1], []).append(found[2])
    return head


def _expected(path: Path) -> list[Place]:
    """Path, line, column and id of each problem that a broken file names."""
    head = _head(path)
    replaced = head["replaces"][0]
    own = replaced if replaced.startswith("docs/") else f"data/{replaced}"
    expected = []
    for line in head["expect"]:
        identifier, place, *other = line.split(maxsplit=2)
        number, column = place.split(":")
        expected.append((other[0] if other else own, int(number), int(column), identifier))
    return sorted(expected)


def _lay(bad: Path, sample: Sample) -> None:
    """Put a broken file in its place."""
    head = _head(bad)
    for gone in head.get("removes", []):
        (sample.data / gone).unlink()
    replaced = head["replaces"][0]
    target = sample.data.parent / replaced if replaced.startswith("docs/") else sample.data / replaced
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(bad.read_bytes())
