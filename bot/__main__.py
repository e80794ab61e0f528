"""The command line."""

import getpass
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot import serving
from bot.settings import Settings, SettingsError, read_settings
from flows.bundle import shipped, with_file, with_start
from flows.checks import check as check_sources
from flows.reading import ScriptError
from flows.triage.lines import judge_lines
from storage.errors import StorageError

T = TypeVar("T")
app = typer.Typer(
    help="Gyeot (곁): the chat channel of one place of help.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
key = typer.Typer(help="The master key.", no_args_is_help=True)
staff = typer.Typer(help="Counselors, supervisors, admins, auditors.", no_args_is_help=True)
app.add_typer(key, name="key")
app.add_typer(staff, name="staff")
Data = Annotated[Path | None, typer.Option(help="Folder of database, key and files.")]
DatabaseUrl = Annotated[
    str | None, typer.Option("--database", help="sqlite:///… or postgresql://…")
]


def _settings(**given: Any) -> Settings:  # noqa: ANN401  # what the options hold
    try:
        return read_settings(os.environ, given)
    except SettingsError as error:
        _stop(f"The settings cannot be used:\n{error}")


def _stop(text: str, code: int = 2) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(code)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what an operator can mend becomes one clear text."""
    try:
        return serving.run(work)
    except StorageError as error:
        _stop(str(error))
    except ScriptError as error:
        _stop(f"The scripts cannot be used:\n{error}")
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@app.command()
def serve(  # noqa: PLR0913, PLR0917  # each is an option of the command line
    host: str | None = None,
    port: int | None = None,
    data: Data = None,
    database: DatabaseUrl = None,
    script: Annotated[Path | None, typer.Option(help="Opening script to use.")] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Benchmarks only.")] = False,  # noqa: FBT002  # a flag
    demo: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--demo", help="With stand-in phones and sign-ins.")
    ] = False,
) -> None:
    """Run the whole system."""
    settings = _settings(host=host, port=port, data=data, database_url=database)
    try:
        sources = shipped()
        if script:
            sources = with_start(sources, script.read_text("utf-8"), script.name)
    except (OSError, ScriptError) as error:
        _stop(f"{script}: {error}")
    _run(serving.serve(settings, sources, demo=demo, checked=not unchecked))


@app.command()
def standin(
    token: Annotated[list[str], typer.Option(help="A bot's token; may be given again.")],
    host: str = "127.0.0.1",
    port: int = 8081,
    no_flood_control: Annotated[bool, typer.Option("--no-flood-control")] = False,  # noqa: FBT002  # a flag
) -> None:
    """Run a local stand-in of the Telegram Bot API."""
    from adapters.telegram.standin.server import serve as serve_standin  # noqa: PLC0415  # only this command needs it

    typer.echo(f"http://{host}:{port}/bot{token[0]}/getMe")
    _run(serve_standin(host, port, token, flood_control=not no_flood_control))


@app.command()
def check(scripts: list[Path]) -> None:
    """Check scripts together with those we ship; every problem is listed."""
    sources = shipped()
    try:
        for script in scripts:
            sources = with_file(sources, script.read_text("utf-8"), script.name)
        problems = check_sources(sources)
    except OSError as error:
        _stop(str(error))
    except ScriptError as error:
        problems = error.problems
    names = {script.name for script in scripts}
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{', '.join(sorted(names))}: no problem found")


@app.command()
def play(script: Path, channel: str = "web", language: str = "ko") -> None:
    """Play a script in the terminal, by typing."""
    from bot.play import play as play_script  # noqa: PLC0415  # only this command needs it

    try:
        sources = with_start(shipped(), script.read_text("utf-8"), script.name)
        play_script(sources, channel, language)
    except (OSError, ScriptError) as error:
        _stop(str(error), 1)


@app.command()
def publish(  # noqa: PLR0913, PLR0917  # each is an option of the command line
    script: Annotated[
        str | None, typer.Argument(help="A file or a folder of scripts to propose.")
    ] = None,
    version: Annotated[int | None, typer.Option(help="Publish this proposed version.")] = None,
    name: Annotated[str, typer.Option("--as", help="The admin who does it.")] = "",
    reason: str = "",
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Propose scripts, or publish what another admin proposed; the password is asked for."""
    from bot.studio import terminal  # noqa: PLC0415  # only this command needs it

    settings = _settings(data=data, database_url=database)
    if not name or not reason or (script is None) == (version is None):
        _stop("give --as, --reason, and either scripts to propose or --version to publish")
    try:
        if script is not None:
            told = _run(terminal.propose(settings, script, name, reason))
        else:
            told = _run(terminal.publish(settings, version or 0, name, reason))
    except OSError as error:
        _stop(str(error))
    typer.echo(told)
    if told.startswith("not accepted"):
        raise typer.Exit(1)


@app.command()
def diff(old: str, new: str, data: Data = None, database: DatabaseUrl = None) -> None:
    """Say in plain words what is different: version numbers, files, folders, or `shipped`."""
    from bot.studio import terminal  # noqa: PLC0415  # only this command needs it

    numbers = old.isdigit() or new.isdigit()
    settings = _settings(data=data, database_url=database) if numbers else None
    try:
        changes = _run(terminal.compare(settings, old, new))
    except OSError as error:
        _stop(str(error))
    for change in changes:
        typer.echo(f"{change.about}: {change.place}: {change.en}")
    typer.echo(f"{len(changes)} differences")


@app.command()
def move(  # noqa: PLR0913, PLR0917  # each is an option of the command line
    old: int,
    new: int,
    name: Annotated[str, typer.Option("--as", help="The admin who does it.")],
    reason: Annotated[str, typer.Option(help="Kept in the book of publications.")],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Let the conversations of a version go on under another one with their next message."""
    from bot.studio import terminal  # noqa: PLC0415  # only this command needs it

    settings = _settings(data=data, database_url=database)
    typer.echo(_run(terminal.move(settings, (old, new), name, reason)))


@app.command()
def triage() -> None:
    """Judge free texts: JSON lines {id, text} on standard input."""
    for line in judge_lines(sys.stdin):
        typer.echo(line)


@app.command()
def migrate(data: Data = None, database: DatabaseUrl = None) -> None:
    """Bring the tables of a database up to date."""
    from bot import maintenance  # noqa: PLC0415  # only this command needs it

    typer.echo(_run(maintenance.migrate(_settings(data=data, database_url=database))))


@app.command()
def verify(data: Data = None, database: DatabaseUrl = None) -> None:
    """Check the invariants on a stopped or running system; exit 1 when one is broken."""
    from bot import maintenance  # noqa: PLC0415  # only this command needs it

    findings = _run(maintenance.verify(_settings(data=data, database_url=database)))
    for finding in findings:
        typer.echo(str(finding))
    typer.echo(f"{len(findings)} findings")
    if findings:
        raise typer.Exit(1)


@app.command()
def backup(target: Path, data: Data = None, database: DatabaseUrl = None) -> None:
    """Write a backup; keys go to a folder of their own inside it."""
    from bot import maintenance  # noqa: PLC0415  # only this command needs it

    typer.echo(_run(maintenance.backup(_settings(data=data, database_url=database), target)))


@app.command()
def restore(source: Path, data: Data = None, database: DatabaseUrl = None) -> None:
    """Restore a backup into an empty place."""
    from bot import maintenance  # noqa: PLC0415  # only this command needs it

    typer.echo(_run(maintenance.restore(_settings(data=data, database_url=database), source)))


@key.command("new")
def key_new(data: Data = None) -> None:
    """Make a master key; never over an old one."""
    from storage.master import MasterKey  # noqa: PLC0415  # only this command needs it

    path = _settings(data=data).master_key
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        MasterKey.create(path)
    except FileExistsError:
        _stop(f"{path} is there already; a new key would make everything unreadable", 1)
    typer.echo(f"{path}: keep a copy apart from the backups; without it nothing can be read")


@key.command("rotate")
def key_rotate(data: Data = None, database: DatabaseUrl = None) -> None:
    """Change the master key; stop the server before, start it after."""
    from bot import maintenance  # noqa: PLC0415  # only this command needs it

    settings = _settings(data=data, database_url=database)
    changed = _run(maintenance.rotate(settings))
    typer.echo(
        f"{settings.master_key}: changed, {changed} keys wrapped anew; keep a new copy apart"
    )


@staff.command("add")
def staff_add(
    name: str,
    role: Annotated[str, typer.Option(help="counselor, supervisor, admin or auditor")],
    pseudonym: str = "",
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Add an account; the password is asked for, or read from standard input."""
    password = (
        getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    )
    settings = _settings(data=data, database_url=database)
    typer.echo(_run(serving.add_staff(settings, name, role, password, pseudonym or name)))


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
