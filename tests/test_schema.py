"""The JSON Schemas that editors use: written from the models, and named by every data file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.program.loading import FOLDERS
from macros.program.schema import kind, schemas
from tests.conftest import ROOT

SCHEMAS = ROOT / "data" / "schema"
DATA = [
    path
    for root in (ROOT / "data", ROOT / "tests" / "sample" / "data")
    for path in sorted(root.rglob("*.yml"))
    if path.name != "pages.yml" and path != ROOT / "tests" / "sample" / "data" / "ui.yml"
]
"""Every file that somebody edits. The sample's words are a copy, and pages.yml is written by a test."""


def test_schema_files_are_those_of_the_models() -> None:
    """`python -m macros schema` would change nothing."""
    written = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert written == schemas()


def _kind(path: Path) -> str:
    """Which schema a data file follows, by where it lies."""
    parts = path.relative_to(next(root for root in path.parents if root.name == "data")).parts
    if parts[0] == "pl":
        return "translation"
    return kind(parts[0]) if parts[0] in FOLDERS else path.stem


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_schema_is_named_on_the_first_line_of(path: Path) -> None:
    """The first line of every data file leads to the schema of its kind."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
    assert named is not None, first
    assert (path.parent / named[1]).resolve() == SCHEMAS / f"{_kind(path)}.json"
