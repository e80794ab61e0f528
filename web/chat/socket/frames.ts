/** The frames of the person's web socket, as both sides have agreed. */

import { type Author, blank, type Choice, type Entry } from "../talk";
import { DONE } from "./questions";

export type ToServer =
  | { t: "open"; token: string | null; link: string | null; seen: number; language: string }
  | { t: "say"; id: string; text: string }
  | { t: "press"; id: string; data: string; label: string }
  | { t: "resume"; id: string; receipt: string; word: string }
  | { t: "seen"; seq: number }
  | { t: "typing" }
  | { t: "left" }
  | { t: "ping" };

/** A frame that is kept and sent again until the server has it. */
export type Lasting = Extract<ToServer, { id: string }>;

export interface EntryFrame {
  t: "entry";
  seq: number;
  from: Author;
  sender: string | null;
  text: string;
  choices?: Partial<Choice>[];
  fixed?: Partial<Choice>[];
  files?: { kind: string; name: string }[];
  at: string;
  id: string | null;
}

export type FromServer =
  | { t: "opened"; token: string; seq: number; language: string; talk?: string }
  | EntryFrame
  | { t: "ack"; id: string; seq: number }
  | { t: "cleared" }
  | { t: "pong" }
  | { t: "refused"; id: string | null; text: string };

/** Read a frame; null when it is none that we know. */
export function read(body: unknown): FromServer | null {
  try {
    const frame: unknown = JSON.parse(String(body));
    return typeof frame === "object" && frame !== null && "t" in frame ? (frame as FromServer) : null;
  } catch {
    return null;
  }
}

/** The entry of the screen that a frame stands for: one button a row, as wide as the screen. */
export function entryOf(frame: EntryFrame): Entry {
  const entry = blank(frame.id ?? `s${frame.seq}`, frame.from, frame.text);
  entry.order = frame.seq;
  entry.sender = frame.sender;
  entry.at = frame.at;
  entry.files = frame.files ?? [];
  entry.rows = (frame.choices ?? []).map((choice) => [whole(choice)]);
  entry.fixed = (frame.fixed ?? []).map(whole);
  return entry;
}

function whole(choice: Partial<Choice>): Choice {
  const ends = choice.data?.endsWith(DONE) ?? false;
  return { label: "", data: "", on: false, path: "", ...choice, ends };
}
