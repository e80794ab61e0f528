/** The list of cases beside the one that is open; on a phone one of the two. */

import { useState } from "react";
import { useFetched, usePlace, useSaid } from "../context";
import type { CaseList, CaseRow } from "../contract";
import { CaseView } from "./CaseView";
import { Urgency } from "./Urgency";

export function Cases({ id }: { id: string }) {
  const { words } = usePlace();
  const [list, again] = useFetched<CaseList>("cases");
  const [sought, setSought] = useState("");
  const rows = list ? ordered(list.rows).filter((row) => fits(row, sought, words)) : [];
  return (
    <div className={`two${id ? " open" : ""}`}>
      <section className="list" aria-label={words.list}>
        <input type="search" className="search" placeholder={words.search} aria-label={words.search}
          value={sought} onChange={(event) => setSought(event.target.value)} />
        <Crossing list={list} />
        <Stale />
        {!list && <p className="empty">{words.loading}</p>}
        {list?.rows.length === 0 && <div className="empty"><p className="empty-title">{words.noCases}</p><p>{words.noCasesHint}</p></div>}
        <ul>{rows.map((row) => <li key={row.id}><Row row={row} here={row.id === id} /></li>)}</ul>
      </section>
      <main className="whole">
        {id ? <CaseView key={id} id={id} onChanged={again} />
          : <div className="empty"><p className="empty-title">{words.choose}</p><p>{words.chooseHint}</p></div>}
      </main>
    </div>
  );
}

function Row({ row, here }: { row: CaseRow; here: boolean }) {
  const { words } = usePlace();
  return (
    <a href={`#/case/${row.id}`} className={`row${here ? " here" : ""}`} aria-current={here ? "true" : undefined}>
      <span className="row-top">
        <Urgency level={row.urgency} />
        <strong><bdi>{row.handle}</bdi></strong>
        <span className={`chip ${row.status}`}>{words.status[row.status] ?? row.status}</span>
      </span>
      <span className="row-why">
        {row.why?.length ? row.why.map((why) => words.why[why] ?? why).join(" · ") : words.door[row.door]}
      </span>
      <span className="faint">{row.members?.join(", ")}</span>
    </a>
  );
}

/** What nobody has checked for long may be wrong by now. */
function Stale() {
  const { words, directory } = usePlace();
  const said = useSaid();
  if (!directory.stale.length) return null;
  return <p className="note warn">{words.stale(directory.stale.map(said).join(", "))}</p>;
}

function Crossing({ list }: { list: CaseList | null }) {
  const { words } = usePlace();
  if (!list?.crossing.length) return null;
  const handles = new Map(list.rows.map((row) => [row.id, row.handle]));
  return (
    <div className="note warn">
      <p>{words.crossing}</p>
      <ul>
        {list.crossing.map(([one, other]) => (
          <li key={one + other}>
            <a href={`#/case/${one}`}>{handles.get(one) ?? one}</a> ↔ <a href={`#/case/${other}`}>{handles.get(other) ?? other}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What asks for somebody first, then by urgency; closed cases last. */
function ordered(rows: readonly CaseRow[]): CaseRow[] {
  const weight = (row: CaseRow) => (row.status === "closed" ? 100 : 0) + (row.why?.length ? 0 : 10) + row.urgency;
  return [...rows].sort((one, other) => weight(one) - weight(other));
}

function fits(row: CaseRow, sought: string, words: ReturnType<typeof usePlace>["words"]): boolean {
  const told = [row.handle, words.status[row.status], words.door[row.door], ...(row.why ?? []).map((why) => words.why[why])];
  return told.join(" ").toLowerCase().includes(sought.trim().toLowerCase());
}
