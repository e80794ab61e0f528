"""The whole desk of one process: its routes, its board, its sockets and its keeper."""

from collections.abc import AsyncIterator

from aiohttp import web

from bot.console.acting import Acting
from bot.console.board import Board
from bot.console.conflicting import Conflicting
from bot.console.gate import Gate
from bot.console.handing import Handing
from bot.console.keeper import Keeper
from bot.console.looking import Looking
from bot.console.paging import Mail, Paging
from bot.console.reaching import Reaching
from bot.console.reading import Reading
from bot.console.replies import Replies
from bot.console.shifting import Shifting
from bot.console.staffing import Staffing
from bot.console.tools import Tools
from bot.console.working import Working
from bot.house import House


def add_desk(app: web.Application, house: House) -> Tools:
    """Add the desk to an application; what runs beside it starts with the server."""
    gate = Gate(house.database, secure=house.settings.address.startswith("https:"))
    gate.add_routes(app)
    board = Board(house.database, house.versions, house.service)
    tools = Tools(house.database, house.versions, house.doors, gate, board)
    for rooms in (
        Reading(tools),
        Acting(tools),
        Handing(tools),
        Replies(tools),
        Working(tools),
        Looking(tools),
        Staffing(tools),
        Shifting(tools),
        Conflicting(tools),
        Reaching(tools),
    ):
        rooms.add_routes(app)
    app.router.add_get("/desk/socket", tools.live.__call__)
    settings = house.settings
    paging = Paging(house.database, board, Mail(settings.mail_server, settings.mail_from))
    keeper = Keeper(house.database, tools.passing, tools.live.tasks)

    async def begin(_app: web.Application) -> AsyncIterator[None]:
        house.watch.forever("board", board.run)
        house.watch.forever("sockets", tools.live.watch_over)
        house.watch.forever("keeper", keeper.keep)
        house.watch.forever("paging", paging.watch)
        yield

    app.cleanup_ctx.append(begin)
    return tools
