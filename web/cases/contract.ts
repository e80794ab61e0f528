/** What the server answers; ids are texts, times are ISO. */

export type Text = Record<string, string>;

export interface Staff {
  id: number;
  name: string;
  role: string;
  pseudonym: string;
  csrf: string;
}

export interface CaseRow {
  id: string;
  handle: string;
  door: string;
  status: string;
  urgency: number;
  opened_at: string;
  changed_at: string;
  closed_at: string | null;
  destroy_at: string | null;
  conversation: string | null;
  events: string[];
  why?: string[];
  members?: string[];
}

export interface CaseList {
  now: string;
  rows: CaseRow[];
  crossing: [string, string][];
}

export interface Answer {
  name: string;
  title: string;
  title_en: string;
  value: string;
  value_en: string;
  private: boolean;
}

export interface Referral {
  id: string;
  service: string;
  service_name: Text;
  agency: string;
  agency_name: Text;
  reach: Text;
  demo: boolean;
  status: string;
  events: string[];
  offered: { name: string; title: string; title_en: string; sensitive: boolean }[];
  words: Record<string, string[]>;
  body: {
    consent?: { how: string; channel?: string; items: string[]; sensitive: string[]; at: string };
    asked?: { at: string };
    appointment?: string;
    answers?: { event: string; text: string; by: string }[];
    withdrawn?: { before: string; recalled: string[] };
  };
  changed_at: string;
}

export interface CaseRecord {
  id: string;
  kind: string;
  status: string;
  fields: Record<string, unknown>;
  owner: number | null;
  owner_name: string;
  by: string;
  due: string | null;
  at: string;
  ref: string | null;
  events: string[];
  changes: { what: string; by: string; at: string; until?: string; before?: Record<string, string> }[];
}

export interface Stay {
  party: string;
  case: string;
  handle: string;
  facility: string;
  place: string | null;
  people: number;
  status: string;
  until: string | null;
  events: string[];
}

export interface Escort {
  id: string;
  agency: string;
  status: string;
  times: { from: string; to: string }[];
  way: string;
  guards: string[];
  events: string[];
}

export interface Whole {
  case: CaseRow;
  taken_by: string;
  how: string;
  police: Record<string, string>;
  note: string;
  /** Who called when it was not she herself; empty otherwise. */
  caller: string;
  receipt_tail: string;
  kind: string;
  answers: Answer[];
  members: { id: number; name: string }[];
  earlier: CaseRow[];
  referrals: Referral[];
  records: CaseRecord[];
  stays: Stay[];
  escorts: Escort[];
  provisions: { recipient: string; purpose: string; items: string; at: string; recalled_at: string | null }[];
  opposed: string[];
}

export interface RecordField {
  name: string;
  title: Text;
  kind: "text" | "long" | "date" | "choice" | "phone" | "staff" | "order";
  required: boolean;
  options: Record<string, Text>;
}

export interface RecordKind {
  id: string;
  title: Text;
  owned: boolean;
  form: boolean;
  fields: RecordField[];
}

export interface Agency {
  id: string;
  name: Text;
  services: string[];
  ended: boolean;
  hours: Text;
  eligible: Text;
  reach: Text;
  roles: string[];
  languages: string[];
  checked_on: string;
  guards: string[];
  limits: { guards: number; hours_a_day: number; days: number } | null;
  demo: boolean;
}

export interface Question {
  name: string;
  title: Text;
  several: boolean;
  private: boolean;
  chars: number;
  options: { id: string; label: Text }[];
}

export interface Directory {
  agencies: Agency[];
  services: { id: string; name: Text }[];
  facilities: { id: string; name: Text; takes: "women" | "men"; families: boolean; demo: boolean }[];
  orders: { id: string; name: Text; valid_from: string; breach: Text | null }[];
  records: RecordKind[];
  follow_ups: string[];
  stale: Text[];
  form: Question[];
  staff: { id: number; name: string; role: string }[];
}

export interface Facility {
  id: string;
  name: Text;
  takes: string;
  families: boolean;
  demo: boolean;
  rooms: { room: string; place: string; status: string; stay: Stay | null }[];
  waiting: Stay[];
  waits: number;
}

export interface Sheet {
  handle: string;
  age: string;
  door: string;
  status: string;
  urgency: number;
  since: string;
  services: { name: Text; status: string }[];
  orders: { name: string; status: string; last_day: string }[];
  housed: boolean;
  came_back: number;
  open_tasks: number;
  has_prevention: boolean;
}

export interface MeetingItem {
  id: string;
  case: string | null;
  reasons: string[];
  sheet: Sheet | null;
  minutes: { text?: string; decisions?: { what: string }[] } | null;
  destroyed: boolean;
  barred: boolean;
}

export interface Meeting {
  id: string;
  status: string;
  at: string;
  participants: { name: string; role: string; outside: boolean }[];
  note: string;
  next: string | null;
  items?: MeetingItem[];
}

export interface ReviewLine {
  at: string;
  who: string;
  action: string;
  case: string | null;
  detail: string;
}

export interface Review {
  month: string;
  staff: { who: string; files: number; acts: Record<string, number> }[];
  at_night: ReviewLine[];
  downloads: ReviewLine[];
  reviews: ReviewLine[];
}

export type Cell = string | Text | null;

export interface Registers {
  consents: Record<string, Cell>[];
  provisions: Record<string, Cell>[];
  destructions: Record<string, Cell>[];
}
