"""What the studio can do, by route."""

import asyncio

from aiohttp import web

from bot.console.gate import Caller, Gate
from bot.studio import settings, shapes
from bot.studio.counting import SPANS, over_days
from bot.studio.drafting import Drafting, Saved
from bot.studio.proving import proved
from bot.studio.releasing import Releasing
from bot.studio.routes import Json, Routes, number, words
from bot.studio.wrong import Wrong
from bot.versions import Versions
from flows.bundle import Sources, compile_sources
from flows.diff import difference
from flows.editing import Edit
from flows.trying import Trial, dialogue_of, tried
from storage import drafts, flow_versions, publications, saved, whereabouts
from storage.database import Database
from storage.drafts import Draft, NoDraftError
from storage.publications import Deed
from storage.types import moment

Parts = dict[str, str]
ACTS = ("publish", "refuse", "roll_back", "review", "withdraw", "move")


class Studio:
    """The admins' routes."""

    def __init__(self, database: Database, versions: Versions) -> None:
        """Work on the scripts of a running house."""
        self._database = database
        self._versions = versions
        self._drafting = Drafting(database)
        self._releasing = Releasing(database, versions)

    def add_routes(self, app: web.Application, gate: Gate) -> None:
        """Add every route of the studio."""
        routes = Routes(app, gate, self._database)
        routes.get("overview", self._overview)
        routes.get("versions/{version}", self._version)
        routes.get("versions/{version}/watch", self._watch)
        routes.get("compare/{old}/{new}", self._compare)
        routes.post("drafts", self._begin, "draft begun")
        routes.get("drafts/{draft}", self._open)
        routes.post("drafts/{draft}/edit", self._edit, "draft changed")
        routes.post("drafts/{draft}/write", self._write, "draft changed")
        routes.post("drafts/{draft}/drop", self._drop, "draft dropped")
        routes.get("drafts/{draft}/check", self._check)
        routes.get("drafts/{draft}/changes", self._changes)
        routes.post("drafts/{draft}/try", self._try)
        routes.post("drafts/{draft}/dialogue", self._keep_dialogue, "dialogue kept")
        routes.post("drafts/{draft}/propose", self._propose, "version proposed")
        for act in ACTS:
            routes.post(f"versions/{{version}}/{act}", _Deeds(self._releasing, act), act)
        routes.post("dialogues/{name}/drop", self._drop_dialogue, "dialogue dropped")
        routes.get("settings", self._settings)
        routes.post("settings/{name}", self._set, "setting changed")

    # -- reading --------------------------------------------------------------------------

    async def _overview(self, _caller: Caller, _body: Json, _parts: Parts) -> Json:
        now = await publications.standing(self._database)
        today = moment(self._database.clock()).date()
        kept = await flow_versions.all_of(self._database)
        sources = self._versions.sources(now.current)
        return {
            "current": now.current,
            "versions": [shapes.version(one, now.current) for one in kept],
            "moves": {str(version): move.goal for version, move in now.moves.items()},
            "drafts": [shapes.draft(one) for one in await drafts.unfinished(self._database)],
            "book": [shapes.act(one) for one in await publications.book(self._database)],
            "dialogues": [one.name for one in await saved.dialogues(self._database)],
            "old": await asyncio.to_thread(shapes.old_facts, sources, today),
            "limits": shapes.LIMITS,
        }

    async def _version(self, _caller: Caller, _body: Json, parts: Parts) -> Json:
        sources = await self._releasing.sources(number(parts["version"]))
        return await asyncio.to_thread(shapes.model, sources)

    async def _watch(self, _caller: Caller, body: Json, parts: Parts) -> Json:
        days = number(body.get("days") or 0)
        if days not in SPANS:
            raise Wrong("7일, 30일이나 처음부터만 셀 수 있어요. Count 7 days, 30 or all of them.")
        places = await whereabouts.of_version(self._database, number(parts["version"]))
        return {"steps": over_days(places, self._database.clock(), days)}

    async def _compare(self, _caller: Caller, _body: Json, parts: Parts) -> Json:
        return await self._releasing.compare(number(parts["old"]), number(parts["new"]))

    # -- drafts ---------------------------------------------------------------------------

    async def _begin(self, caller: Caller, body: Json, _parts: Parts) -> Json:
        base = number(body.get("base") or self._versions.newest)
        sources = await self._releasing.sources(base)
        files = {**sources.scripts, **sources.directory}
        title = words(body, "title", 80)
        return shapes.draft(await drafts.begin(self._database, title, base, files, caller.name))

    async def _open(self, _caller: Caller, _body: Json, parts: Parts) -> Json:
        draft = await self._draft(parts)
        model = await asyncio.to_thread(shapes.model, await self._drafting.sources(draft))
        return {"draft": shapes.draft(draft)} | model

    async def _edit(self, caller: Caller, body: Json, parts: Parts) -> Json:
        draft, wanted = await self._draft(parts), body.get("edit")
        if not isinstance(wanted, dict) or not isinstance(wanted.get("path"), list):
            raise Wrong("무엇을 바꿀지 알 수 없어요. It is not clear what to change.")
        path = tuple(part if isinstance(part, int) else str(part) for part in wanted["path"])
        act = wanted.get("act")
        if act not in {"set", "remove", "insert", "move", "add", "rename", "duplicate"}:
            raise Wrong("그런 변경은 없어요. There is no such change.")
        edit = Edit(str(wanted.get("file")), act, path, wanted.get("value"))
        revision = number(body.get("revision"))
        return await self._saved(await self._drafting.edit(draft.id, revision, edit, caller.name))

    async def _write(self, caller: Caller, body: Json, parts: Parts) -> Json:
        draft, files = await self._draft(parts), body.get("files")
        if not isinstance(files, dict):
            raise Wrong("파일이 없어요. There are no files.")
        texts = {_file_name(name): _storable(str(text)) for name, text in files.items()}
        revision = number(body.get("revision"))
        return await self._saved(
            await self._drafting.write(draft.id, revision, texts, caller.name)
        )

    async def _saved(self, done: Saved) -> Json:
        model = await asyncio.to_thread(shapes.model, await self._drafting.sources(done.draft))
        return {"draft": shapes.draft(done.draft), "merged_with": done.merged_with} | model

    async def _drop(self, _caller: Caller, _body: Json, parts: Parts) -> Json:
        draft = await self._draft(parts)
        await drafts.settle(self._database, draft.id, drafts.DONE, draft.version)
        return {}

    async def _check(self, _caller: Caller, _body: Json, parts: Parts) -> Json:
        sources = await self._sources(parts)
        return await asyncio.to_thread(proved, sources, await saved.dialogues(self._database))

    async def _changes(self, _caller: Caller, _body: Json, parts: Parts) -> Json:
        draft = await self._draft(parts)
        old, new = await self._drafting.base(draft), await self._drafting.sources(draft)
        found = await asyncio.to_thread(difference, old, new)
        return {
            "changes": [
                {"about": one.about, "place": one.place, "ko": one.ko, "en": one.en}
                for one in found
            ]
        }

    async def _propose(self, caller: Caller, body: Json, parts: Parts) -> Json:
        draft, reason = await self._draft(parts), words(body, "reason")
        sources = await self._drafting.sources(draft)
        version = await self._releasing.propose(sources, caller.name, reason)
        await drafts.settle(self._database, draft.id, drafts.PROPOSED, version)
        return {"version": version}

    # -- trying ---------------------------------------------------------------------------

    async def _try(self, _caller: Caller, body: Json, parts: Parts) -> Json:
        trial = Trial.model_validate(body)
        flow = await asyncio.to_thread(compile_sources, await self._sources(parts))
        turns, player = await asyncio.to_thread(tried, flow, trial)
        return {
            "turns": [shapes.turn(one) for one in turns],
            "stands": shapes.stands(player),
            "not_yet": flow.phrases.texts["not_yet"][trial.language].fill(
                lambda name: flow.facts.get(name, "")
            )
            if trial.language in flow.phrases.texts["not_yet"]
            else "",
        }

    async def _keep_dialogue(self, caller: Caller, body: Json, parts: Parts) -> Json:
        title = words(body, "title", 80)
        trial = Trial.model_validate(body.get("trial"))
        if trial.start is not None:
            raise Wrong("처음부터 해 본 대화만 저장돼요. Only talks from the beginning are kept.")
        flow = await asyncio.to_thread(compile_sources, await self._sources(parts))
        text = await asyncio.to_thread(dialogue_of, flow, trial, title)
        await saved.keep_dialogue(self._database, title, text, caller.name)
        return {"name": title, "text": text}

    async def _drop_dialogue(self, caller: Caller, _body: Json, parts: Parts) -> Json:
        await saved.keep_dialogue(self._database, parts["name"], "", caller.name)
        return {}

    # -- settings -------------------------------------------------------------------------

    async def _settings(self, _caller: Caller, _body: Json, _parts: Parts) -> Json:
        return await settings.shown(self._database)

    async def _set(self, caller: Caller, body: Json, parts: Parts) -> Json:
        await settings.keep(self._database, parts["name"], body.get("value"), caller.name)
        return {}

    # -- helpers --------------------------------------------------------------------------

    async def _draft(self, parts: Parts) -> Draft:
        draft = await drafts.find(self._database, number(parts["draft"]))
        if draft is None:
            raise NoDraftError("there is no such draft")
        return draft

    async def _sources(self, parts: Parts) -> Sources:
        return await self._drafting.sources(await self._draft(parts))


