"""Everything for the public and of the duties, put into the application."""

from aiohttp import web

from bot.console.gate import Gate
from bot.duties.breaches import Breaches
from bot.duties.notices import Notices
from bot.duties.reviewing import LogReviews
from bot.education.desk import EducationDesk
from bot.education.door import EducationDoor
from bot.house import House
from bot.numbers.desk import NumbersDesk
from bot.numbers.public import PublicNumbers
from bot.site.routes import PublicPages
from bot.survey.answering import Survey
from bot.survey.desk import SurveyDesk


def add_public(app: web.Application, house: House) -> None:
    """Add the pages that anybody may open."""
    pages = PublicPages(house.database, house.versions, house.settings.address)
    pages.add_routes(app)
    PublicNumbers(house.database, pages).add_routes(app)
    EducationDoor(house.database, pages).add_routes(app)
    Survey(house.database, pages).add_routes(app)
    Notices(house.database, pages).add_routes(app)


def add_office(app: web.Application, house: House, gate: Gate) -> None:
    """Add what staff see of it."""
    NumbersDesk(house.database, house.versions, gate).add_routes(app)
    EducationDesk(house.database, gate).add_routes(app)
    SurveyDesk(house.database, gate).add_routes(app)
    LogReviews(house.database, gate).add_routes(app)
    Breaches(house.database, gate).add_routes(app)
