"""What an operator sets: read once, every mistake reported at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

PREFIX = "GYEOT_"


class SettingsError(Exception):
    """The settings cannot be used; the message lists every mistake with its remedy."""


class Settings(BaseModel):
    """Every setting: `GYEOT_` and its name in capitals is the variable.

    Attributes:
        data: The folder for the SQLite files, attachments and the master key.
        database_url: `sqlite:///…` or `postgresql://…`; empty: `gyeot.db` in `data`.
        keys_url: Where wrapped keys are kept; empty: beside the database, apart from it.
        key_file: The master key; empty: `master.key` in `data`.
        redis_url: The bell between processes; without it they look every half second.
        public_url: Our web address as people's phones see it, for links.
        telegram_token: From BotFather; without it there is no Telegram.
        telegram_api: Another Bot API server, such as the stand-in.
        telegram_webhook_secret: With it updates come to `POST /hooks/telegram`; without it
            they are asked for.
        kakao_secret: What the fixed header `X-Gyeot-Secret` must carry; without it there is no
            Kakao.
        kakao_bot_id: The id of the bot in Kakao's admin pages.
        kakao_callback_base: Where callbacks go beside Kakao itself: the stand-in only.
        kakao_image_hosts: Hosts with photos beside Kakao's own: the stand-in only.
        mail_server: `host:port` that takes our mail, for paging who is on call; empty for none.
        mail_from: The sender of that mail.
        flood_control: Keep to Telegram's sending limits; off only against the stand-in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    database_url: str = ""
    keys_url: str = ""
    key_file: Path | None = None
    redis_url: str | None = None
    public_url: str = ""
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr | None = Field(default=None, min_length=16, max_length=256)
    kakao_secret: SecretStr | None = Field(default=None, min_length=16)
    kakao_bot_id: str = ""
    kakao_callback_base: str | None = None
    kakao_image_hosts: tuple[str, ...] = ()
    flood_control: bool = True
    mail_server: str = Field(default="", pattern=r"^$|^[\w.-]+(:\d{1,5})?$")
    mail_from: str = "gyeot@localhost"
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    TUPLES: ClassVar[frozenset[str]] = frozenset({"kakao_image_hosts"})

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{(self.data / 'gyeot.db').absolute()}"

    @property
    def master_key(self) -> Path:
        """The file of the master key."""
        return self.key_file or self.data / "master.key"

    @property
    def files(self) -> Path:
        """The folder of sealed attachments."""
        return self.data / "files"

    @property
    def address(self) -> str:
        """Our web address for links."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def read_settings(environment: Mapping[str, str], given: Mapping[str, Any]) -> Settings:
    """Read the variables, then what the command line gives.

    Raises:
        SettingsError: with every unknown, missing or wrong setting.
    """
    written: dict[str, Any] = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX)
    }
    for name in Settings.TUPLES & written.keys():
        written[name] = tuple(filter(None, written[name].split(",")))
    try:
        return Settings(**(written | {k: v for k, v in given.items() if v is not None}))
    except ValidationError as error:
        raise SettingsError("\n".join(map(_mistake, error.errors()))) from None


def _mistake(error: Any) -> str:  # noqa: ANN401  # pydantic's own type is private in part
    name = PREFIX + "_".join(str(part) for part in error["loc"]).upper()
    if error["type"] == "extra_forbidden":
        known = ", ".join(PREFIX + field.upper() for field in Settings.model_fields)
        return f"{name}: there is no such setting; known are {known}"
    return f"{name}: {error['msg']}"
