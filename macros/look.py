"""An organisation's own look: its colours, its logo, styles of its own. All of it stays in its own files."""

from __future__ import annotations

import shutil
from pathlib import Path

from macros.program import local
from macros.program.loading import Programme

LOGOS = ("logo.svg", "logo.png")
STYLES = "extra.css"


def of(programme: Programme, data: Path) -> dict[str, str]:
    """What pages link besides the kit's own: `logo` and `styles`, as paths in the site, or nothing."""
    own = data / local.FOLDER
    logo = next((name for name in LOGOS if (own / name).is_file()), "")
    styled = programme.organisation.colours is not None or (own / STYLES).is_file()
    return {"logo": logo and f"own/{logo}", "styles": "own/own.css" if styled else ""}


def finish(folder: Path, programme: Programme, data: Path) -> None:
    """Write the colours, the logo and the styles into one language's site."""
    linked = of(programme, data)
    own = data / local.FOLDER
    if not any(linked.values()):
        return
    (folder / "own").mkdir()
    if linked["logo"]:
        shutil.copyfile(own / Path(linked["logo"]).name, folder / linked["logo"])
    if linked["styles"]:
        more = (own / STYLES).read_text(encoding="utf-8") if (own / STYLES).is_file() else ""
        (folder / linked["styles"]).write_text(_colours(programme) + more, encoding="utf-8", newline="\n")


def _colours(programme: Programme) -> str:
    """The rules that set the organisation's colours: on screen, since paper stays black on white."""
    colours = programme.organisation.colours
    if colours is None:
        return ""
    both = f"light-dark({colours.light}, {colours.dark})"
    return f"@media screen {{ :root {{ --link: {both}; --focus: {both}; }} }}\n"
