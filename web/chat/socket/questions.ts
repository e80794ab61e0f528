/** Knows which question is open, and folds one that is shown again into its first showing. */

import type { Choice, Entry } from "../talk";

/** The data of a button is `<question>:<choice>`; these end a question with several answers, or turn its page. */
export const DONE = ":=";
const MORE = ":+";

/** What has to change on the screen. */
export interface Change {
  put: Entry[];
  drop: string[];
}

export class Questions {
  private open: Entry | null = null;
  /** What came after the open question, oldest first. */
  private since: Entry[] = [];

  /** Take one entry that is new in the talk; `hold`: more switches are on their way. */
  take(entry: Entry, hold: boolean): Change {
    if (!entry.rows.length && !entry.fixed.length) {
      this.since.push(entry);
      return { put: [entry], drop: [] };
    }
    return this.foldable(entry) ? this.fold(entry, hold) : this.ask(entry);
  }

  /** Mark what was pressed; one of several is only switched. */
  press(entry: Entry, choice: Choice): Entry {
    const next = { ...entry };
    if (isOneOfSeveral(entry, choice)) {
      next.rows = entry.rows.map((row) =>
        row.map((it) => (it.data === choice.data ? { ...it, on: !it.on } : it)),
      );
    } else if (entry.rows.flat().includes(choice)) {
      next.chosen = choice.data;
      next.live = false;
    }
    this.renew(next);
    return next;
  }

  /** A press was refused: the question is as open as before. */
  reopen(): Entry[] {
    if (!this.open) return [];
    this.renew({ ...this.open, live: true, chosen: null });
    return [this.open];
  }

  clear(): void {
    this.open = null;
    this.since = [];
  }

  private renew(entry: Entry): void {
    if (this.open?.key === entry.key) this.open = entry;
  }

  private ask(entry: Entry): Change {
    const closed = this.open ? [{ ...this.open, live: false }] : [];
    this.open = { ...entry, live: true };
    this.since = [];
    return { put: [...closed, this.open], drop: [] };
  }

  /** The same question with several answers, and only taps in between. */
  private foldable(entry: Entry): boolean {
    const open = this.open;
    if (!open || !isSeveral(open) || questionOf(open) !== questionOf(entry)) return false;
    const labels = new Set(open.rows.flat().map((it) => it.label));
    return this.since.every((it) => it.from === "person" && labels.has(it.text));
  }

  private fold(entry: Entry, hold: boolean): Change {
    const open = this.open ?? entry;
    const rows = hold && sameButtons(open, entry) ? open.rows : entry.rows;
    const drop = this.since.map((it) => it.key);
    this.since = [];
    this.open = { ...open, rows, fixed: entry.fixed, live: true, chosen: null };
    return { put: [this.open], drop };
  }
}

/** Whether a press only switches a choice, so that no bubble has to tell of it. */
export function isOneOfSeveral(entry: Entry, choice: Choice): boolean {
  const other = choice.data.endsWith(DONE) || choice.data.endsWith(MORE);
  return !other && isSeveral(entry) && entry.rows.flat().includes(choice);
}

function sameButtons(one: Entry, two: Entry): boolean {
  const names = (entry: Entry): string => entry.rows.flat().map((it) => it.data).join("\n");
  return names(one) === names(two);
}

function isSeveral(entry: Entry): boolean {
  return entry.rows.flat().some((it) => it.data.endsWith(DONE));
}

function questionOf(entry: Entry): string {
  return (entry.rows[0]?.[0]?.data ?? "").split(":", 1)[0] ?? "";
}
