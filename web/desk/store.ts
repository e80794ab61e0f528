/** What the desk knows at this moment, and how its parts hear that it changed. */

import type { Canned, Colleague, Conversation, HandOverList, Row, Staff, Task } from "./contract";

/** `live` the socket is up, `polling` it is not but the server answers, `down` nobody answers. */
export type Line = "live" | "polling" | "down";

/** A message of ours on its way: `sending` until stored, `refused` when the server said no. */
export interface Pending {
  id: string;
  text: string;
  at: string;
  state: "sending" | "again" | "stored" | "refused";
  reason: string;
  seq: number;
  /** Whose word it was when it was written: a later takeover refuses it. */
  epoch?: number | null;
}

/** A conversation that is open on this desk. */
export interface Talk {
  conversation: Conversation | null;
  trouble: string | null;
  pending: Pending[];
  draft: string;
  /** When she was last seen writing, by our clock. */
  typing: number;
  /** Quick replies in her language. */
  replies: Canned[] | null;
  /** The server asks for a reason before it opens this one. */
  sealed: boolean;
}

export interface Notice {
  id: number;
  grave: boolean;
  text: string;
}

export interface DeskState {
  /** undefined: not asked yet; null: nobody. */
  staff: Staff | null | undefined;
  expired: boolean;
  /** null until the first queue has come. */
  rows: Row[] | null;
  /** Why the server gives no queue at all: a role that may not see it. */
  barred: string;
  /** Server clock minus ours, in milliseconds. */
  shift: number;
  line: Line;
  open: string[];
  active: string | null;
  split: boolean;
  card: boolean;
  talks: Record<string, Talk>;
  canned: Canned[];
  notices: Notice[];
  people: Colleague[];
  tasks: Task[];
  /** Hand-over lists that I gave or was given, the newest first. */
  lists: HandOverList[];
}

export const EMPTY: DeskState = {
  staff: undefined,
  expired: false,
  rows: null,
  barred: "",
  shift: 0,
  line: "polling",
  open: [],
  active: null,
  split: false,
  card: window.matchMedia("(min-width: 68.01rem)").matches,
  talks: {},
  canned: [],
  notices: [],
  people: [],
  tasks: [],
  lists: [],
};

export const NEW_TALK: Talk = {
  conversation: null, trouble: null, pending: [], draft: "", typing: 0, replies: null, sealed: false,
};

/** A value that can be watched. */
export class Store<S extends object> {
  #state: S;
  readonly #watchers = new Set<() => void>();

  constructor(state: S) {
    this.#state = state;
  }

  get = (): S => this.#state;

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  change(patch: Partial<S>): void {
    this.#state = { ...this.#state, ...patch };
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Change one open conversation; one that was closed meanwhile stays closed. */
export function changeTalk(
  store: Store<DeskState>,
  id: string,
  patch: (talk: Talk) => Partial<Talk>,
): void {
  const { talks } = store.get();
  const talk = talks[id];
  if (talk) store.change({ talks: { ...talks, [id]: { ...talk, ...patch(talk) } } });
}
