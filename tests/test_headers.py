"""The headers that the build writes for web servers."""

from __future__ import annotations

import re
from pathlib import Path

from macros import headers
from tests.browser.conftest import POLICY
from tests.conftest import Run, Sample

ALERT = "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="
"""The hash of `alert(1)`, worked out with openssl."""


def test_headers_of_our_own_pages_need_no_hash(sample: Sample, run: Run) -> None:
    """No page of ours has a script inside, so the policy is the strictest one, and servers get it ready."""
    done = run(sample, "build", "--site", str(sample.site))
    assert done.code == 0, done.err
    assert headers.hashes(sample.site) == set()
    assert headers.policy(()) == POLICY
    said = {
        "_headers": f"/*\n  Content-Security-Policy: {POLICY}\n"
        "  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n",
        "headers/nginx.conf": f'add_header Content-Security-Policy "{POLICY}" always;\n',
        "headers/apache.conf": f'Header always set Content-Security-Policy "{POLICY}"\n',
    }
    for name, text in said.items():
        assert text in (sample.site / name).read_text(encoding="utf-8"), name


def test_headers_name_the_hash_of_a_script_that_a_host_adds(tmp_path: Path) -> None:
    """A script inside a page is named by its hash; one with an address, or only shown, is not."""
    (tmp_path / "page.html").write_text(
        '<script src="a.js"></script><SCRIPT type="text/javascript">alert(1)</SCRIPT>'
        "<p>&lt;script&gt;no&lt;/script&gt;</p>",
        encoding="utf-8",
    )
    headers.write(tmp_path)
    assert headers.hashes(tmp_path) == {ALERT}
    text = (tmp_path / "headers" / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"script-src ([^;]+);", text) == [f"'self' '{ALERT}'"]
