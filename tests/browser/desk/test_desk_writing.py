"""Every composed message arrives exactly once; nothing that was written is lost."""

from playwright.async_api import Route, expect

from tests.browser.desk.conftest import Arrival
from tests.browser.desk.place import Desk

SAY = "**/desk/api/conversations/*/say"


async def test_enter_that_ends_a_hangul_syllable_does_not_send(
    desk: Desk, arrives: Arrival
) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    keyboard = await desk.page.context.new_cdp_session(desk.page)

    await desk.box.focus()
    composed = {"text": "괜찮", "selectionStart": 2, "selectionEnd": 2}
    await keyboard.send("Input.imeSetComposition", composed)
    await keyboard.send("Input.dispatchKeyEvent", _key("rawKeyDown", 229))
    await keyboard.send("Input.insertText", {"text": "괜찮"})
    await desk.page.keyboard.type("아요")

    await expect(desk.box).to_have_value("괜찮아요")
    await expect(desk.page.locator(".pending")).to_have_count(0)
    await desk.page.keyboard.press("Enter")
    await expect(desk.hears("괜찮아요")).to_be_visible(timeout=15_000)
    await expect(desk.box).to_have_value("")


async def test_shift_and_enter_make_a_new_line(desk: Desk, arrives: Arrival) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)

    await desk.box.focus()
    await desk.page.keyboard.type("첫 줄")
    await desk.page.keyboard.press("Shift+Enter")
    await desk.page.keyboard.type("둘째 줄")
    await desk.page.keyboard.press("Enter")

    await she.hears("첫 줄\n둘째 줄", sender="counselor")


async def test_a_message_whose_answer_was_lost_is_stored_once(
    desk: Desk, arrives: Arrival
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    lost = 0

    async def lose(route: Route) -> None:
        nonlocal lost
        await route.fetch()
        lost += 1
        await route.abort()

    await desk.page.route(SAY, lose, times=2)
    await desk.says("한 번만 보일 말")
    await desk.says("그다음 말")

    await expect(desk.said.filter(has_text="그다음 말")).to_have_count(1, timeout=20_000)
    await expect(desk.page.locator(".pending")).to_have_count(0)
    await expect(desk.said.filter(has_text="한 번만 보일 말")).to_have_count(1)
    await she.hears("그다음 말")
    heard = [one["text"] for one in she.heard if one["from"] == "counselor"]
    assert heard == ["한 번만 보일 말", "그다음 말"]
    assert lost == 2


async def test_what_cannot_be_sent_yet_says_so_and_goes_out_later(
    desk: Desk, arrives: Arrival
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.page.route(SAY, lambda route: route.abort())

    await desk.says("끊긴 사이에 쓴 말")
    await expect(desk.page.locator(".pending")).to_contain_text("다시 보내는 중")
    await desk.page.locator('.tab.active [data-does="shut"]').click()
    await expect(desk.page.locator(".notice.grave")).to_contain_text("치울 수 없습니다")
    await desk.page.unroute(SAY)

    await she.hears("끊긴 사이에 쓴 말", sender="counselor")


async def test_a_reload_keeps_what_was_written_and_sent(desk: Desk, arrives: Arrival) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.page.route(SAY, lambda route: route.abort())

    await desk.says("가는 중이던 말")
    await desk.box.fill("쓰던 글")
    await desk.page.unroute(SAY)
    await desk.page.reload()

    await expect(desk.box).to_have_value("쓰던 글")
    await she.hears("가는 중이던 말", sender="counselor")
    await expect(desk.said.filter(has_text="가는 중이던 말")).to_have_count(1)


async def test_signing_out_leaves_nothing_in_the_browser(desk: Desk, arrives: Arrival) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.box.fill("아무도 보면 안 되는 글")

    await desk.page.get_by_role("button", name="로그아웃").click()

    await desk.page.locator("#name").wait_for()
    kept = await desk.page.evaluate("() => JSON.stringify([sessionStorage, localStorage])")
    assert "아무도" not in kept
    assert conversation not in kept


async def test_a_session_that_ends_in_the_middle_keeps_the_draft(
    desk: Desk, arrives: Arrival
) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.box.fill("쓰던 글")

    await desk.page.context.clear_cookies()

    await expect(desk.page.locator(".door-note")).to_contain_text("쓰던 글은 남아", timeout=30_000)
    await desk.page.fill("#name", "byeol")
    await desk.page.fill("#password", desk.house.passwords["byeol"])
    await desk.page.keyboard.press("Enter")
    await expect(desk.box).to_have_value("쓰던 글")


async def test_a_quick_reply_is_found_by_typing(desk: Desk, arrives: Arrival) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)

    await desk.page.get_by_role("button", name="빠른 답").click()
    await desk.page.keyboard.type("112")
    await desk.page.keyboard.press("Enter")

    await expect(desk.box).to_be_focused()
    assert "112" in await desk.box.input_value()


async def test_a_refused_message_can_be_written_anew(desk: Desk, arrives: Arrival) -> None:
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    answer = '{"error": "text", "text": "보낼 수 없는 글이에요."}'
    await desk.page.route(SAY, lambda route: route.fulfill(status=400, body=answer), times=1)

    await desk.says("고쳐 쓸 말")
    await expect(desk.page.locator(".pending")).to_contain_text("보낼 수 없는 글이에요.")
    await desk.page.get_by_role("button", name="입력란으로 옮기기").click()

    await expect(desk.box).to_have_value("고쳐 쓸 말")
    await expect(desk.page.locator(".pending")).to_have_count(0)


def _key(kind: str, code: int) -> dict[str, str | int]:
    return {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
