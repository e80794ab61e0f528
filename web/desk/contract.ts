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
  because_en?: string[];
  waiting_since: string | null;
  /** When she must not wait longer: whoever is due comes before those who came later. */
  due?: string | null;
  last_at: string;
  counselor: { id: number; pseudonym: string } | null;
  epoch: number;
  unread: number;
  handle: string;
  /** Another device gave the right code and word and waits to be let in. */
  joining?: boolean;
  /** The account's name or language changed (`profile`, `phone_language`): is it still she? */
  changed?: string[];
  /** What is kept of her was damaged and cannot be opened. */
  unreadable?: boolean;
  /** Her counselor was cut off or did not answer: she waits once more. */
  back?: boolean;
  /** For whom a handed-on conversation waits: a team, or `supervisor`. */
  for?: string;
  /** Somebody wants it less urgent; a supervisor decides. */
  lower?: { to: Urgency; by: string; why: string } | null;
  /** How she may be reached, in one line. */
  contact?: string;
  contact_en?: string;
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
  epoch?: number;
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
  title_en?: string;
  value: string;
  value_en?: string;
  private: boolean;
  /** It says how she may be reached safely. */
  contact?: boolean;
}

/** An answer that a counselor may propose for the application. */
export interface Proposable {
  name: string;
  title: string;
  title_en: string;
  several: boolean;
  options: { id: string; label: string; label_en: string }[];
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
  risk: { urgency: Urgency; because: string[]; because_en?: string[]; provisional: boolean };
  application: Application | null;
  steps: { step: string; title: string; title_en?: string }[];
  after_counsel: string;
  collects: boolean;
  step_title: string;
  step_title_en?: string;
  flow_version: number;
  /** Another device gave the right code and word and waits to be let in. */
  joining?: boolean;
  /** Talks with counselors before, the newest first. */
  earlier?: { by: string | null; from: string; to: string; count: number }[];
  /** Numbers she was told, and when last. */
  told?: { what: string; at: string }[];
  proposable?: Proposable[];
  /** When this was read: ask with it for what changed since. */
  at?: string;
  draft?: { text: string; at: string | null };
}

/** What came after `seq`, and older entries whose delivery or text has changed. */
export interface News {
  row: Row;
  entries: Entry[];
  changed: Entry[];
  /** When this was read: ask with it for what changed since. */
  at?: string;
}

export interface Canned {
  id?: number;
  title: string;
  title_en?: string;
  text: string;
  text_en?: string;
  /** Her language, when the text is not in it. */
  untranslated?: string;
}

/** Somebody at the desk. */
export interface Colleague {
  id: number;
  pseudonym: string;
  role: string;
  state: "here" | "pause";
  here: boolean;
  ready: boolean;
  team: string;
  capacity: number;
  talks: number;
}

/** Something to look after. */
export interface Task {
  id: string;
  conversation: string;
  handle: string;
  kind: string;
  role: string;
  at: string;
  due: string;
  urgency: Urgency;
  contact: string;
  contact_en: string;
  why: string;
  by: string;
}

/** The supervisor's figures of the moment. */
export interface Wall {
  now: string;
  waiting: number[];
  live: number;
  longest_since: string | null;
  people: Colleague[];
  free: number;
  taken: number;
  median_ms: number | null;
  slow_ms: number | null;
  alarms: string[];
  /** Planned, and not at the desk. */
  missing?: string[];
  open: boolean;
}

/** A planned shift; on call: paged instead of being at the desk. */
export interface PlannedShift {
  id: number;
  staff: number;
  pseudonym: string;
  begins: string;
  ends: string;
  on_call: boolean;
}

export interface Plan {
  shifts: PlannedShift[];
  people: { id: number; pseudonym: string }[];
}

/** The talks that one counselor signs over and another accepts. */
export interface HandOverList {
  id: string;
  giver: string;
  receiver: string;
  mine: boolean;
  status: "signed" | "accepted" | "refused" | "withdrawn";
  signed_at: string;
  ended_at: string | null;
  talks: { conversation: string; handle: string; urgency: Urgency; left: boolean }[];
}

export interface Found {
  found: { row: Row; seqs: number[] }[];
  within: number;
}

export interface Access {
  lines: AccessLine[];
  unusual: { why: string; who: string; count: number }[];
}

export interface AccessLine {
  at: string;
  who: string;
  action: string;
  whose: string;
  detail: string;
  night: boolean;
}

export interface Hours {
  week: Record<string, [string, string][]>;
  holidays: string[];
  on_call: { hook: string | null; mail: string[]; urgency: number };
}

export interface Account {
  id: number;
  name: string;
  pseudonym: string;
  role: string;
  second_factor: boolean;
}

/** What the server calls out over the socket; `look` means: look at everything again. */
export type Call =
  | { t: "changed"; conversation: string }
  | { t: "rows"; rows: Row[]; quiet?: [string, number, string][]; gone: string[] }
  | { t: "typing"; conversation: string }
  | { t: "tasks" }
  | { t: "look" };
