/** Who waits, who is spoken with, in the order in which people are to be seen to. */

import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Row, Staff } from "../contract";
import { useDesk, useDeskState, useWords } from "../context";
import { grouped } from "../order";
import type { Words } from "../words/ko";
import { QueueRow } from "./QueueRow";

export function Queue({ staff }: { staff: Staff }) {
  const words = useWords();
  const rows = useDeskState((state) => state.rows);
  const barred = useDeskState((state) => state.barred);
  const [search, setSearch] = useState("");
  const parts = useMemo(() => {
    const found = (rows ?? []).filter((row) => matches(row, search, words));
    return grouped(found, staff);
  }, [rows, search, staff, words]);
  return (
    <nav className="queue" aria-label={words.queue}>
      <div className="queue-search">
        <input type="search" data-place="search" value={search} placeholder={words.search}
          aria-label={words.search} aria-keyshortcuts="/" onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} />
      </div>
      {!rows && <p className="empty" role={barred ? "alert" : undefined}>{barred || words.loading}</p>}
      {rows?.length === 0 && <div className="empty"><p className="empty-title">{words.queueEmpty}</p><p>{words.queueEmptyHint}</p></div>}
      {rows && rows.length > 0 && parts.length === 0 && (
        <div className="empty">
          <p>{words.nothingFound}</p>
          <button type="button" className="button" onClick={() => setSearch("")}>{words.clearSearch}</button>
        </div>
      )}
      <Groups parts={parts} />
    </nav>
  );
}

/** One stop for the Tab key; the arrow keys move inside. */
function Groups({ parts }: { parts: ReturnType<typeof grouped> }) {
  const desk = useDesk();
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  const active = useDeskState((state) => state.active);
  const [at, setAt] = useState<string | null>(null);
  const ids = useMemo(() => parts.flatMap((part) => part.rows.map((row) => row.id)), [parts]);
  const stop = [at, active].find((id) => id !== null && ids.includes(id)) ?? ids[0];

  function pressed(event: KeyboardEvent): void {
    const next = ids[nextIndex(event.key, ids.indexOf(stop ?? ""), ids.length)];
    if (!next) return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(next)}"]`)?.focus();
  }

  return (
    <div className="queue-list" ref={list} onKeyDown={pressed}>
      {parts.map(({ group, rows }) => (
        <section key={group} aria-label={words.groups[group]}>
          <h2 className="queue-group">{words.groups[group]} <span>{rows.length}</span></h2>
          <ul>
            {rows.map((row) => (
              <QueueRow key={row.id} row={row} active={row.id === active} stop={row.id === stop}
                onFocus={setAt} onOpen={desk.open} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Where an arrow key leads, or -1. */
function nextIndex(key: string, at: number, length: number): number {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: length - 1 }[key] ?? -1;
  return to < length ? to : -1;
}

function matches(row: Row, search: string, words: Words): boolean {
  const looked = search.trim().toLowerCase();
  if (!looked) return true;
  const said = [row.handle, words.channel[row.channel] ?? row.channel, words.urgency[row.urgency],
    row.counselor?.pseudonym ?? "", row.for ?? "", ...row.because, ...(row.because_en ?? [])];
  return said.join(" ").toLowerCase().includes(looked);
}
