"""The whole job in a real browser: from a submitted application to a closed case."""

from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from tests.browser.cases.conftest import Holds, Sits
from tests.browser.cases.office import Office
from tests.browser.desk.place import Desk, House
from tests.personas.people import Person


async def test_from_a_submitted_application_to_a_closed_case(
    browser: Browser, house: House, holds: Holds, sits: Sits, artifacts: Path
) -> None:
    office = await sits()
    desk = Desk(office.page, house)
    await desk.opens()
    before = await desk.ids()
    she = await holds()
    await she.acts_out("apply-two-services-web", since="", until="", opened=True)
    receipt = await she.receipt()
    (conversation,) = await desk.ids() - before

    await _is_opened_at_the_desk(desk, conversation)
    await office.says("신청 내용")
    await office.photographed(artifacts / "cases-1-overview.png")
    await _services_are_given(office, browser, she, artifacts)
    await _she_asks(she, receipt)
    await _is_protected(office, artifacts)
    await _stays(office, artifacts)
    await _is_met_about(office, artifacts)
    await _is_closed(office, artifacts)


async def _is_opened_at_the_desk(desk: Desk, conversation: str) -> None:
    await desk.row(conversation).wait_for()
    await desk.chooses(conversation)
    card = desk.page.get_by_role("button", name="인계 카드 보기")
    if await card.count():
        await card.click()
    await desk.page.locator('[data-does="case"]').click()
    await desk.page.wait_for_url("**/cases#/case/*")


async def _services_are_given(
    office: Office, browser: Browser, she: Person, artifacts: Path
) -> None:
    await office.tab("지원 연계")
    counseling = office.part("심리 상담")
    legal = office.part("법률 지원")
    await office.presses("동의 받기", counseling)
    await expect(counseling.get_by_text("[제3자 제공 동의]")).to_be_visible()
    await office.photographed(artifacts / "cases-2-consent.png")
    await office.presses("동의를 기록", counseling)
    await office.presses("보내기", counseling)
    await office.photographed(artifacts / "cases-3-sent.png")
    await _agency_answers(browser, counseling, artifacts)
    await office.page.reload()
    await office.tab("지원 연계")
    await office.presses("약속 적기", counseling)
    await counseling.get_by_label("때", exact=True).fill("2027-01-11T10:00")
    await office.presses("저장", counseling)
    await expect(counseling.locator(".chip.appointed")).to_be_visible()

    await _she_agrees_in_her_chat(office, legal, she)
    await office.presses("보내기", legal)
    await office.presses("맡지 못함 (전화)", legal)
    await legal.get_by_label("까닭", exact=True).fill("이번 달은 자리가 없음")
    await office.presses("저장", legal)
    await expect(legal.locator(".chip.declined")).to_be_visible()
    await office.photographed(artifacts / "cases-4-answered.png")


async def _she_agrees_in_her_chat(office: Office, legal: Locator, she: Person) -> None:
    await office.presses("동의 받기", legal)
    await office.presses("그분의 채팅에서 단추로 여쭤보기", legal)
    await expect(legal.get_by_text("답을 기다립니다")).to_be_visible()
    await she.hears("[제3자 제공 동의]", "받는 곳")
    await she.presses("동의해요")
    await she.hears("[민감한 내용]")
    await she.presses("동의하지 않아요")
    await she.hears("동의하신 것을 적어 두었어요")
    await office.page.wait_for_timeout(1500)  # her tap is on its way for a second at most
    await office.page.reload()
    await office.tab("지원 연계")
    await expect(legal.get_by_text("채팅에서 단추로 동의")).to_be_visible()


async def _agency_answers(browser: Browser, counseling: Locator, artifacts: Path) -> None:
    url = await counseling.locator(".once-url").inner_text()
    pin = await counseling.locator(".pin").inner_text()
    context = await browser.new_context(locale="ko-KR", viewport={"width": 360, "height": 740})
    page = await context.new_page()
    await page.goto(url.strip())
    agency = Office(page, House.__new__(House))
    assert await agency.findings() == []
    await page.get_by_label("확인번호").fill("000000" if pin != "000000" else "111111")
    await page.get_by_role("button", name="열기").click()
    await expect(page.get_by_role("alert")).to_contain_text("맞지 않아요")
    await page.get_by_label("확인번호").fill(pin)
    await page.get_by_role("button", name="열기").click()
    await page.locator("h2", has_text="심리 상담").wait_for()
    assert "#" not in page.url
    await page.screenshot(path=artifacts / "cases-agency.png", full_page=True)
    assert await agency.findings() == []
    await page.get_by_role("button", name="맡겠습니다").click()
    await page.get_by_text("답을 받았습니다").wait_for()

    await page.goto("about:blank")
    await page.goto(url.strip())
    await page.get_by_label("확인번호").fill(pin)
    await page.get_by_role("button", name="열기").click()
    await expect(page.get_by_role("alert")).to_contain_text("이미 답하신 링크")
    await context.close()


