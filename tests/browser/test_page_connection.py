"""A page that is opened again, and one that was cut off: its forms are heard, and wait for nothing else."""

from __future__ import annotations

from conftest import PATIENCE, Kit, answer, go_to, open_page, wait_until_run
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

HEARD = {"A concern": "They raised a concern", "They hesitate": "They hesitated, or wouldn’t commit"}
RAN_TWICE = ".closing-kit-page[data-closing-kit-runs='2']"


def test_a_page_opened_again_does_not_fetch_the_forms_of_the_one_before(page: Page, kit: Kit) -> None:
    open_page(page, kit, "03_respond")
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.extend([frame])))
    open_page(page, kit, "03_respond")
    says = [one if isinstance(one, bytes) else one.encode() for one in sent]
    assert any(b"execute_request" in one for one in says)
    assert not any(b"request_state" in one and b"request_states" not in one for one in says)
    choose(page, "A concern")


def test_a_page_has_run_also_where_an_answer_of_its_kernel_was_lost(page: Page, kit: Kit) -> None:
    lost: list[str | bytes] = []

    def connect(socket: WebSocketRoute) -> None:
        kernel = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if b"execute_reply" in (message if isinstance(message, bytes) else message.encode()):
                lost.append(message)
            else:
                socket.send(message)

        kernel.on_message(pass_on)

    page.route_web_socket("**/channels?**", connect)
    open_page(page, kit, "03_respond")
    page.unroute_all()
    assert lost
    choose(page, "They hesitate")


def test_a_page_in_another_tab_leaves_the_first_one_its_forms(page: Page, kit: Kit, context: BrowserContext) -> None:
    go_to(page, kit, "03_respond")
    other = context.new_page()
    open_page(other, kit, "03_respond")
    choose(page, "They hesitate")
    choose(other, "A concern")
    other.close()


def test_a_page_that_was_cut_off_runs_again_if_another_took_its_kernel(
    page: Page, kit: Kit, context: BrowserContext
) -> None:
    both_ends: list[WebSocketRoute] = []
    cut = False

    def connect(socket: WebSocketRoute) -> None:
        if cut:
            socket.close()
        else:
            both_ends[:] = [socket, socket.connect_to_server()]

    page.route_web_socket("**/channels?**", connect)
    open_page(page, kit, "03_respond")
    cut = True
    for end in both_ends:
        end.close()
    other = context.new_page()
    open_page(other, kit, "03_respond")
    other.close()
    cut = False
    expect(page.locator(RAN_TWICE)).to_be_visible(timeout=2 * PATIENCE)
    wait_until_run(page)
    choose(page, "A concern")


def choose(page: Page, choice: str) -> None:
    """Answer the form, and see that it has heard."""
    answer(page, "What do they say?", choice)
    expect(page.get_by_role("heading", name=HEARD[choice])).to_be_visible()
