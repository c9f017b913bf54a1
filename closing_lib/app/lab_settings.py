"""The language in which JupyterLab shows itself: one setting in the person's folder, where the kit remembers it too.

So the menus and the pages agree, and whoever chooses another language in JupyterLab's own menu gets the kit in it from
the next start on. Standard library only.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from closing_lib.content import LANGUAGES, text
from closing_lib.files import make_folder, write_whole

SETTING = Path(".jupyter", "lab", "user-settings", "@jupyterlab", "translation-extension", "plugin.jupyterlab-settings")


def remembered_language(data: Path) -> str | None:
    """Give the language that was chosen for a person's folder; None for none, or one that the kit does not speak."""
    try:
        content = (data / SETTING).read_text(encoding="utf-8")  # JupyterLab writes comments into it, so it is not JSON
    except (OSError, UnicodeDecodeError):
        return None
    found = re.search(r'"locale"\s*:\s*"([a-z]+)', content)
    return found[1] if found and found[1] in LANGUAGES else None


def remember_language(data: Path) -> None:
    """Keep the language of the texts for a person's folder."""
    make_folder((data / SETTING).parent)
    write_whole(data / SETTING, json.dumps({"locale": text("start.locale")}).encode())
