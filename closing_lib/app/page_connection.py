"""How a page in the browser is connected with its kernel, inside Jupyter's server.

A kernel outlives its page, and keeps the forms of it. When the page is opened again, the browser would fetch all of
these, one by one, and what is typed into the new forms would wait behind them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

_CLEAR = """
import sys
if "closing_lib.forms.base.watch" in sys.modules:
    sys.modules["closing_lib.forms.base.watch"].clear_page()
"""


class PageConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection; a page that comes when the one before it has gone finds its kernel without the old forms.

    A page that was only cut off for a while comes back under its own key, and finds its forms as they were.
    """

    _latest: ClassVar[dict[str, str]] = {}  # from a kernel to the key of the page that came last

    def connect(self) -> Any:
        """Connect a page with its kernel, which clears what is left before it reads anything that the page says."""
        is_alone = not self.multi_kernel_manager.kernel_model(self.kernel_id)["connections"]
        is_new = self._latest.get(self.kernel_id, self.session_key) != self.session_key
        connected = super().connect()
        self._latest[self.kernel_id] = self.session_key
        if is_alone and is_new and connected is not None:
            request = {"code": _CLEAR, "silent": True, "store_history": False}
            self.session.send(self.channels["shell"], "execute_request", request)
        return connected
