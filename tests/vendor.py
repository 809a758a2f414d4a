"""Fetch what the theme brings along from elsewhere, and write it into `macros/theme/`.

Run by hand only, since it needs npm and the network; nothing else in this repository does. What it
needs beside npm is not in the project's lock, so give it an environment of its own:

    python3 -m venv .cache/vendor
    .cache/vendor/bin/python -m pip install fonttools==4.68.0 brotli==1.2.1
    .cache/vendor/bin/python -m tests.vendor

The versions are pinned, and two runs write the same bytes. To move to a newer version, change it
here, run this, look at the site, and run `make test`. See `macros/theme/vendor/README.md`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

THEME = Path(__file__).parents[1] / "macros" / "theme"

FONT = "@fontsource-variable/atkinson-hyperlegible-next"
PACKAGES = {"minisearch": "7.2.0", "esbuild": "0.28.2", FONT: "5.3.0"}
"""npm packages by exact version. esbuild only makes MiniSearch smaller."""

_PUNCTUATION = "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2190\u2192\u2212\u20ac\u2713"
SUBSETS = {
    "atkinson-latin.woff2": (
        "latin",
        [*range(0x20, 0x7F), *range(0xA0, 0x100), *(ord(character) for character in _PUNCTUATION)],
    ),
    "atkinson-polish.woff2": (
        "latin-ext",
        [ord(character) for character in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"],
    ),
}
"""The files to write: the part of the font they are cut from, and the characters wanted of it."""

FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum"]
WEIGHTS = (400, 700)
CUT = 3878303004
"""When the subset was first made, in the font format's own seconds: with it, two runs are the same."""

_HOW = """\
fontTools and brotli are missing here. They are not among the project's own dependencies:
    python3 -m venv .cache/vendor
    .cache/vendor/bin/python -m pip install fonttools==4.68.0 brotli==1.2.1
    .cache/vendor/bin/python -m tests.vendor"""


def main() -> int:
    """Fetch, make, write; says of each file whether it changed. Returns the exit code."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing. It comes with Node.js 20 or newer.", file=sys.stderr)
        return 1
    try:
        import brotli  # type: ignore[import-not-found]  # noqa: F401, PLC0415 - not in the lock: see above
        import fontTools  # type: ignore[import-not-found]  # noqa: F401, PLC0415 - not in the lock: see above
    except ImportError:
        print(_HOW, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="kit-vendor-") as folder:
        modules = install(npm, Path(folder))
        made = {
            THEME / "vendor" / "minisearch.js": minified(
                modules / "minisearch" / "dist" / "umd" / "index.js"
            ),
            THEME / "vendor" / "minisearch-LICENSE.txt": (
                modules / "minisearch" / "LICENSE.txt"
            ).read_bytes(),
            THEME / "fonts" / "OFL.txt": (modules / FONT / "LICENSE").read_bytes(),
        }
        for name, (part, characters) in SUBSETS.items():
            source = modules / FONT / "files" / f"atkinson-hyperlegible-next-{part}-wght-normal.woff2"
            made[THEME / "fonts" / name] = subset(source, characters, Path(folder))
    for path, data in made.items():
        same = path.exists() and path.read_bytes() == data
        path.write_bytes(data)
        print(f"{'same   ' if same else 'changed'}  {path.relative_to(THEME)}  {len(data)} bytes")
    return 0


def install(npm: str, folder: Path) -> Path:
    """Install the packages, without running anything of theirs; returns `node_modules`."""
    package = {"private": True, "dependencies": PACKAGES}
    (folder / "package.json").write_text(json.dumps(package), encoding="utf-8")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, check=True
    )
    return folder / "node_modules"


def minified(script: Path) -> bytes:
    """A script without the spaces and long names that only its authors need."""
    command = script.parents[3] / ".bin" / ("esbuild.cmd" if sys.platform == "win32" else "esbuild")
    done = subprocess.run([str(command), str(script), "--minify"], capture_output=True, check=True)
    return done.stdout


def subset(source: Path, characters: list[int], folder: Path) -> bytes:
    """A font of some characters only, in the weights the style sheet uses, as woff2.

    It is saved and read again between cutting and narrowing, so that each starts from a whole font.
    """
    from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found]  # noqa: PLC0415 - see main
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]  # noqa: PLC0415 - see main
    from fontTools.varLib.instancer import (  # type: ignore[import-not-found]  # noqa: PLC0415 - see main
        instantiateVariableFont,
    )

    options = Options()
    options.layout_features = FEATURES
    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.flavor = None
    font.save(folder / "cut.ttf")
    font = instantiateVariableFont(TTFont(folder / "cut.ttf", recalcTimestamp=False), {"wght": WEIGHTS})
    font["head"].modified = CUT
    font.flavor = "woff2"
    font.save(folder / "cut.woff2")
    return (folder / "cut.woff2").read_bytes()


if __name__ == "__main__":
    sys.exit(main())
