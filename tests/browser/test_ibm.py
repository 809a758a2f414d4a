"""What IBM's Equal Access engine finds. It and axe see different things, so both are asked."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ROOT, Site

TOOLS = ROOT / ".cache" / "tools" / "node_modules"
"""IBM's engine and the HTML checker come from npm; `.ci/run` puts them here."""

TO_BE_LOOKED_AT_BY_PEOPLE = frozenset(
    (
        "text_sensory_misuse",  # asks whether `left` is a direction, as in "what is left"
        "text_quoted_correctly",  # asks whether words in quotation marks quote somebody
        "style_color_misuse",  # asks this of every style sheet that names a colour
        "style_focus_visible",  # asks this of all that has a border; the keyboard test looks at each outline
        "element_tabbable_unobscured",  # takes a link that runs over two lines for a covered one
    )
)
"""Rules that ask a person to look, and that no markup can answer: see docs/decisions/0012."""


def test_ibm_equal_access_reports_nothing_on_any_page(site: Site, browser: Browser) -> None:
    """IBM's engine finds no violation, certain or potential, and no recommendation not followed."""
    engine = TOOLS / "accessibility-checker-engine" / "ace.js"
    if not engine.exists() and not os.environ.get("CI"):
        pytest.skip("IBM's engine is not here: .ci/run installs it")
    page = browser.new_context(bypass_csp=True).new_page()
    text = engine.read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for name in site.pages():
        page.goto(site.address + name)
        page.evaluate(f"{text}; window.ace = ace")
        results = page.evaluate(
            """new ace.Checker().check(document, ["WCAG_2_2"]).then((report) => report.results
               .filter(({ value: [kind, result] }) => result === "FAIL" ||
                 (kind === "VIOLATION" && result === "POTENTIAL"))
               .map((one) => [one.ruleId, one.message + " " + one.snippet]))"""
        )
        for rule, message in results:
            if rule not in TO_BE_LOOKED_AT_BY_PEOPLE:
                found.setdefault(rule, set()).add(f"{name}: {message}")
    assert found == {}
