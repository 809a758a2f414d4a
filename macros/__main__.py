"""The commands: python -m macros check | new | translate | schema | rules | prose | build | serve."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from macros import build, serve
from macros.program import checks, local, project, prose, rules, scaffold, translate
from macros.program.problems import DataError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 when all is well, 1 when something has to be mended."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of pages")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="say what was checked, or list what is wrong")
    new = commands.add_parser("new", help="write a new entry and its page")
    new.add_argument("kind", choices=sorted(scaffold.KINDS))
    new.add_argument("id")
    commands.add_parser("schema", help="write the JSON Schemas for editors")
    words = commands.add_parser("translate", help="write what an entry still lacks in a language")
    words.add_argument("language", choices=sorted(translate.PLURALS.keys() - {"en"}))
    words.add_argument("entry", help="such as ui or sessions/contract-and-connect")
    commands.add_parser("rules", help="list every rule")
    commands.add_parser("prose", help="say how long and how hard to read each page is")
    build = commands.add_parser("build", help="build every language beside the site, then swap it in")
    build.add_argument("--site", type=Path, default=Path("site"), help="where the site goes")
    build.add_argument("--engine", default="mkdocs", choices=("mkdocs", "properdocs"))
    serve = commands.add_parser("serve", help="build, serve, and build again with every save")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _run(chosen: argparse.Namespace) -> int:
    if chosen.command == "check":
        with local.laid_over(chosen.data, chosen.docs) as docs:
            print(project.summary(project.open_project(chosen.data, docs)))
    elif chosen.command == "new":
        for line in scaffold.new(chosen.kind, chosen.id, chosen.data, chosen.docs):
            print(line)
    elif chosen.command == "schema":
        print(project.write_schemas(chosen.data))
    elif chosen.command == "translate":
        print(*scaffold.worklist(chosen.data, chosen.language, chosen.entry), sep="\n")
    elif chosen.command == "rules":
        for identifier, rule in sorted(checks.ALL.items()):
            print(f"{identifier}  {rules.message(rule)}")
    elif chosen.command == "prose":
        print(prose.table(prose.report(chosen.docs)))
    elif chosen.command == "build":
        return build.build(build.Plan(chosen.data, chosen.docs, chosen.site, chosen.engine))
    elif chosen.command == "serve":
        return serve.serve(chosen.data, chosen.docs, chosen.host, chosen.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
