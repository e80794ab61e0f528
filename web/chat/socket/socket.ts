/** Carries the chat over the web socket: nothing she wrote is lost, and nothing is said twice. */

import type { Language } from "../../shared/language";
import { uuid } from "../../shared/uuid";
import { blank, type Choice, type Entry, type Listener, type Transport } from "../talk";
import { wordsOf } from "../words";
import { type EntryFrame, entryOf, type FromServer, type Lasting, read } from "./frames";
import { Line } from "./line";
import { isOneOfSeveral, Questions } from "./questions";
import { Uploads } from "./uploads";

/** Not acknowledged for so long, a message is sent again over a new socket. */
const ACK_MS = 10_000;
/** What is not stored yet stands below all that is. */
const LAST = 1e12;
/** A switched choice needs no bubble, unless it takes this long to arrive. */
const QUIET_MS = 1500;

export interface Start {
  token: string | null;
  /** The one-time link from a messenger. */
  link: string | null;
  language: Language;
  /** Keeps the token for this tab; null: forget it. */
  keep(token: string | null): void;
}

interface Pending {
  frame: Lasting;
  sentAt: number;
  entry: Entry | null;
}

export class SocketTransport implements Transport {
  private line: Line | null = null;
  private listener: Listener | null = null;
  private readonly queue = new Map<string, Pending>();
  private readonly questions = new Questions();
  private readonly uploads: Uploads;
  private opened = false;
  private have = 0;
  private made = 0;
  private told = 0;
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly start: Start) {
    this.uploads = new Uploads(
      "/chat/files",
      () => (this.opened ? this.start.token : null),
      () => wordsOf(this.start.language),
      (entry) => this.listener?.put([entry]),
    );
  }

  set language(language: Language) {
    this.start.language = language;
  }

  begin(listener: Listener): void {
    this.listener = listener;
    this.watch = setInterval(() => this.check(), 2000);
    document.addEventListener("visibilitychange", this.seen);
    this.connect();
  }

  say(text: string): void {
    this.post({ t: "say", id: uuid(), text }, text);
  }

  press(entry: Entry, choice: Choice): void {
    const id = uuid();
    const quiet = isOneOfSeveral(entry, choice);
    this.listener?.put([this.questions.press(entry, choice)]);
    this.post({ t: "press", id, data: choice.data, label: choice.label }, quiet ? "" : choice.label);
    if (quiet) setTimeout(() => this.admit(id, choice.label), QUIET_MS);
  }

  /** Ask for an earlier talk; a counselor has to agree. */
  resume(receipt: string, word: string): void {
    this.post({ t: "resume", id: uuid(), receipt, word }, "");
  }

  send(file: File): void {
    this.uploads.add(file, this.next());
    this.connect();
  }

  again(key: string): void {
    this.uploads.again(key);
  }

  remove(key: string): void {
    this.uploads.drop(key);
    this.listener?.drop([key]);
  }

  end(): void {
    clearInterval(this.watch);
    document.removeEventListener("visibilitychange", this.seen);
    this.forget();
    this.line?.end();
    this.line = this.listener = null;
  }

  private connect(): void {
    if (this.line || !this.listener) return;
    this.listener.connection("connecting");
    const address = `${location.origin.replace(/^http/, "ws")}/chat/socket`;
    this.line = new Line(address, {
      up: () => this.greet(),
      take: (body) => this.take(read(body)),
      down: () => this.lost(),
    });
  }

  private greet(): void {
    const { token, link, language } = this.start;
    this.line?.send({ t: "open", token, link, seen: this.have, language });
  }

  private lost(): void {
    this.opened = false;
    this.listener?.connection("lost");
  }

  private take(frame: FromServer | null): void {
    switch (frame?.t) {
      case "opened":
        return this.open(frame.token, frame.seq);
      case "entry":
        return this.show(frame);
      case "ack":
        return this.settle(frame.id, frame.seq);
      case "refused":
        return this.refuse(frame.id, frame.text);
      case "cleared":
        return this.wipe();
    }
  }

  private open(token: string, seq: number): void {
    const other = seq < this.have;
    this.start.token = token;
    this.start.link = null;
    this.start.keep(token);
    if (other) {
      // another talk than the one on the screen: show that one, from its beginning
      this.have = 0;
      this.questions.clear();
      this.listener?.clear();
      return this.line?.cut();
    }
    this.opened = true;
    this.line?.well();
    this.listener?.connection("open");
    for (const it of this.queue.values()) this.dispatch(it);
    this.uploads.resume();
  }

  private show(frame: EntryFrame): void {
    if (frame.seq <= this.have) return;
    this.have = frame.seq;
    const entry = entryOf(frame);
    this.uploads.drop(entry.key);
    const pending = this.queue.get(entry.key);
    if (pending) pending.entry = null;
    const change = this.questions.take(entry, this.pressing());
    this.listener?.drop(change.drop);
    this.listener?.put(change.put);
    this.seen();
  }

  private pressing(): boolean {
    return [...this.queue.values()].some((it) => it.frame.t === "press");
  }

  private readonly seen = (): void => {
    if (document.hidden || !this.opened || this.told === this.have) return;
    this.told = this.have;
    this.line?.send({ t: "seen", seq: this.have });
  };

  private post(frame: Lasting, text: string): void {
    const pending: Pending = { frame, sentAt: 0, entry: null };
    this.queue.set(frame.id, pending);
    if (text) this.admit(frame.id, text);
    if (this.opened) this.dispatch(pending);
    else this.connect();
  }

  /** Show what is on its way. */
  private admit(id: string, text: string): void {
    const pending = this.queue.get(id);
    if (!pending) return;
    pending.entry = { ...blank(id, "person", text), order: this.next(), state: "sending" };
    this.listener?.put([pending.entry]);
  }

  private next(): number {
    this.made += 1;
    return LAST + this.made;
  }

  private dispatch(pending: Pending): void {
    pending.sentAt = Date.now();
    this.line?.send(pending.frame);
  }

  /** A message that stays unacknowledged tells that the socket is dead, whatever the browser says. */
  private check(): void {
    if (!this.opened) return;
    const late = Date.now() - ACK_MS;
    for (const it of this.queue.values()) if (it.sentAt < late) return this.line?.cut();
  }

  private settle(id: string, seq: number): void {
    const pending = this.queue.get(id);
    this.queue.delete(id);
    if (pending?.entry) this.listener?.put([{ ...pending.entry, order: seq, state: "sent" }]);
  }

  private refuse(id: string | null, text: string): void {
    this.listener?.notice(text);
    if (id === null) return this.linkRefused();
    const pending = this.queue.get(id);
    this.queue.delete(id);
    if (pending?.entry) this.listener?.drop([id]);
    if (pending?.frame.t === "say") this.listener?.giveBack(pending.frame.text);
    if (pending?.frame.t === "press") this.listener?.put(this.questions.reopen());
  }

  /** A one-time link that is used up is not tried again. */
  private linkRefused(): void {
    if (this.opened || !this.start.link) return;
    this.start.link = null;
    this.line?.cut();
  }

  private forget(): void {
    this.queue.clear();
    this.questions.clear();
    this.uploads.clear();
    this.have = this.told = 0;
    this.start.token = this.start.link = null;
    this.start.keep(null);
  }

  private wipe(): void {
    this.forget();
    this.listener?.erased();
    this.line?.end();
    this.line = null;
    this.opened = false;
  }
}
