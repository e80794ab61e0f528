/** In which order people are seen to, and which entries belong together: pure rules. */

import type { Entry, Row, Staff } from "./contract";

export type Group = "waiting" | "mine" | "bot" | "others" | "closed";

const GROUPS: readonly Group[] = ["waiting", "mine", "bot", "others", "closed"];

/** The queue as it is read: groups in order, each by urgency and then by waiting time. */
export function grouped(rows: readonly Row[], staff: Staff): { group: Group; rows: Row[] }[] {
  const sorted = [...rows].sort(firstServed);
  return GROUPS.map((group) => ({
    group,
    rows: sorted.filter((row) => groupOf(row, staff) === group),
  })).filter((part) => part.rows.length > 0);
}

/** Danger now first; then who is due first, so that nobody waits for ever; then who wrote last. */
export function firstServed(a: Row, b: Row): number {
  return (
    Number(a.urgency > 0) - Number(b.urgency > 0) ||
    compared(a.due ?? a.waiting_since ?? NEVER, b.due ?? b.waiting_since ?? NEVER) ||
    a.urgency - b.urgency ||
    compared(b.last_at, a.last_at) ||
    compared(a.id, b.id)
  );
}

const NEVER = "9999";

/** Times of one form and ids compare by their characters. */
function compared(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Someone in danger now belongs to the waiting, even while the bot still speaks with her. */
function groupOf(row: Row, staff: Staff): Group {
  if (row.status === "live") return isMine(row, staff) ? "mine" : "others";
  if (row.status === "bot" && row.urgency === 0) return "waiting";
  return row.status;
}

/** May this counselor speak in it? The server decides again at every message. */
export function isMine(row: Row, staff: Staff): boolean {
  if (row.status !== "live" || !row.counselor) return false;
  if (staff.id !== undefined) return row.counselor.id === staff.id;
  return row.counselor.pseudonym === staff.pseudonym;
}

/** An answer that was asked for before we took or released must not turn the clock back. */
export function fresher(known: Row | undefined, told: Row): Row {
  return known && known.epoch > told.epoch ? known : told;
}

/** The transcript with what is new and what has changed, in order, each entry once. */
export function merged(
  entries: readonly Entry[],
  fresh: readonly Entry[],
  changed: readonly Entry[],
): Entry[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  for (const entry of [...changed, ...fresh]) bySeq.set(entry.seq, entry);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export function lastSeq(entries: readonly Entry[]): number {
  return entries.at(-1)?.seq ?? 0;
}
