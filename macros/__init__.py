"""The macros that pages call. mkdocs-macros and Zensical both find `define_env` here."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from macros import look
from macros.program import learning, local, pages
from macros.program.problems import DataError
from macros.program.project import open_project
from macros.render import Components
from macros.render.paper import measured


def define_env(env: Any) -> None:
    """Register one macro for each public method of `Components`, and give the theme its words.

    Both engines call this; Zensical does so for every page, hence the cache.
    """
    folder = Path(env.project_dir)
    try:
        components = _components(folder, env.conf["theme"]["language"])
    except DataError as error:
        raise SystemExit(str(error)) from None  # any engine prints this and ends with 1

    def register(name: str) -> None:
        def macro(*arguments: str) -> str:
            page = env.page
            language = page.meta.get("lang") or env.conf["theme"]["language"]
            return components.show(name, language, page.url, *arguments)

        env.macro(macro, name)

    for name in Components.MACROS:
        register(name)
    env.conf["extra"]["kit"] = components.frame(env.conf["theme"]["language"])


@cache
def _components(folder: Path, language: str) -> Components:
    data = folder / os.environ.get("KIT_DATA", "data")
    docs = folder / os.environ.get("KIT_DOCS", "docs")
    languages = open_project(data, only=language).languages
    titles = pages.titles(docs)
    ours = tuple(page for page in local.own_pages(data, folder / "docs") if page in titles)
    citations = learning.citations(docs, languages[language])
    return Components(languages, measured(data), citations, titles, ours, look.of(languages["en"], data))
