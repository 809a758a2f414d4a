"""Putting a finished site in the place of the one that stands, in one step.

On Linux two folders change places in a single rename, so that no reader ever meets a missing or a
half-written site. Elsewhere it takes two renames, and the next build mends what a crash between
them left behind.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import time
from pathlib import Path

MARKER = ".reverse-mentoring-kit"
"""A file that says: this folder was written by the kit, and may be replaced by it."""

_LEFTOVER_SECONDS = 3600
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class RefusedError(Exception):
    """The site may not go there. The text says why and what to do."""


def safe_target(site: Path, sources: tuple[Path, ...]) -> Path:
    """The absolute folder that the site goes to.

    Raises `RefusedError` where writing there could destroy something that the kit did not write.
    """
    if site.is_symlink():
        raise RefusedError(f"{site} is a link.\n    hint: name the folder that it points to, with --site")
    target = site.resolve()
    if target == Path(target.anchor) or target == Path.home():
        raise RefusedError(f"{site} is not a folder for a site.\n    hint: choose another with --site")
    for source in sources:
        one = source.resolve()
        if target == one or one in target.parents or target in one.parents:
            raise RefusedError(
                f"{site} lies within, or around, the folder {source}.\n    hint: choose another with --site"
            )
    mend_interrupted(target)
    if target.exists() and not target.is_dir():
        raise RefusedError(f"{site} is a file.\n    hint: remove it, or choose another folder with --site")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).exists():
        raise RefusedError(
            f"{site} holds files that this kit did not write.\n"
            f"    hint: empty it yourself, or choose another folder with --site"
        )
    return target


def stage_prefix(site: Path) -> str:
    """How the folders begin that hold a site while it is built."""
    return f".{site.name}-stage-"


def clear_leftovers(site: Path) -> None:
    """Remove what a build left behind that was killed more than an hour ago."""
    for path in site.parent.glob(f"{stage_prefix(site)}*"):
        if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def mend_interrupted(site: Path) -> None:
    """Put the old site back where a crash struck between two renames."""
    old = _old(site)
    if old.is_dir() and not site.exists():
        old.rename(site)


def swap_in(new: Path, site: Path) -> None:
    """Let `new` stand at `site`; what stood there ends up where `new` was."""
    (new / MARKER).write_text("Written by the Reverse Mentoring Kit, and replaced by it.\n", encoding="utf-8")
    if not site.exists():
        new.rename(site)
    elif not _exchange(new, site):
        old = _old(site)
        shutil.rmtree(old, ignore_errors=True)
        site.rename(old)
        try:
            new.rename(site)
        except OSError:
            old.rename(site)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}-before")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and not rename(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    )
