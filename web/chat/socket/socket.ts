/** Carries the chat over the web socket: nothing she wrote is lost, and nothing is said twice. */

import type { Language } from "../../shared/language";
import { uuid } from "../../shared/uuid";
import { blank, type Choice, type Entry, type Listener, type Transport } from "../talk";
import { wordsOf } from "../words";
import { type EntryFrame, entryOf, type FromServer, type Lasting, read } from "./frames";
import { Line } from "./line";
import { Outgoing } from "./outgoing";
import { isOneOfSeveral, Questions } from "./questions";
import { Uploads } from "./uploads";

/** The server closes with this code when the tab has come into another talk. */
const OTHER_TALK = 4001;
/** What is not stored yet stands below all that is. */
const LAST = 1e12;
/** A switched choice needs no bubble, unless it takes this long to arrive. */
const QUIET_MS = 1500;
/** How often, at most, the page says that she is writing. */
const TYPING_MS = 3_000;
const CHECK_MS = 2000;

export interface Start {
  token: string | null;
  /** The one-time link from a messenger. */
  link: string | null;
  language: Language;
  /** Keeps the token for this tab; null: forget it. */
  keep(token: string | null): void;
}

export class SocketTransport implements Transport {
  private line: Line | null = null;
  private listener: Listener | null = null;
  private readonly outgoing: Outgoing;
  private readonly questions = new Questions();
  private readonly uploads: Uploads;
  private opened = false;
  /** The talk on the screen, and the number of its last entry that is there. */
  private talk: string | undefined;
  private have = 0;
  private told = 0;
  private typed = 0;
  private made = 0;
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly start: Start) {
    const show = (entry: Entry): void => this.listener?.put([entry]);
    this.outgoing = new Outgoing((frame) => this.opened && this.line?.send(frame), show);
    this.uploads = new Uploads(
      "/chat/files",
      () => (this.opened ? this.start.token : null),
      () => wordsOf(this.start.language),
      show,
    );
  }

  set language(language: Language) {
    this.start.language = language;
  }

  begin(listener: Listener): void {
    this.listener = listener;
    this.watch = setInterval(() => this.check(), CHECK_MS);
    document.addEventListener("visibilitychange", this.seen);
    this.connect();
  }

  say(text: string): void {
    const id = uuid();
    this.post({ t: "say", id, text });
    this.outgoing.admit(id, text, this.next());
  }

  press(entry: Entry, choice: Choice): void {
    const id = uuid();
    const admit = (): void => this.outgoing.admit(id, choice.label, this.next());
    this.listener?.put([this.questions.press(entry, choice)]);
    this.post({ t: "press", id, data: choice.data, label: choice.label });
    if (isOneOfSeveral(entry, choice)) setTimeout(admit, QUIET_MS);
    else admit();
  }

  /** Ask for an earlier talk; a counselor has to agree. */
  resume(receipt: string, word: string): void {
    const id = uuid();
    this.post({ t: "resume", id, receipt, word });
    const told = blank(`resume-${id}`, "system", wordsOf(this.start.language).resuming);
    this.listener?.put([{ ...told, order: this.next() }]);
  }

  send(file: File): void {
    this.uploads.add(file, this.next());
    this.connect();
  }

  again(key: string): void {
    this.outgoing.again(key);
    this.uploads.again(key);
  }

  remove(key: string): void {
    this.outgoing.remove(key);
    this.uploads.drop(key);
    this.listener?.drop([key]);
  }

  typing(): void {
    const now = Date.now();
    if (!this.opened || now - this.typed < TYPING_MS) return;
    this.typed = now;
    this.line?.send({ t: "typing" });
  }

  end(): void {
    if (this.opened) this.line?.send({ t: "left" });
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
      down: (code) => this.lost(code),
    });
  }

  private greet(): void {
    const { token, link, language } = this.start;
    this.line?.send({ t: "open", token, link, seen: this.have, language });
  }

  private lost(code: number): void {
    this.opened = false;
    if (code === OTHER_TALK) this.startOver();
    this.listener?.connection("lost");
  }

  private check(): void {
    if (this.opened && !this.outgoing.check()) this.line?.cut();
  }

  private take(frame: FromServer | null): void {
    switch (frame?.t) {
      case "opened":
        return this.open(frame);
      case "entry":
        return this.show(frame);
      case "ack":
        this.listener?.notice("");
        return this.outgoing.acknowledged(frame.id, frame.seq);
      case "refused":
        return this.refuse(frame.id, frame.text);
      case "cleared":
        return this.wipe();
    }
  }

  private open({ token, seq, talk }: Extract<FromServer, { t: "opened" }>): void {
    const other = seq < this.have || (this.have > 0 && talk !== this.talk);
    this.talk = talk;
    this.start.token = token;
    this.start.link = null;
    this.start.keep(token);
    if (other) {
      this.startOver();
      return this.line?.cut();
    }
    this.opened = true;
    this.line?.well();
    this.listener?.connection("open");
    this.outgoing.sendAll();
    this.uploads.resume();
  }

  /** Another talk than the one on the screen: that one is shown, from its beginning. */
  private startOver(): void {
    this.have = this.told = 0;
    this.questions.clear();
    this.listener?.clear();
    this.outgoing.redraw();
  }

  private show(frame: EntryFrame): void {
    if (frame.seq <= this.have) return;
    this.have = frame.seq;
    const entry = entryOf(frame);
    if (isEmpty(entry)) return this.seen(); // that she opened the page, and the like
    this.outgoing.shown(entry.key);
    this.uploads.drop(entry.key);
    const change = this.questions.take(entry, this.outgoing.pressing());
    this.listener?.drop(change.drop);
    this.listener?.put(change.put);
    this.seen();
  }

  /** Tell how far she can have read: not while the page is out of sight. */
  private readonly seen = (): void => {
    if (document.hidden || !this.opened || this.told === this.have) return;
    this.told = this.have;
    this.line?.send({ t: "seen", seq: this.have });
  };

  private post(frame: Lasting): void {
    this.outgoing.add(frame);
    this.connect();
  }

  private next(): number {
    this.made += 1;
    return LAST + this.made;
  }

  private refuse(id: string | null, text: string): void {
    this.listener?.notice(text);
    if (id === null) return this.linkRefused();
    const frame = this.outgoing.refused(id);
    if (!frame) return;
    this.listener?.drop([id]);
    if (frame.t === "press") this.listener?.put(this.questions.reopen());
  }

  /** A one-time link that is used up is not tried again. */
  private linkRefused(): void {
    if (this.opened || !this.start.link) return;
    this.start.link = null;
    this.line?.cut();
  }

  private forget(): void {
    this.outgoing.clear();
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

function isEmpty(entry: Entry): boolean {
  return !entry.text && !entry.files.length && !entry.rows.length && !entry.fixed.length;
}
