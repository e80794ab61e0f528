"""Two counselors, a supervisor and people who need them, each in a browser of her own."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.desk.conftest import Arrival, Seat
from tests.browser.desk.place import Desk, House, arrived, person


async def opens(desk: Desk, window: str) -> None:
    await desk.page.locator(f'[data-opens="{window}"]').click()
    await desk.page.locator("dialog").wait_for()


async def unfolds(desk: Desk, words: str) -> None:
    await desk.page.locator(".card summary", has_text=words).click()


async def test_a_talk_goes_from_hand_to_hand_and_she_is_told_by_whom(
    desk: Desk, seat: Seat, arrives: Arrival, artifacts: Path
) -> None:
    other, chief = await seat("haneul"), await seat("sup")
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await desk.says("안녕하세요. 여기 있어요.")
    await she.hears("여기 있어요", sender="counselor")

    await chief.chooses(conversation)
    await chief.page.locator('[data-does="note"]').click()
    await chief.page.locator(".note-form textarea").fill("천천히 물어봐 주세요")
    await chief.page.locator(".note-form button[type=submit]").click()
    await expect(desk.page.locator(".staff-note")).to_contain_text("천천히 물어봐 주세요")

    await unfolds(desk, "넘기기")
    form = desk.page.locator(".hand-back details[open] form")
    await form.locator("select").focus()
    receiver = form.locator("option", has_text="상담사 하늘")
    await expect(receiver).to_have_count(1)
    await form.locator("select").select_option(await receiver.get_attribute("value"))
    await form.locator("textarea").fill("집 앞 이야기를 하던 중이에요")
    await form.get_by_role("button", name="넘기기").click()

    await expect(other.row(conversation)).to_contain_text("상담사 하늘")  # it has moved to hers
    await other.chooses(conversation)
    await expect(other.page.locator(".staff-note").last).to_contain_text("집 앞 이야기")
    await other.says("이어서 들을게요")
    await she.hears("이어서 들을게요", sender="counselor")
    await she.hears("하늘 님이 이어서 함께 이야기해요")
    await expect(desk.box).to_have_count(0)

    await chief.page.locator(".talk-head").get_by_role("button", name="넘겨받기").click()
    await chief.box.wait_for()
    await she.hears("솔 님이 이어서 함께 이야기해요")
    await expect(other.box).to_have_count(0)
    await chief.page.screenshot(path=artifacts / "desk-together.png")


async def test_she_is_seen_writing_and_a_draft_is_there_in_a_second_tab(
    desk: Desk, seat: Seat, arrives: Arrival
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await she.socket.send_json({"t": "typing"})
    await expect(desk.page.locator(".typing")).to_have_text("입력하고 있습니다…")

    await desk.box.fill("쓰다 만 글")
    await desk.page.wait_for_timeout(1200)
    second = await seat()
    await second.chooses(conversation)

    await expect(second.box).to_have_value("쓰다 만 글")


async def test_a_closed_window_lets_her_wait_for_another_counselor(
    seat: Seat, arrives: Arrival
) -> None:
    watcher, leaver = await seat("byeol"), await seat("haneul")
    _, conversation = await arrives(watcher)
    await leaver.takes(conversation)

    await leaver.page.context.close()

    back = watcher.row(conversation).filter(has_text="상담사를 다시 기다림")
    await expect(back).to_be_visible(timeout=60_000)
    await watcher.takes(conversation)
    await expect(watcher.said.filter(has_text="다른 상담사에게 다시 알렸어요")).to_be_visible()


async def test_what_was_learned_is_confirmed_by_her_on_the_web_page(
    desk: Desk, arrives: Arrival
) -> None:
    she, conversation = await arrives(desk)
    await desk.takes(conversation)
    await unfolds(desk, "봇에게 돌려주기")
    proposal = desk.page.locator(".proposal")
    await proposal.locator("select").last.select_option("called_name")
    await proposal.locator("input").fill("김하늘")
    await desk.page.get_by_role("button", name="돌려주기", exact=True).click()

    asked = await she.hears("적어 두자고 해요", label="네, 적어 주세요")
    assert "김하늘" not in asked["text"]
    await she.presses("네, 적어 주세요")
    await she.hears("적어 두었어요")
    await expect(desk.page.locator(".card .fields")).to_contain_text("●●●●●")


async def test_raising_is_free_and_lowering_takes_two(
    desk: Desk, seat: Seat, arrives: Arrival
) -> None:
    chief = await seat("sup")
    _, conversation = await arrives(desk)
    await desk.takes(conversation)
    await unfolds(desk, "긴급도 바꾸기")
    form = desk.page.locator(".card details[open] form")
    await form.locator("select").select_option("1")
    await form.locator("input").fill("목소리가 떨림")
    await form.get_by_role("button", name="올리기").click()
    await expect(desk.page.locator(".talk-head .urgency")).to_have_text("R1 오늘")

    await form.locator("select").select_option("3")
    await form.locator("input").fill("안전한 곳에 있음")
    await form.get_by_role("button", name="낮추자고 요청").click()
    await opens(chief, "tasks")
    await expect(chief.page.locator(".tasks")).to_contain_text("낮추자는 요청")
    await (
        chief.page.locator(".tasks li")
        .filter(has_text="낮추자는")
        .get_by_role("button", name="대화 열기")
        .first.click()
    )
    await chief.page.get_by_role("button", name="낮추기", exact=True).click()

    await expect(desk.page.locator(".talk-head .urgency")).to_have_text("R3 지원")


async def test_the_wall_counts_and_sounds_the_alarm(
    desk: Desk, seat: Seat, house: House, artifacts: Path
) -> None:
    chief = await seat("sup")
    before = await desk.ids()
    async with person(house) as she:
        await she.presses("아니요, 위험해요")
        await arrived(desk, before)
        await opens(chief, "wall")

        await expect(chief.page.locator(".figures")).to_contain_text("기다림")
        await expect(chief.page.locator(".by-urgency")).to_contain_text("R0 지금")
        await chief.page.screenshot(path=artifacts / "desk-wall.png")
