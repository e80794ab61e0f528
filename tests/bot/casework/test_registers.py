"""What the law wants to be shown, what a download leaves behind, and what a case leaves."""

import csv
import io
from datetime import datetime

import pytest

from bot.casework.csv_cells import as_csv
from bot.casework.times import SEOUL
from storage import audit
from tests.bot.casework.acting import applies, opens
from tests.bot.town import Town


async def test_consents_provisions_and_destructions_are_shown_to_an_auditor(town: Town) -> None:
    she = await applies(town)
    async with (
        town.desk() as desk,
        town.desk("supervisor") as supervisor,
        town.desk("auditor") as auditor,
    ):
        case = await opens(desk, she.conversation)
        await case.sent("legal")
        path = f"/cases/api/cases/{case.case}/destroy"
        assert (await supervisor.call("POST", path, {"reason": "짧"}))[0] == 400
        status, body = await supervisor.call("POST", path, {"reason": "본인이 원함"})
        assert (status, body) == (200, {"destroyed": True})
        assert (await desk.call("GET", f"/cases/api/cases/{case.case}"))[0] == 404
        _, registers = await auditor.call("GET", "/cases/api/registers")

    gone = registers["destructions"][0]
    assert gone["why"] == "본인이 원함"
    assert gone["proven_at"]
    assert registers["provisions"][0]["recipient"] == "법률지원단"
    assert registers["provisions"][0]["basis"] == "consent"
    assert "canary" not in str(registers)


async def test_a_download_needs_a_reason_which_is_written_down(town: Town) -> None:
    await applies(town)
    async with town.desk("supervisor") as desk:
        refused, _ = await desk.call("POST", "/cases/api/export", {"reason": ""})
        status, raw = await desk.call("POST", "/cases/api/export", {"reason": "월간 점검에 씀"})

    assert (refused, status) == (400, 200)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][0] == "case"
    assert "canary" not in raw.decode()
    lines = await audit.lines(town.house.database)
    downloads = [line for line in lines if line.action == "case: download list"]
    assert downloads[0].detail.endswith("월간 점검에 씀")


async def test_a_month_of_the_access_log_is_reviewed_and_that_is_noted(town: Town) -> None:
    she = await applies(town)
    month = datetime.now(SEOUL).strftime("%Y-%m")
    async with town.desk() as desk, town.desk("auditor") as auditor:
        await opens(desk, she.conversation)
        path = f"/cases/api/review/{month}"
        assert (await auditor.call("POST", path, {"reason": "이상한 열람 없음"}))[0] == 200
        status, seen = await auditor.call("GET", path)
        wrong, _ = await auditor.call("GET", "/cases/api/review/2026-13")

    assert (status, wrong) == (200, 400)
    mine = next(one for one in seen["staff"] if one["who"] == "상담사 counselor")
    assert mine["files"] >= 1
    assert mine["acts"]["case: open"] >= 1
    assert seen["reviews"][0]["detail"] == f"{month} 이상한 열람 없음"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x")'],
)
def test_a_cell_that_is_a_formula_is_plain_text(cell: str) -> None:
    ((read,),) = csv.reader(io.StringIO(as_csv([cell], [])))
    (_, (written,)) = csv.reader(io.StringIO(as_csv(["header"], [[cell]])))

    assert written == f"'{cell}".replace("\r", "\r")
    assert read == cell


def test_an_ordinary_cell_stays_as_it_is() -> None:
    for cell in ("", "법률 지원", "a=b", "3-1", "그분's"):
        (_, (written,)) = csv.reader(io.StringIO(as_csv(["header"], [[cell]])))
        assert written == cell
