"""What the kit adds to Jupyter's server, inside it: it ends with `start.py`, and keeps nothing typed in a page's file.

Jupyter loads it by its name, which `closing_lib.app.serving` gives.
"""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import threading
import time
from collections.abc import Mapping
from typing import Any

from closing_lib.app import shell

PATIENCE = 20  # seconds until a server that was asked to end is ended; a kernel that is at work has 5 of them
WIDGET = "application/vnd.jupyter.widget-view+json"
_INPUT = 0


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _link_jupyter_server_extension(_app: Any) -> None:
    """Let JupyterLab ask Node.js no more how it would build: it has run it once, and would three times more.

    The kit builds nothing, and where there is a Node.js this takes a third of a start.
    """
    commands: Any = importlib.import_module("jupyterlab.commands")
    commands._yarn_config = lambda _logger: {"yarn config": {}, "npm config": {}}  # as where there is none


def _load_jupyter_server_extension(app: Any) -> None:
    app.contents_manager.register_pre_save_hook(drop_what_was_typed)
    app.web_app.settings.setdefault("page_config_data", {})["closingKit"] = shell.told()
    atexit.register(shutil.rmtree, app.runtime_dir, ignore_errors=True)  # start.py does that, unless it was killed
    threading.Thread(target=_end_with_start, args=(app,), daemon=True).start()


def drop_what_was_typed(*, model: Mapping[str, Any], **_more: object) -> None:
    """Let a notebook be saved without the forms' outputs, and a page of the kit without any.

    A form writes itself into its output with all that a person answered, and a file is soon passed on. A page runs by
    itself when it is opened, so nothing is missed; what a person's own notebook calculated stays in it.

    Parameters
    ----------
    model : mapping
        What Jupyter is about to save; changed in place.

    Examples
    --------
    >>> form = {"data": {"text/html": "Acme", "application/vnd.jupyter.widget-view+json": {}}}
    >>> cell = {"cell_type": "code", "source": "form", "outputs": [form, {"output_type": "stream"}]}
    >>> drop_what_was_typed(model={"type": "notebook", "content": {"metadata": {}, "cells": [cell]}})
    >>> cell["outputs"]
    [{'output_type': 'stream'}]
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not content:
        return
    content["metadata"].pop("widgets", None)
    is_page = "closing_kit" in content["metadata"]
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [] if is_page else [one for one in cell["outputs"] if WIDGET not in one.get("data", {})]


def _end_with_start(app: Any) -> None:
    while os.read(_INPUT, 1):  # start.py writes nothing, and when it is gone, by whatever, there is nothing to come
        pass
    app.stop()
    time.sleep(PATIENCE)
    os._exit(1)
