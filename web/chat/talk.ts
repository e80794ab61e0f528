/** The words between the chat on the screen and whatever carries it: a socket, or a stand-in's phone. */

export type Author = "person" | "bot" | "counselor" | "system";

/** Something to tap: `data` goes back; with `path` it is a link; `on` is a chosen one of several. */
export interface Choice {
  label: string;
  data: string;
  on: boolean;
  path: string;
  /** Ends a question: stands out among the choices. */
  ends?: boolean;
}

/** A file in the talk; without `url` only its name is told. */
export interface Attached {
  kind: string;
  name: string;
  url?: string;
}

/** One bubble. It is put again, under the same key, whenever something about it changes. */
export interface Entry {
  key: string;
  /** Where it stands: entries are shown in this order. */
  order: number;
  from: Author;
  sender: string | null;
  title?: string;
  text: string;
  /** Short pairs below the text: a list card. */
  facts?: [string, string][];
  files: Attached[];
  rows: Choice[][];
  /** Ways out and quick replies: shown only while `live`. */
  fixed: Choice[];
  /** Whether its buttons may still be pressed. */
  live: boolean;
  /** The `data` that was pressed. */
  chosen: string | null;
  at: string;
  edited: boolean;
  state: "sent" | "sending" | "failed";
  /** What went wrong. */
  problem?: string;
  /** How much of a file has gone out, 0 to 1. */
  progress?: number;
}

export type Connection = "connecting" | "open" | "lost";

/** What the chat on the screen does when something happens. */
export interface Listener {
  put(entries: Entry[]): void;
  drop(keys: string[]): void;
  clear(): void;
  /** Everything was erased: leave nothing, and say so. */
  erased(): void;
  connection(state: Connection): void;
  /** Something to be told plainly, outside the talk. */
  notice(text: string): void;
  /** A text that could not be sent comes back into the box. */
  giveBack(text: string): void;
}

/** How a person's words travel. */
export interface Transport {
  begin(listener: Listener): void;
  say(text: string): void;
  press(entry: Entry, choice: Choice): void;
  send(file: File): void;
  /** Try a failed one again, or take it away. */
  again?(key: string): void;
  remove?(key: string): void;
  /** Change an own message, where the platform can. */
  edit?(entry: Entry, text: string): void;
  /** She is writing: who talks with her may know. */
  typing?(): void;
  end(): void;
}

/** An entry with nothing in it yet. */
export function blank(key: string, from: Author, text: string): Entry {
  return {
    key,
    order: 0,
    from,
    sender: null,
    text,
    files: [],
    rows: [],
    fixed: [],
    live: false,
    chosen: null,
    at: new Date().toISOString(),
    edited: false,
    state: "sent",
  };
}
