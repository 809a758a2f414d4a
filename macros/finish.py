"""The last step of a build: take out what nobody reads, put in what works from a file share."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from macros import headers, look, scripts
from macros.program.loading import Programme


def finish(site: Path, languages: Mapping[str, Programme], data: Path) -> None:
    """Finish a site of several languages in place."""
    for language, programme in languages.items():
        folder = site if language == "en" else site / language
        # Material's own style sheets and scripts: our frame uses neither (docs/decisions/0003).
        shutil.rmtree(folder / "assets", ignore_errors=True)
        for name in ("sitemap.xml", "sitemap.xml.gz", "robots.txt"):
            (folder / name).unlink(missing_ok=True)  # they name addresses, and the kit has none
        _search_index(folder)
        scripts.finish(folder / "js", programme)
        look.finish(folder, programme, data)
    headers.write(site)


def _search_index(folder: Path) -> None:
    """The search index as a script: a page opened from a file share may load it, JSON it may not."""
    index = folder / "search" / "search_index.json"
    pages: dict[str, dict[str, str]] = {}
    for entry in json.loads(index.read_text(encoding="utf-8"))["docs"]:
        place = entry["location"].partition("#")[0] or "index.html"
        title = _plain(entry["title"])
        page = pages.setdefault(place, {"url": place, "title": title, "text": ""})
        # A print pack repeats whole sheets; whoever looks for their words wants the sheets themselves.
        text = "" if place.startswith("templates/packs/") else _plain(entry["text"])
        page["text"] = f"{page['text']} {title} {text}".strip()
    text = json.dumps(sorted(pages.values(), key=lambda page: page["url"]), ensure_ascii=False)
    shutil.rmtree(folder / "search")
    (folder / "js" / "search-index.js").write_text(f"globalThis.kitPages = {text};\n", encoding="utf-8")


def _plain(markup: str) -> str:
    """The text that a reader sees of a piece of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))
