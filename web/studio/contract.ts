/** What the studio's routes answer. */

export type Text = Record<string, string>;
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Path = (string | number)[];

export interface Staff {
  name: string;
  role: string;
  pseudonym: string;
  csrf: string;
}

export interface Version {
  number: number;
  status: string;
  author: string;
  reason: string;
  at: string;
  current: boolean;
}

export interface DraftInfo {
  id: number;
  title: string;
  base: number;
  revision: number;
  status: string;
  version: number | null;
  author: string;
  changed_by: string;
  changed_at: string;
}

export interface Act {
  id: number;
  version: number;
  act: string;
  author: string;
  reason: string;
  at: string;
}

export interface Limit {
  text: number;
  label: number;
  bubbles: number;
}

export interface Overview {
  current: number;
  versions: Version[];
  moves: Record<string, number>;
  drafts: DraftInfo[];
  book: Act[];
  dialogues: string[];
  old: { file: string; id: string; days: number }[];
  limits: Record<string, Limit>;
}

export interface SourceFile {
  name: string;
  flow: string;
  kind: "flow" | "phrases" | "directory";
  text: string;
  content: Value;
  lines: Record<string, number>;
}

export interface Node {
  id: string;
  flow: string;
  step: string;
  file: string;
  line: number;
  row: number;
  column: number;
  kind: string;
  urgent: boolean;
  reached: boolean;
  title: Text;
}

export interface Edge {
  source: string;
  target: string;
  label: string;
  kind: string;
  missing: boolean;
}

export interface FlowInfo {
  flow: string;
  title: Text;
  file: string;
  start: string;
  provisional: boolean;
}

export interface Problem {
  file: string;
  line: number;
  place: string;
  reason: string;
  remedy: string;
}

export interface Model {
  start: string;
  languages: string[];
  files: SourceFile[];
  picture: { flows: FlowInfo[]; nodes: Node[]; edges: Edge[] };
  unread: Problem[];
}

export type OpenDraft = Model & { draft: DraftInfo; merged_with?: string };

export interface Replayed {
  name: string;
  title: string;
  ok: boolean;
  beat?: number;
  expected?: string;
  found?: string;
}

export interface Proof {
  ok: boolean;
  problems: Problem[];
  dialogues: Replayed[];
  ms: number;
}

export interface Change {
  about: string;
  place: string;
  ko: string;
  en: string;
}

export type Hidden = number | null;

export interface Compared {
  changes: Change[];
  people?: { open: Hidden; inside: Hidden };
}

/** Where people of a version stand, and where each step leads to in another. */
export interface Mapping {
  steps: { step: string; people: Hidden; to: string; gone: boolean }[];
  goals: string[];
}

export type Watch = Record<string, Record<string, Hidden>>;

export interface PhoneAct {
  kind: string;
  text?: string;
  data?: string;
  fault?: string;
}

export interface Trial {
  channel: string;
  language: string;
  start: string | null;
  acts: PhoneAct[];
}

/** A button as its channel shows it; pressing it says the whole `label`. */
export interface Tap {
  shown: string;
  label: string;
  data: string;
  on: boolean;
}

/** What a channel makes of one answer; `left` messages have no room in it and wait. */
export interface ChannelScreen {
  entries: { text: string; sender: string | null; rows: Tap[][]; fixed: Tap[] }[];
  left: number;
}

export interface TriedTurn {
  act: PhoneAct | null;
  screen: ChannelScreen;
  effects: string[];
  error: string;
  step: string;
  travels: "" | "late" | "arrives";
}

export interface Tried {
  turns: TriedTurn[];
  stands: {
    step: string;
    status: string;
    risk: number;
    because: string[];
    summoned: number | null;
    submitted: boolean;
    answers: Record<string, Value>;
    at: string;
  };
  not_yet: string;
}

export interface Edit {
  file: string;
  act: "set" | "remove" | "insert" | "move" | "add" | "rename" | "duplicate";
  path: Path;
  value?: Value;
}

export interface Settings {
  hours: { day: string; opens: string; closes: string }[] | null;
  canned: { title: string; text: string }[] | null;
}
