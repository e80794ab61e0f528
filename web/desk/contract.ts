/** The words that desk and server exchange: one type for each shape of the contract. */

export type Status = "bot" | "waiting" | "live" | "closed";

/** 0 now, 1 today, 2 soon, 3 support, 4 not known yet. */
export type Urgency = 0 | 1 | 2 | 3 | 4;

export type Author = "person" | "bot" | "counselor" | "system";

/** The counselor who is signed in; `csrf` goes with every POST. */
export interface Staff {
  id?: number;
  name: string;
  role: string;
  pseudonym: string;
  csrf: string;
}

/** One conversation as the queue shows it: nothing in it says who she is. */
export interface Row {
  id: string;
  channel: string;
  language: string;
  status: Status;
  urgency: Urgency;
  because: string[];
  waiting_since: string | null;
  last_at: string;
  counselor: { id: number; pseudonym: string } | null;
  epoch: number;
  unread: number;
  handle: string;
}

export interface Queue {
  now: string;
  rows: Row[];
}

export interface FileLink {
  n: number;
  kind: string;
  name: string;
  mime: string;
  size: number;
  /** `wanted`: still being fetched; `refused`: not taken, for this reason. */
  status?: "wanted" | "kept" | "refused";
  reason?: string | null;
  url: string;
}

/** One line of the transcript; `delivery` tells how far an outgoing one has come. */
export interface Entry {
  seq: number;
  from: Author;
  /** `note`: of the house, for counselors only; she never sees it. */
  kind?: string;
  sender: string | null;
  text: string;
  choices: string[];
  files: FileLink[];
  at: string;
  edits: number | null;
  versions: { text: string; at: string }[];
  delivery: "ready" | "sending" | "sent" | "dead" | null;
  reason: string | null;
  /** Held by her rules of safe contact: until then, or `she writes`. */
  held_until?: string | null;
  ambiguous: boolean;
}

export interface Field {
  title: string;
  value: string;
  private: boolean;
}

export interface Answer extends Field {
  name: string;
}

export interface Application {
  receipt_tail: string;
  status: string;
  submitted_at: string | null;
  fields: Field[];
}

/** A conversation as a counselor needs it beside the chat. */
export interface Conversation {
  row: Row;
  entries: Entry[];
  answers: Answer[];
  risk: { urgency: Urgency; because: string[]; provisional: boolean };
  application: Application | null;
  steps: { step: string; title: string }[];
  after_counsel: string;
  collects: boolean;
  step_title: string;
  flow_version: number;
  /** Another device gave the right code and word and waits to be let in. */
  joining?: boolean;
}

/** What came after `seq`, and older entries whose delivery or text has changed. */
export interface News {
  row: Row;
  entries: Entry[];
  changed: Entry[];
}

export interface Canned {
  title: string;
  text: string;
}

/** What the server calls out over the socket; conversation "0" means: look at all of them. */
export type Call = { t: "changed"; conversation: string } | { t: "queue" };