class _Deeds:
    """One act on a version, as a route."""

    def __init__(self, releasing: Releasing, act: str) -> None:
        self._releasing = releasing
        self._act = act

    async def __call__(self, caller: Caller, body: Json, parts: Parts) -> Json:
        deed = Deed(number(parts["version"]), caller.name, words(body, "reason"))
        steps = {str(old): str(new) for old, new in dict(body.get("steps") or {}).items()}
        match self._act:
            case "move":
                await self._releasing.move(deed, number(body.get("goal")), steps)
            case "withdraw":
                await self._releasing.withdraw(deed, steps)
            case "publish":
                await self._releasing.publish(deed)
            case "refuse":
                await self._releasing.refuse(deed)
            case "roll_back":
                await self._releasing.roll_back(deed)
            case "review":
                await self._releasing.review(deed)
            case _:
                raise Wrong("그런 일은 없어요. There is no such act.")
        return {}


def _storable(text: str) -> str:
    """Return a text that every database can keep; the checks then refuse what is strange in it."""
    plain = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _file_name(name: object) -> str:
    text = str(name)
    if not text.endswith(".yaml") or not text.replace("_", "").replace(".yaml", "").isalnum():
        raise Wrong("파일 이름은 `이름.yaml` 꼴이에요. A file is called `name.yaml`.")
    return text[:60]