async def _she_asks(she: Person, receipt: str) -> None:
    """She reads how far it is, in plain words, without an agency or a place."""
    await she.presses("처음 메뉴")
    await she.presses("내 신청 보기")
    await she.says(receipt)
    await she.says("초록 우산 일곱")
    said = await she.hears("심리 상담: 약속이 잡혔어요", "법률 지원: 다른 기관을 찾고 있어요")
    assert "한국상담심리학회" not in said


async def _is_protected(office: Office, artifacts: Path) -> None:
    await office.tab("보호")
    order = {"order": "provisional_2", "began": "2026-11-20"}
    await office.keeps("보호 조치", order)
    await office.says("마지막 날")
    await office.keeps("경찰 신고", {"number": "2026-001", "station": "시연 경찰서"})
    plan = {
        "trigger": "조치가 끝나는 날",
        "change": "연장을 미리 신청",
        "watches": "사례관리사",
        "review": "2027-01-20",
    }
    await office.keeps("재발방지 계획", plan)
    check_ins = office.part("안부 묻기")
    await check_ins.get_by_label("일주일 뒤").check()
    await office.presses("이때 여쭙기", check_ins)
    await expect(check_ins.locator(".chip")).to_have_count(1)
    await office.photographed(artifacts / "cases-5-protection.png")
    assert await office.findings() == []
    await office.tab("기록과 할 일")
    await office.says("연장을 신청할지")
    await office.photographed(artifacts / "cases-6-work.png")
    assert await office.findings() == []


async def _stays(office: Office, artifacts: Path) -> None:
    await office.tab("머물 곳·동행")
    stay = office.part("머물 곳").last
    await office.presses("자리 잡아 두기", stay)
    await office.presses("입소", stay)
    await expect(stay.locator(".chip.in")).to_be_visible()
    await office.keeps("빌려준 물건", {"item": "휴대전화", "tag": "P-01"})
    escorts = office.part("동행과 경호")
    await office.opens("요청 더하기", escorts)
    await escorts.get_by_label("부터", exact=True).fill("2026-12-01T09:00")
    await escorts.get_by_label("까지", exact=True).fill("2026-12-01T12:00")
    await escorts.get_by_label("어디서 어디로 (봉인됨)").fill("머무는 곳에서 법원까지")
    await office.presses("저장", escorts)
    await office.presses("사람 잡기", escorts)
    await expect(escorts.locator(".chip.booked")).to_be_visible()
    await office.photographed(artifacts / "cases-7-places.png")
    assert await office.findings() == []
    case = office.page.url.partition("#/")[2]
    await office.goes("places")
    await office.says("빈자리 4 / 5")
    await office.photographed(artifacts / "cases-8-board.png")
    assert await office.findings() == []
    await office.goes(case)


async def _is_met_about(office: Office, artifacts: Path) -> None:
    case = office.page.url.partition("#/")[2]
    handle = await office.page.locator(".case-title strong").inner_text()
    await office.goes("meetings")
    await office.opens("회의 잡기")
    await office.page.get_by_label("때", exact=True).fill("2026-12-03T14:00")
    await office.page.get_by_label("이름", exact=True).fill("담당 경찰관")
    await office.page.get_by_label("역할", exact=True).fill("경찰")
    await office.page.get_by_label("외부", exact=True).check()
    await office.page.locator("form").get_by_role("button", name="회의 잡기").click()
    await office.page.locator(".lines a").first.click()
    item = office.part(handle)
    await expect(item.get_by_text("기관이 맡지 못함")).to_be_visible()
    await item.get_by_label("나눈 말과 결정").fill("다른 법률 기관에 다시 묻기로 함")
    await item.get_by_label("결정한 할 일").fill("법률구조공단에 문의")
    await office.presses("저장", item)
    await office.says("결정: 법률구조공단에 문의")
    await office.photographed(artifacts / "cases-9-meeting.png")
    assert await office.findings() == []
    await office.goes(case)
    await office.tab("기록과 할 일")
    await office.says("법률구조공단에 문의")


async def _is_closed(office: Office, artifacts: Path) -> None:
    await office.presses("마치기")
    await office.page.locator(".case-head form").get_by_role("button", name="마치기").click()
    await office.says("먼저 마쳐 주세요")
    await office.photographed(artifacts / "cases-10-not-yet.png")

    await office.tab("지원 연계")
    counseling = office.part("심리 상담")
    await office.presses("지원함", counseling)
    await office.page.locator(".referral form").get_by_role("button", name="저장").click()
    await expect(counseling.locator(".chip.delivered")).to_be_visible()
    await office.tab("머물 곳·동행")
    await office.presses("퇴소", office.part("머물 곳").last)
    await office.presses("마침", office.part("동행과 경호"))
    await office.presses("돌려받음", office.part("빌려준 물건"))
    await expect(office.part("빌려준 물건").locator(".chip.back")).to_be_visible()
    await office.page.locator(".case-head form").get_by_role("button", name="마치기").click()
    await expect(office.page.locator(".case-head .chip.closed")).to_be_visible()
    await office.tab("동의와 열람")
    await office.photographed(artifacts / "cases-11-closed.png")
    assert await office.findings() == []
