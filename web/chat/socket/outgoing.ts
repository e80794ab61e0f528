/** What she has written and the server has not yet: sent again under the same id until it is acknowledged. */

import { blank, type Entry } from "../talk";
import type { Lasting } from "./frames";

/** Not acknowledged for so long, a message tells that the socket is dead, whatever the browser says. */
const ACK_MS = 10_000;
/** The server refused to keep a message: it is tried again after this pause. */
const AGAIN_MS = 15_000;

interface Pending {
  frame: Lasting;
  sentAt: number;
  /** Its bubble, until the talk itself shows it. */
  entry: Entry | null;
  refused: boolean;
}

export class Outgoing {
  private readonly waiting = new Map<string, Pending>();

  /**
   * @param send Sends a frame, or does nothing while there is no connection.
   * @param show Shows a bubble.
   */
  constructor(
    private readonly send: (frame: Lasting) => void,
    private readonly show: (entry: Entry) => void,
  ) {}

  add(frame: Lasting): void {
    const pending = { frame, sentAt: 0, entry: null, refused: false };
    this.waiting.set(frame.id, pending);
    this.dispatch(pending);
  }

  /** Give a message that is still on its way a bubble. */
  admit(id: string, text: string, order: number): void {
    const pending = this.waiting.get(id);
    if (!pending || pending.entry) return;
    this.draw(pending, { ...blank(id, "person", text), order, state: "sending" });
  }

  /** The connection is there: everything goes out, in the order in which it was written. */
  sendAll(): void {
    for (const it of this.waiting.values()) this.dispatch(it);
  }

  again(id: string): void {
    const pending = this.waiting.get(id);
    if (pending) this.dispatch(pending);
  }

  /** The server has it. */
  acknowledged(id: string, seq: number): void {
    const pending = this.waiting.get(id);
    this.waiting.delete(id);
    if (pending?.entry) this.show({ ...pending.entry, order: seq, state: "sent" });
  }

  /** The talk shows it now: its bubble is no longer ours. */
  shown(id: string): void {
    const pending = this.waiting.get(id);
    if (pending) pending.entry = null;
  }

  /** The server would not keep it. A text stays, and is tried again; anything else is returned. */
  refused(id: string): Lasting | null {
    const pending = this.waiting.get(id);
    if (!pending) return null;
    if (pending.frame.t === "say" && pending.entry) {
      pending.refused = true;
      this.draw(pending, { ...pending.entry, state: "failed" });
      return null;
    }
    this.waiting.delete(id);
    return pending.frame;
  }

  remove(id: string): void {
    this.waiting.delete(id);
  }

  clear(): void {
    this.waiting.clear();
  }

  /** Show the bubbles once more, on an empty screen. */
  redraw(): void {
    for (const { entry } of this.waiting.values()) if (entry) this.show(entry);
  }

  /** Whether a press is on its way. */
  pressing(): boolean {
    return [...this.waiting.values()].some((it) => it.frame.t === "press");
  }

  /** Look after what waits; false when the connection must be dead. */
  check(): boolean {
    const now = Date.now();
    for (const it of this.waiting.values()) {
      if (it.refused && now - it.sentAt > AGAIN_MS) this.dispatch(it);
      else if (!it.refused && now - it.sentAt > ACK_MS) return false;
    }
    return true;
  }

  private dispatch(pending: Pending): void {
    if (pending.refused && pending.entry) this.draw(pending, { ...pending.entry, state: "sending" });
    pending.refused = false;
    pending.sentAt = Date.now();
    this.send(pending.frame);
  }

  private draw(pending: Pending, entry: Entry): void {
    pending.entry = entry;
    this.show(entry);
  }
}
