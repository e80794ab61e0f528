"""Her own things on her page: behind her word, and gone from the page when she leaves."""

from pathlib import Path

from playwright.async_api import Page, expect

SAID = "집 앞 골목에 서 있었음"
WORD = "달빛 자전거"


async def opened(chat: Page) -> None:
    await chat.locator(".plus").click()
    await chat.get_by_role("button", name="내 기록과 계획").click()
    await chat.get_by_role("button", name="암호말이 아직 없어요").click()
    await chat.locator("#own input").fill(WORD)
    await chat.get_by_role("button", name="이 말로 정하고 열기").click()


async def noted(chat: Page) -> None:
    await chat.get_by_role("button", name="있었던 일 적기").click()
    await chat.get_by_label("있었던 일", exact=True).fill(SAID)
    await chat.get_by_label("접근금지 같은 조치를 어겼어요").check()
    await chat.get_by_role("button", name="적어 두기").click()
    await expect(chat.locator(".own-card")).to_contain_text(SAID)


async def test_she_notes_what_happened_and_takes_a_copy(chat: Page, tmp_path: Path) -> None:
    await opened(chat)
    await noted(chat)

    await chat.get_by_role("button", name="흐름", exact=True).click()
    await expect(chat.locator("#own")).to_contain_text("조치 위반")
    await chat.get_by_role("button", name="계획", exact=True).click()
    await chat.get_by_role("button", name="내 계획에 넣기").first.click()
    await expect(chat.get_by_role("heading", name="내 계획")).to_be_visible()
    async with chat.expect_download() as waited:
        await chat.get_by_role("button", name="기록 PDF").click()
    copy = await waited.value

    assert copy.suggested_filename == "notes.pdf"
    path = tmp_path / "copy"
    await copy.save_as(path)
    assert path.read_bytes().startswith(b"%PDF")


async def test_closed_it_asks_for_her_word_again(chat: Page) -> None:
    await chat.locator(".plus").click()
    await chat.get_by_role("button", name="내 기록과 계획").click()
    await chat.locator("#own input").fill("틀린 말")
    await chat.get_by_role("button", name="열기", exact=True).click()

    await expect(chat.locator("#own [role=alert]")).to_contain_text("열 수 없어요")
    await chat.locator("#own").get_by_role("button", name="닫기").click()

    assert WORD not in await chat.content()
    assert SAID not in await chat.content()


async def test_leaving_leaves_nothing_of_it(chat: Page) -> None:
    await opened(chat)
    await noted(chat)

    await chat.locator("a.exit").click()
    await chat.wait_for_url("https://www.weather.go.kr/**")
    await chat.go_back()

    assert SAID not in await chat.content()
