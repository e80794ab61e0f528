/** One line of the transcript: whose, what, and how far it has come. */

import { memo } from "react";
import { timeOfDay } from "../clock";
import type { Entry, Row, Staff } from "../contract";
import { useSpoken } from "../context";
import { plainName } from "../safe";
import { worded } from "../notes";
import { Delivery } from "./Delivery";
import { Files } from "./Files";
import { Said } from "./Said";
import { Versions } from "./Versions";

interface Shown {
  entry: Entry;
  row: Row;
  /** The first of several by the same author carries the name. */
  named: boolean;
  collects: boolean;
  staff: Staff;
}

export const EntryView = memo(function EntryView({ entry, row, named, collects, staff }: Shown) {
  const { words, language } = useSpoken();
  if (entry.kind === "note") return <Note entry={entry} />;
  if (entry.kind === "internal" || entry.kind === "whisper") return <StaffNote entry={entry} />;
  return (
    <article className={`entry ${entry.from}`} id={`entry-${row.id}-${entry.seq}`} tabIndex={-1}>
      {named && <p className="entry-author"><Voice entry={entry} row={row} staff={staff} /></p>}
      <div className="bubble">
        {entry.edits !== null && <Edits seq={entry.edits} row={row} />}
        {entry.text && <Said text={entry.text} />}
        {entry.kind === "unreadable" && <p className="faint">{words.work.lostEntry}</p>}
        <Files files={entry.files} />
        {entry.choices.length > 0 && <Choices labels={entry.choices} />}
        <Versions versions={entry.versions} />
      </div>
      <p className="entry-foot">
        <time dateTime={entry.at}>{timeOfDay(entry.at, language)}</time>
        <Delivery entry={entry} row={row} collects={collects} />
      </p>
    </article>
  );
}, sameEntry);

/** What the house noted for counselors. */
function Note({ entry }: { entry: Entry }) {
  const { words, language } = useSpoken();
  return (
    <p className="note" title={words.note}>
      <span className="hidden">{words.note}: </span>
      <span dir="auto">{worded(entry.text, words)}</span>
      <time dateTime={entry.at}>{timeOfDay(entry.at, language)}</time>
    </p>
  );
}

/** What a colleague wrote for staff. */
function StaffNote({ entry }: { entry: Entry }) {
  const { words, language } = useSpoken();
  const kind = entry.kind === "whisper" ? words.work.whisper : words.work.internal;
  return (
    <aside className="staff-note" aria-label={kind}>
      <p className="entry-author">{kind} · <bdi>{plainName(entry.sender ?? "")}</bdi> · <time dateTime={entry.at}>{timeOfDay(entry.at, language)}</time></p>
      <Said text={entry.text} />
    </aside>
  );
}

function Voice({ entry, row, staff }: { entry: Entry; row: Row; staff: Staff }) {
  const { words } = useSpoken();
  if (entry.from === "person") return <bdi>{plainName(row.handle)}</bdi>;
  if (entry.from !== "counselor" || !entry.sender) return words.author[entry.from];
  const me = entry.sender.includes(staff.pseudonym) ? ` (${words.me})` : "";
  return <><bdi>{plainName(entry.sender)}</bdi>{me}</>;
}

function Edits({ seq, row }: { seq: number; row: Row }) {
  const { words } = useSpoken();
  function go(): void {
    const original = document.getElementById(`entry-${row.id}-${seq}`);
    original?.scrollIntoView({ block: "center" });
    original?.focus();
  }
  return (
    <p className="entry-edits">{words.editsEarlier}{" "}
      <button type="button" className="link" onClick={go}>{words.goToOriginal}</button></p>
  );
}

function Choices({ labels }: { labels: string[] }) {
  const { words } = useSpoken();
  return (
    <ul className="choices" aria-label={words.offered}>
      {labels.map((label, n) => <li key={n} dir="auto">{label}</li>)}
    </ul>
  );
}

function sameEntry(before: Shown, now: Shown): boolean {
  return before.entry === now.entry && before.named === now.named && before.collects === now.collects &&
    before.row.handle === now.row.handle && before.row.status === now.row.status && before.staff === now.staff;
}
