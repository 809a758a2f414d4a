"""The pages that the data brings along, in the order in which people meet them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from macros.render.speech import Speech


def sections(speech: Speech) -> list[dict[str, Any]]:
    """Sections of the navigation: the key of their word, the folder they cover, their pages.

    `more` names the section of `nav` in mkdocs.yml whose prose pages follow. The frame's templates
    have no autoescape, so titles are escaped here.
    """
    programme = speech.programme

    def entry(path: str, title: str, name: str) -> dict[str, Markup]:
        return {"path": escape(f"{path}.html"), "title": escape(title), "lang": speech.lang(name)}

    roles = programme.roles.items()
    phases = programme.program.phases
    return [
        {
            "key": "modules",
            "folder": "modules/",
            "more": "course",
            "pages": [
                entry(f"modules/{n}", one.title, f"modules/{n}") for n, one in programme.modules.items()
            ],
        },
        {
            "key": "scenarios",
            "folder": "scenarios/",
            "more": "course",
            "pages": [
                entry(f"scenarios/{n}", one.title, f"scenarios/{n}") for n, one in programme.scenarios.items()
            ],
        },
        {
            "key": "roles",
            "folder": "roles/",
            "more": "",
            "pages": [entry(f"roles/{n}", role.title, f"roles/{n}") for n, role in roles],
        },
        {
            "key": "sessions",
            "folder": "templates/agendas/",
            "more": "",
            "pages": [
                entry(f"templates/agendas/{n}", session.title, f"sessions/{n}")
                for n, session in programme.sessions.items()
            ],
        },
        {
            "key": "checklists",
            "folder": "templates/checklists/",
            "more": "",
            "pages": [
                *(entry(f"templates/checklists/{n}", role.title, f"roles/{n}") for n, role in roles),
                *(entry(f"templates/checklists/{phase.id}", phase.title, "program") for phase in phases),
            ],
        },
        {
            "key": "packs",
            "folder": "templates/packs/",
            "more": "",
            "pages": [
                *(
                    entry(f"templates/packs/{n}", session.title, f"sessions/{n}")
                    for n, session in programme.sessions.items()
                ),
                *(entry(f"templates/packs/{n}", role.title, f"roles/{n}") for n, role in roles),
                *(
                    entry(f"templates/packs/{n}", one.title, f"packs/{n}")
                    for n, one in programme.packs.items()
                ),
            ],
        },
        {
            "key": "worksheets",
            "folder": "templates/worksheets/",
            "more": "",
            "pages": [
                entry(f"templates/worksheets/{n}", f"{sheet.code} {sheet.title}", f"worksheets/{n}")
                for n, sheet in programme.worksheets.items()
            ],
        },
    ]
