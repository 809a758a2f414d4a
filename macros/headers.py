"""What a web server should say with every page, as files that servers read.

The policy lets a page load nothing but its own site. The frame has no script inside a page; one that
a host adds to a page is named by its hash, so that it runs and no other does.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

_INLINE = re.compile(rb"<script(?![^>]*\ssrc[\s=])[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)

POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OTHERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def policy(hashes: Iterable[str]) -> str:
    """The Content-Security-Policy of a site with scripts of these hashes inside its pages."""
    return POLICY.format(scripts=" ".join(["'self'", *(f"'{one}'" for one in sorted(set(hashes)))]))


def hashes(site: Path) -> set[str]:
    """The hash of each script that stands inside a page, as a policy names it."""
    return {
        f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"
        for page in sorted(site.rglob("*.html"))
        for script in _INLINE.findall(page.read_bytes())
    }


def write(site: Path) -> None:
    """Write the headers for nginx, for Apache, and as the `_headers` file of static hosts."""
    said = {"Content-Security-Policy": policy(hashes(site)), **OTHERS}
    folder = site / "headers"
    folder.mkdir(exist_ok=True)
    files = {
        site / "_headers": "/*\n" + _lines("  {name}: {value}", said),
        folder / "nginx.conf": "# Within the server block: include .../headers/nginx.conf;\n"
        + _lines('add_header {name} "{value}" always;', said),
        folder / "apache.conf": "# With mod_headers: Include .../headers/apache.conf\n"
        + _lines('Header always set {name} "{value}"', said),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _lines(form: str, said: dict[str, str]) -> str:
    return "".join(f"{form.format(name=name, value=value)}\n" for name, value in said.items())
