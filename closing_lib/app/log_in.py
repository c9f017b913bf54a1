"""Who comes in, inside Jupyter's server: the page for a browser without the word, and the way back for one that had it.

Jupyter loads it by its name, which `closing_lib.app.serving` gives.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from html import escape
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join

from closing_lib.app import workspace
from closing_lib.content import language, text

_STATIC = Path(__file__).parent / "lab" / "closing-kit" / "static"


class Once(JupyterHandler):
    """Tells anyone which start this is: a number that was used once, and no secret."""

    @allow_unauthenticated
    def get(self) -> None:
        """Answer with it."""
        self.set_header("Content-Type", "text/plain")
        self.finish(self.settings["closing_kit_once"])


class LogIn(LoginFormHandler):
    """A browser that has no word is told how to get in; one that was in before is let in by its key."""

    SUPPORTED_METHODS = ("GET",)  # there is nothing to fill in

    def _render(self, message: object = None) -> None:  # noqa: ARG002  # as Jupyter calls it
        said = {name: escape(text(f"start.log_in.{name}")) for name in ("title", "why", "how", "then")}
        script = (_STATIC / "way_back.js").read_text(encoding="utf-8")
        self.finish(_PAGE.format(language=language(), script=script, **said))


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; font: 1.125rem/1.6 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }}
main {{ max-width: 34rem; margin: 12vh auto; padding: 0 24px; }}
h1 {{ font-size: 1.75rem; line-height: 1.25; }}
code {{ font-size: 1em; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{why}</p>
<p>{how}</p>
<p><code>python3 start.py</code></p>
<p>{then}</p>
</main>
<script type="module">{script}
await goOnByItself();
</script>
</body>
</html>
"""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Tell the pages the key of their address, and how the kit is started again once it is closed."""
    once, key = os.environ.pop("CLOSING_ONCE"), os.environ.pop("CLOSING_KEY")  # no kernel needs them
    command = _command(Path(os.environ["CLOSING_DATA"]))
    told: dict[str, object] = {name: text(f"start.closed_page.{name}") for name in ("closed", "again")}
    told |= {"once": once, "key": key, "command": command}
    told["own"] = {name: text(f"pages.own_cell.{name}") for name in ("add", "label", "first")}
    app.web_app.settings.setdefault("page_config_data", {})["closingKitPage"] = told
    app.web_app.settings["closing_kit_once"] = once
    app.web_app.add_handlers(".*$", [(url_path_join(app.base_url, "closing-kit/once"), Once)])


def _command(data: Path) -> str:
    """The line for a terminal that starts the kit on a folder again, from wherever the terminal is."""
    home = Path(__file__).parents[2]
    own = [] if data == home / workspace.OWN else ["--data", str(data)]
    if os.name == "nt":
        return subprocess.list2cmdline(["py", str(home / "start.py"), *own])
    return shlex.join(["python3", str(home / "start.py"), *own])
