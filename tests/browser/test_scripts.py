"""The scripts themselves: their types, their weight, and what checkers say of every state of a page."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, Site
from tests.browser.test_accessibility import axe_findings

SCRIPTS = sorted((ROOT / "macros" / "theme" / "js").glob("*.js"))
TYPESCRIPT = ROOT / ".cache" / "tools" / "node_modules" / "typescript" / "bin" / "tsc"
TOP = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", re.MULTILINE)
"""A name at the top of a script."""


def test_scripts_keep_to_their_types() -> None:
    """TypeScript, in its strictest setting, has nothing to say about any script."""
    node = shutil.which("node")
    if (node is None or not TYPESCRIPT.exists()) and not os.environ.get("CI"):
        pytest.skip("TypeScript is not here: .ci/run installs it")
    assert node is not None
    command = [node, str(TYPESCRIPT), "-p", str(ROOT / "macros" / "jsconfig.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_scripts_share_one_scope_without_a_clash() -> None:
    """No name stands at the top of two scripts, since on a page they share one scope."""
    taken: dict[str, str] = {}
    for path in SCRIPTS:
        for name in TOP.findall(path.read_text(encoding="utf-8")):
            assert name not in taken, f"{name} in {path.name} and {taken[name]}"
            taken[name] = path.name


def test_scripts_name_each_word_they_say() -> None:
    """A word is said by its key as it stands in ui.yml, so that the build knows which words to bring."""
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"(?<![\w.])say\((?!\")", text) == [], path.name


def test_scripts_weigh_less_than_forty_kilobytes(site: Site) -> None:
    """All scripts of ours together, as they are sent, stay below 40 kB."""
    ours = [site.folder / "js" / path.name for path in SCRIPTS]
    assert sum(len(gzip.compress(path.read_bytes())) for path in ours) < 40_000


# --- every state ---------------------------------------------------------------------------------


def _planning(page: Page, site: Site) -> Iterator[str]:
    """My programme and the home page, in each state that a person can bring them into, by name."""
    page.goto(site.address + "guide/my-programme.html")
    page.locator("#plan-zone option").first.wait_for(state="attached")
    yield "my programme, empty"
    page.locator("#plan-role").select_option("mentor")
    page.locator("#plan-start").fill("0001-01-01")
    page.locator("#plan-start").blur()
    yield "my programme, wrong day"
    page.locator("#plan-start").fill("2027-01-12")
    page.locator("#plan-start").blur()
    yield "my programme, with dates"
    page.get_by_role("button", name="Forget these choices").click()
    yield "my programme, asked"
    page.goto(site.address + "index.html")
    page.locator("[data-next-up]").wait_for()
    yield "home, next up"


def _filling_in(page: Page, site: Site) -> Iterator[str]:
    """A worksheet and a checklist, likewise."""
    page.goto(site.address + "templates/worksheets/three-question-pulse.html")
    page.get_by_label("One thing I would change").fill("Phones away")
    page.locator("[name=useful]").first.check()
    page.locator("[data-kept]", has_text="Last change").first.wait_for()
    yield "sheet, filled in"
    page.get_by_role("button", name="New copy").click()
    yield "sheet, naming a copy"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Empty this copy").click()
    yield "sheet, asked"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Take it along").click()
    page.get_by_label("The other one of the pair").check()
    yield "sheet, taken along"
    page.goto(site.address + "templates/checklists/mentor.html")
    page.locator("[data-tick]").first.check()
    yield "checklist, ticked"


def _learning(page: Page, site: Site) -> Iterator[str]:
    """The course, likewise."""
    page.goto(site.address + "modules/what-it-is.html")
    page.locator("[data-question=single-choice] input").first.check()
    page.get_by_label("I have worked through this module").check()
    page.locator("[data-path-of] a").first.wait_for()
    yield "module, answered"
    page.goto(site.address + "scenarios/cancels-twice.html")
    page.locator(".passage:visible a").first.click()
    yield "scenario, begun"
    page.goto(site.address + "modules/certificate.html")
    page.get_by_label("Name").fill("Ada")
    yield "certificate, signed"


def _looking_through(page: Page, site: Site) -> Iterator[str]:
    """My data, likewise, after all of that."""
    page.goto(site.address + "guide/your-data.html")
    page.locator(".kept-entry").first.wait_for()
    for entry in page.locator(".kept-entry summary").all():
        entry.click()
    yield "my data, open"
    page.set_input_files("#import-file", {"name": "x.json", "mimeType": "application/json", "buffer": b"no"})
    page.locator("[data-report]", has_text="not a file of this kit").wait_for()
    page.get_by_label("Keep nothing on this computer").check()
    yield "my data, off"
    page.get_by_role("button", name="Erase everything").click()
    yield "my data, asked"


STATES = (_planning, _filling_in, _learning, _looking_through)

SMALL = """() => [...document.querySelectorAll("main button, main select, main input, main summary")]
  .filter((e) => e.checkVisibility() && !e.matches(".word"))  // a word stands in a sentence
  .map((e) => [e, (e.closest("label") ?? e).getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([e]) => e.outerHTML)"""
"""What is to be pressed and is smaller than 24 by 24 pixels."""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_nothing_is_wrong_in_any_state(site: Site, browser: Browser, scheme: Any, width: int) -> None:
    """Open, filled in, with an error, in a dialog: axe finds nothing, nothing is too wide or too small."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = {}
    for state in chain.from_iterable(part(page, site) for part in STATES):
        findings = [*axe_findings(page), *page.evaluate(SMALL)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            findings.append("wider than the window")
        if findings:
            found[state] = findings
    assert found == {}


def test_every_state_fits_with_large_text(site: Site, browser: Browser) -> None:
    """With text at 200 % no state needs sideways scrolling."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%' })"
    )
    wide = [
        state
        for state in chain.from_iterable(part(page, site) for part in STATES)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth")
    ]
    assert wide == []


def test_forced_colours_leave_everything_visible(site: Site, browser: Browser) -> None:
    """With a high-contrast theme buttons keep an edge, and the sheet's fields are still to be seen."""
    page = browser.new_context(forced_colors="active").new_page()
    page.goto(site.address + "templates/worksheets/goals-and-baseline.html")
    edges = page.locator("main .button:visible, main select:visible, .sheet textarea:visible").evaluate_all(
        "(all) => all.map((e) => { const s = getComputedStyle(e.closest('td') ?? e);"
        " return s.borderStyle !== 'none' || s.outlineStyle !== 'none' })"
    )
    assert edges
    assert all(edges)


def test_nothing_that_is_typed_leaves_the_machine(site: Site, browser: Browser) -> None:
    """In all of these states only files of the site are asked for, and nothing that was typed."""
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data}"))
    for _ in chain.from_iterable(part(page, site) for part in STATES):
        pass
    files = re.compile(rf"GET {re.escape(site.address)}[\w./-]+\.(?:html|css|js|woff2|svg)(?:#[\w-]*)? None")
    assert [one for one in asked if not files.fullmatch(one)] == []
    assert page.context.cookies() == []
