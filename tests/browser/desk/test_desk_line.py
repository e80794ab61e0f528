"""The desk goes on without its socket and over a restart of the server."""

import time
from pathlib import Path

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.browser.desk.conftest import Arrival, Seat
from tests.browser.desk.place import Desk, House, person

POLL_S = 4.0


async def test_without_a_socket_the_desk_says_so_and_looks_every_two_seconds(
    seat: Seat, arrives: Arrival
) -> None:
    desk = await seat(name="")
    await desk.page.route_web_socket("**/desk/socket", _refuse)
    await desk.signs_in()
    line = desk.page.locator(".line")

    await expect(line).to_have_text("연결이 끊겨 2초마다 새로 확인합니다")
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await she.says("여보세요")
    await expect(desk.hears("여보세요")).to_be_visible(timeout=15_000)
    start = time.monotonic()
    await she.says("들리나요")
    await expect(desk.hears("들리나요")).to_be_visible(timeout=15_000)

    assert time.monotonic() - start < POLL_S


async def test_a_cut_socket_comes_back_and_nothing_is_missing(
    seat: Seat, arrives: Arrival
) -> None:
    desk = await seat(name="")
    sockets: list[WebSocketRoute] = []
    await desk.page.route_web_socket("**/desk/socket", lambda it: _pass_on(it, sockets))
    await desk.signs_in()
    she, conversation = await arrives(desk)
    await desk.takes(conversation)

    for n in range(3):
        await sockets[-1].close()
        await she.says(f"끊긴 사이에 {n}")
    await expect(desk.hears("끊긴 사이에 2")).to_be_visible(timeout=15_000)

    await expect(desk.page.locator(".line")).to_have_text("실시간 연결됨")
    for n in range(3):
        await expect(desk.said.filter(has_text=f"끊긴 사이에 {n}")).to_have_count(1)


@pytest.mark.timeout(300)  # two starts of the house
async def test_the_desk_goes_on_when_the_server_was_killed(seat: Seat, tmp_path: Path) -> None:
    house = House(tmp_path)
    house.start()
    try:
        await _talk_over_a_kill(await seat(name=""), house)
    finally:
        house.stop()


async def _talk_over_a_kill(desk: Desk, house: House) -> None:
    desk.house = house
    await desk.signs_in()
    async with person(house) as she:
        await she.says("상담사")
        row = desk.page.locator(".row", has_text="상담사와 이야기하고 싶다고 함")
        await row.click()
        await desk.page.locator('.talk.active [data-does="take"]').click()
        await desk.box.wait_for()
        house.kill()
    await desk.says("서버가 죽은 사이에 쓴 말")
    await expect(desk.page.locator(".line")).to_contain_text("닿지 않습니다")

    house.start()

    await desk.page.locator("#name").wait_for(timeout=30_000)  # a restarted demo has new passwords
    await desk.signs_in()
    await expect(desk.page.locator(".pending")).to_have_count(0, timeout=30_000)
    await expect(desk.said.filter(has_text="서버가 죽은 사이에 쓴 말")).to_have_count(1)
    await expect(desk.page.locator(".line")).to_have_text("실시간 연결됨", timeout=30_000)


async def test_a_role_that_reads_no_conversation_has_an_office_of_its_own(seat: Seat) -> None:
    desk = await seat("admin")

    await expect(desk.page.locator(".office")).to_contain_text("상담 시간")
    await expect(desk.page.locator(".queue")).to_have_count(0)


async def _refuse(route: WebSocketRoute) -> None:
    await route.close()


def _pass_on(route: WebSocketRoute, sockets: list[WebSocketRoute]) -> None:
    route.connect_to_server()
    sockets.append(route)
