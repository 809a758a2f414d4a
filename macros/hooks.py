"""What only MkDocs can do, and as little of it as there is.

A build or serve that is started through MkDocs itself goes through our own, which never harms the
site that stands. See `macros/build.py`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_command = {"name": ""}


def on_startup(command: str, **_options: Any) -> None:
    """Remember what was asked for; `on_config` learns where the site should go."""
    _command["name"] = command


def on_config(config: Any) -> Any:
    """Hand a build or serve over to the kit's own, unless that is who is asking."""
    if "KIT_STAGE" in os.environ or not _command["name"]:
        return config
    if _command["name"] not in ("build", "serve"):
        raise SystemExit("Only build and serve know every language: build the site, then publish its folder.")
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from macros.__main__ import main  # noqa: PLC0415 - the path has only just been set

    folder = Path(config.config_file_path).parent
    words = ["--data", os.environ.get("KIT_DATA", str(folder / "data")), "--docs", str(folder / "docs")]
    if _command["name"] == "serve":
        host, port = config.dev_addr
        raise SystemExit(main([*words, "serve", "--host", str(host), "--port", str(port)]))
    engine = "properdocs" if "properdocs" in sys.modules else "mkdocs"
    raise SystemExit(main([*words, "build", "--site", config.site_dir, "--engine", engine]))
