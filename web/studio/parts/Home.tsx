/** The overview: drafts, versions and what may be done with each, and who did what. */

import { useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Compared, DraftInfo, Overview, Version } from "../contract";
import { Ask } from "./Ask";
import { Changes } from "./Changes";
import { HouseSettings } from "./HouseSettings";
import { Moving } from "./Moving";

export function Home() {
  const { words } = useSpoken();
  const overview = useStudioState((state) => state.overview);
  if (!overview) return <main className="empty"><p role="status">{words.loading}</p></main>;
  return (
    <main className="home">
      {overview.old.length > 0 && <p className="warn">{words.oldFacts(overview.old.length)}</p>}
      <Drafts overview={overview} />
      <Versions overview={overview} />
      <Book overview={overview} />
      <HouseSettings />
    </main>
  );
}

function Drafts({ overview }: { overview: Overview }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const [asks, setAsks] = useState(false);
  const open = overview.drafts.filter((draft) => draft.status === "open");
  return (
    <section aria-labelledby="drafts-title">
      <div className="head">
        <h2 id="drafts-title">{words.drafts}</h2>
        <button type="button" className="button primary" onClick={() => setAsks(true)}>{words.newDraft}</button>
      </div>
      {open.length === 0 && <p className="faint">{words.noDrafts}</p>}
      <ul className="cards">{open.map((draft) => <DraftCard key={draft.id} draft={draft} />)}</ul>
      {asks && (
        <Ask title={words.newDraft} label={words.draftTitle} onCancel={() => setAsks(false)}
          onDone={(text) => { setAsks(false); void studio.newDraft(text, overview.current); }} />
      )}
    </section>
  );
}

function DraftCard({ draft }: { draft: DraftInfo }) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  async function drop(): Promise<void> {
    await studio.try(() => studio.api.drop(draft.id));
    await studio.refresh();
  }
  return (
    <li className="card">
      <h3>{draft.title}</h3>
      <p className="faint">{words.base(draft.base)} · {words.changedBy(draft.changed_by, when(draft.changed_at, language))}</p>
      <p className="row">
        <button type="button" className="button" aria-label={`${words.openDraft}: ${draft.title}`} onClick={() => void studio.openDraft(draft.id)}>{words.openDraft}</button>
        <button type="button" className="button quiet" aria-label={`${words.dropDraft}: ${draft.title}`} onClick={() => void drop()}>{words.dropDraft}</button>
      </p>
    </li>
  );
}

function Versions({ overview }: { overview: Overview }) {
  const { words } = useSpoken();
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{words.versions}</h2>
      <ul className="cards">
        {overview.versions.map((version) => <VersionCard key={version.number} version={version} overview={overview} />)}
      </ul>
    </section>
  );
}

function VersionCard({ version, overview }: { version: Version; overview: Overview }) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  const [asks, setAsks] = useState("");
  const [found, setFound] = useState<Compared | null>(null);
  const goal = overview.moves[String(version.number)];
  async function act(reason: string): Promise<void> {
    await studio.try(() => studio.api.deed(version.number, asks, { reason }));
    await done();
  }
  async function done(): Promise<void> {
    setAsks("");
    await studio.refresh();
  }
  const compared = async (): Promise<void> =>
    setFound(await studio.try(() => studio.api.compare(overview.current, version.number)));
  return (
    <li className="card">
      <h3>
        {words.versionOf(version.number)}{" "}
        <span className={`badge ${version.status}`}>{version.current ? words.current : (words.status[version.status] ?? version.status)}</span>
      </h3>
      <p className="faint">{words.changedBy(version.author, when(version.at, language))}{goal ? ` · → ${words.versionOf(goal)}` : ""}</p>
      {version.reason && <p>{version.reason}</p>}
      <p className="row">
        {deeds(version).map(([deed, label]) => (
          <button key={deed} type="button" className={`button${deed === "withdraw" ? " grave" : ""}`}
            aria-label={`${words[label]}: ${words.versionOf(version.number)}`} onClick={() => setAsks(deed)}>{words[label]}</button>
        ))}
        {!version.current && (
          <button type="button" className="button quiet" aria-label={`${words.compare}: ${words.versionOf(version.number)}`} onClick={() => void compared()}>{words.compare}</button>
        )}
      </p>
      {found && <Changes found={found} />}
      {asks === "move" && <Moving from={version.number} to={overview.current} onDone={() => void done()} />}
      {asks && asks !== "move" && (
        <Ask title={`${words[deeds(version).find(([deed]) => deed === asks)?.[1] ?? "doIt"]}: ${words.versionOf(version.number)}`}
          label={words.reason} grave={asks === "withdraw"} onCancel={() => setAsks("")} onDone={(reason) => void act(reason)} />
      )}
    </li>
  );
}

type DeedWord = "publish" | "refuse" | "rollBack" | "withdraw" | "review" | "moveTalks";

function deeds(version: Version): [string, DeedWord][] {
  if (version.status === "proposed") return [["publish", "publish"], ["refuse", "refuse"]];
  if (version.status === "withdrawn") return [["review", "review"], ["roll_back", "rollBack"]];
  if (version.status !== "published") return [];
  if (version.current) return [["withdraw", "withdraw"]];
  return [["roll_back", "rollBack"], ["move", "moveTalks"], ["withdraw", "withdraw"]];
}

function Book({ overview }: { overview: Overview }) {
  const { words, language } = useSpoken();
  return (
    <section aria-labelledby="book-title">
      <h2 id="book-title">{words.book}</h2>
      <ol className="book">
        {overview.book.map((act) => (
          <li key={act.id}>
            <span className="faint">{when(act.at, language)}</span> <strong>{words.act[act.act] ?? act.act}</strong>{" "}
            {words.versionOf(act.version)} · {act.author}{act.reason ? ` · ${act.reason}` : ""}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function when(at: string, language: string): string {
  return new Date(at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
}
