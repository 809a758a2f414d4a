"""Rendered components of the sample programme, reviewed as diffs: `make golden` writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from macros.program import learning
from macros.program.project import open_project
from macros.render import Components
from tests.conftest import ROOT, Sample

GOLDEN = ROOT / "tests" / "golden"
TEMPLATES = ROOT / "macros" / "render" / "templates"

CASES = {
    "agenda-meeting": ("agenda", "en", "first-dough"),
    "agenda-event": ("agenda", "en", "flour-evening"),
    "agenda-polish": ("agenda", "pl", "first-dough"),
    "agenda-fallen-back": ("agenda", "pl", "second-oven"),
    "agenda-tracks": ("agenda", "en", "second-oven"),
    "budget": ("budget", "en"),
    "certificate": ("certificate", "en"),
    "checklist-role": ("checklist", "en", "mentor"),
    "checklist-phase": ("checklist", "pl", "bake"),
    "choices": ("choices", "en"),
    "cite": ("cite", "en", "crumb1931/slices-sold"),
    "cite-ours": ("cite", "en", "our-judgement"),
    "duties": ("duties", "en"),
    "glossary": ("glossary", "en"),
    "hours": ("hours", "en"),
    "kit": ("kit", "en"),
    "meetings": ("meetings", "en"),
    "module": ("module", "en", "hot-ovens"),
    "module-end": ("module_end", "en", "why-bread"),
    "modules": ("modules", "en"),
    "my-data": ("my_data", "en"),
    "my-programme": ("my_programme", "en"),
    "myths": ("myths", "en"),
    "next-up": ("next_up", "en"),
    "notice": ("notice", "pl", "outdated"),
    "organisation-fields": ("organisation_fields", "en"),
    "pack-purpose": ("pack", "en", "rainy-day"),
    "pack-role": ("pack", "en", "mentor"),
    "pack-session": ("pack", "en", "second-oven"),
    "packs": ("packs", "en"),
    "paths": ("paths", "en"),
    "picture-drawing": ("picture", "en", "six-meetings"),
    "picture-evidence": ("picture", "en", "bread-known"),
    "picture-history": ("picture", "en", "bread-years"),
    "review": ("review", "en"),
    "risks": ("risks", "en"),
    "role": ("role", "en", "mentor"),
    "roles": ("roles", "en"),
    "scenario": ("scenario", "en", "burnt-loaf"),
    "scenarios": ("scenarios", "en"),
    "sources": ("sources", "en"),
    "standards": ("standards", "en"),
    "templates": ("templates", "en"),
    "term": ("term", "en", "crumb", "crumbs"),
    "this-week": ("this_week", "en", "when-it-stalls"),
    "timeline": ("timeline", "en"),
    "tripwires": ("tripwires", "en"),
    "worksheet-crumb-map": ("worksheet", "en", "crumb-map"),
    "worksheet-crust-letter": ("worksheet", "en", "crust-letter"),
    "worksheet-dough-diary": ("worksheet", "pl", "dough-diary"),
    "worksheet-flour-card": ("worksheet", "en", "flour-card"),
}
"""By the name of its golden file: the macro, the language of the page, and what it shows."""


def _components(sample: Sample) -> Components:
    languages = open_project(sample.data, sample.docs).languages
    return Components(languages, {}, learning.citations(sample.docs, languages["en"]))


def _rendered(sample: Sample, macro: str, language: str, *arguments: str) -> str:
    components = _components(sample)
    html = components.show(macro, language, "templates/agendas/page.html", *arguments)
    return re.sub(r">\s*<(?!/)", ">\n<", html) + "\n"  # a line for each element, for readable diffs


@pytest.mark.parametrize("name", CASES)
def test_component_looks_as_reviewed(sample: Sample, name: str) -> None:
    """A component of the sample is, tag for tag, the one that was last reviewed."""
    golden = GOLDEN / f"{name}.html"
    rendered = _rendered(sample, *CASES[name])
    if "KIT_GOLDEN" in os.environ:
        golden.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == golden.read_text(encoding="utf-8")


def test_every_macro_has_a_golden_file() -> None:
    """No component goes unreviewed, and no golden file is left of one that is gone."""
    assert {case[0] for case in CASES.values()} == set(Components.MACROS)
    assert {path.stem for path in GOLDEN.iterdir()} == CASES.keys()


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.jinja")), ids=lambda path: path.stem)
def test_template_says_first_what_it_shows(template: Path) -> None:
    """Each Jinja file begins with a comment that says what it shows and what it gets."""
    assert template.read_text(encoding="utf-8").startswith("{# ")


@pytest.mark.parametrize("name", CASES)
def test_component_is_one_line_below_its_heading(sample: Sample, name: str) -> None:
    """No line of a component begins with anything that Markdown could take for its own."""
    macro, language, *arguments = CASES[name]
    components = _components(sample)
    lines = [line for line in components.show(macro, language, "page.html", *arguments).split("\n") if line]
    assert all(line.startswith(("<", "# ")) for line in lines)
