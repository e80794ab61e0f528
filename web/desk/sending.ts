/** Every composed message reaches the server exactly once and in order, whatever the line does. */

import { Refusal, type Api } from "./api";
import { pause } from "./again";
import type { Drafts } from "./drafts";
import { rowIn } from "./newest";
import { uuid } from "./uuid";
import { changeTalk, type DeskState, type Pending, type Store } from "./store";

const LONGEST_MS = 8_000;

export class Sending {
  readonly #busy = new Set<string>();

  constructor(
    readonly api: Api,
    readonly store: Store<DeskState>,
    readonly drafts: Drafts,
    readonly stored: (id: string) => void,
    readonly refused: (error: Refusal) => void,
  ) {}

  /** Put a message on the screen and on its way. */
  say(id: string, text: string): void {
    const at = new Date(Date.now() + this.store.get().shift).toISOString();
    const message: Pending = {
      id: uuid(), text, at, state: "sending", reason: "", seq: 0, epoch: this.#epoch(id),
    };
    this.#change(id, (pending) => [...pending, message]);
    void this.flush(id);
  }

  /** Try a refused message again, under its old id. */
  retry(id: string, message: string): void {
    this.#mark(id, message, { state: "sending", reason: "", epoch: this.#epoch(id) });
    void this.flush(id);
  }

  drop(id: string, message: string): void {
    this.#change(id, (pending) => pending.filter((one) => one.id !== message));
  }

  /** Send what is still to be sent, one after the other. */
  async flush(id: string): Promise<void> {
    if (this.#busy.has(id)) return;
    this.#busy.add(id);
    for (let tries = 0, next = this.#next(id); next; next = this.#next(id)) {
      const done = await this.#send(id, next);
      tries = done ? 0 : tries + 1;
      if (!done) await pause(Math.min(LONGEST_MS, 500 * 2 ** tries));
    }
    this.#busy.delete(id);
  }

  #epoch(id: string): number | null {
    return rowIn(this.store.get(), id)?.epoch ?? null;
  }

  #next(id: string): Pending | undefined {
    const { staff, talks } = this.store.get();
    if (!staff) return undefined;
    return talks[id]?.pending.find((one) => one.state === "sending" || one.state === "again");
  }

  /** False when nobody answered and it must be tried again. */
  async #send(id: string, message: Pending): Promise<boolean> {
    try {
      const { seq } = await this.api.say(id, message.id, message.text, message.epoch ?? null);
      this.#mark(id, message.id, { state: "stored", seq });
      this.stored(id);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 429) {
        this.#mark(id, message.id, { state: "again" });
        return false;
      }
      this.#refuse(id, message, error);
      return true;
    }
  }

  /** Signed out in the middle: the message stays and goes out after the next sign-in. */
  #refuse(id: string, message: Pending, error: Refusal): void {
    if (error.status !== 401) {
      this.#mark(id, message.id, { state: "refused", reason: error.message });
    }
    this.refused(error);
  }

  #mark(id: string, message: string, patch: Partial<Pending>): void {
    this.#change(id, (pending) =>
      pending.map((one) => (one.id === message ? { ...one, ...patch } : one)),
    );
  }

  #change(id: string, change: (pending: Pending[]) => Pending[]): void {
    changeTalk(this.store, id, (talk) => ({ pending: change(talk.pending) }));
    this.drafts.keepPending(id, this.store.get().talks[id]?.pending ?? []);
  }
}
