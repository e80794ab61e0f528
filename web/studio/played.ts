/** What was played in the studio, as a talk that the chat can show. */

import { blank, type Choice, type Entry, type Listener, type Transport } from "../chat/talk";
import type { Tap, Tried, TriedTurn } from "./contract";

export interface Heard {
  say(text: string): void;
  press(label: string, data: string): void;
  photo(): void;
}

/** How the lines that no channel shows are worded. */
export interface Wording {
  arrives: string;
  left: (n: number) => string;
  kind: (kind: string) => string;
}

/** Carries what is done at the phone to the studio, and what was played to the phone. */
export class PlayedTransport implements Transport {
  #listener: Listener | null = null;
  #keys: string[] = [];
  #labels = new Map<string, string>();

  constructor(private readonly heard: Heard) {}

  begin(listener: Listener): void {
    this.#listener = listener;
    listener.connection("open");
  }

  say(text: string): void {
    this.heard.say(text);
  }

  press(_entry: Entry, choice: Choice): void {
    if (choice.data) this.heard.press(this.#labels.get(choice.data) ?? choice.label, choice.data);
  }

  send(): void {
    this.heard.photo();
  }

  end(): void {
    this.#listener = null;
  }

  show(tried: Tried, slow: boolean, wording: Wording): void {
    const entries = tried.turns.flatMap((turn, n) => entriesOf(turn, n, n === tried.turns.length - 1, slow ? tried.not_yet : "", wording));
    entries.forEach((entry, n) => (entry.order = n));
    for (const turn of tried.turns) {
      for (const tap of turn.screen.entries.flatMap((one) => [...one.rows.flat(), ...one.fixed])) this.#labels.set(tap.data, tap.label);
    }
    const keys = entries.map((entry) => entry.key);
    this.#listener?.drop(this.#keys.filter((key) => !keys.includes(key)));
    this.#listener?.put(entries);
    this.#keys = keys;
  }
}

function entriesOf(turn: TriedTurn, n: number, live: boolean, notYet: string, wording: Wording): Entry[] {
  const entries: Entry[] = [];
  const add = (part: string, from: Entry["from"], text: string): Entry => {
    const entry = blank(`${n}/${part}`, from, text);
    entry.at = "";
    entries.push(entry);
    return entry;
  };
  const { act } = turn;
  if (turn.travels === "arrives") add("arrives", "system", `${wording.arrives}: ${act?.text ?? ""}`);
  else if (act && act.kind !== "open") {
    const own = add("act", act.data || act.kind === "text" || act.kind === "photo" ? "person" : "system", act.text || wording.kind(act.kind));
    if (turn.travels === "late") own.state = "sending";
    if (act.fault === "twice") add("again", "person", own.text);
  }
  if (notYet && act && turn.travels !== "late") add("not-yet", "bot", notYet);
  if (turn.error) add("error", "system", turn.error);
  turn.screen.entries.forEach((said, at) => {
    const entry = add(`${at}`, said.sender ? "counselor" : "bot", said.text);
    entry.sender = said.sender;
    entry.live = live;
    entry.rows = said.rows.map((row) => row.map(choiceOf));
    entry.fixed = said.fixed.map(choiceOf);
  });
  if (turn.screen.left) add("left", "system", wording.left(turn.screen.left));
  return entries;
}

function choiceOf(tap: Tap): Choice {
  return { label: tap.shown, data: tap.data, on: tap.on, path: "" };
}
