/** The open conversations: loaded once, then kept up to date by what is new. */

import { again } from "./again";
import { Refusal, type Api } from "./api";
import type { News, Row } from "./contract";
import { fresher, lastSeq, merged } from "./order";
import { changeTalk, type DeskState, type Store, type Talk } from "./store";

/** So often everything older is looked at again, besides what the server says has changed. */
const WHOLE_MS = 15_000;

export class Talks {
  readonly #news = new Map<string, () => Promise<void>>();
  /** When the older entries of a talk were last asked for, whatever changed in them. */
  readonly #looked = new Map<string, number>();
  readonly #whole = new Map<string, () => Promise<void>>();

  constructor(
    readonly api: Api,
    readonly store: Store<DeskState>,
    readonly failed: (error: unknown) => void,
  ) {}

  /** The whole conversation with answers, risk and application. */
  load(id: string): Promise<void> {
    return kept(this.#whole, id, () => again(() => this.#load(id), 1_000))();
  }

  /** Only what came after the last entry on the screen. */
  async catchUp(id: string): Promise<void> {
    if (!this.store.get().talks[id]) return;
    await kept(this.#news, id, () => again(() => this.#catchUp(id), 100))();
  }

  /** The queue said how a conversation stands. */
  heard(row: Row): void {
    const talk = this.store.get().talks[row.id];
    if (talk?.conversation && stale(talk.conversation.row, row)) void this.load(row.id);
  }

  forget(): void {
    this.#news.clear();
    this.#whole.clear();
    this.#looked.clear();
  }

  async #load(id: string): Promise<void> {
    try {
      const conversation = await this.api.conversation(id);
      changeTalk(this.store, id, (talk) => {
        const entries = merged(talk.conversation?.entries ?? [], conversation.entries, []);
        const row = fresher(talk.conversation?.row, conversation.row);
        const draft = talk.conversation || talk.draft ? talk.draft : (conversation.draft?.text ?? "");
        return { conversation: { ...conversation, row, entries }, trouble: null, sealed: false, draft };
      });
      this.#settle(id);
    } catch (error) {
      this.failed(error);
      const said = error instanceof Refusal ? error.message : "";
      const sealed = error instanceof Refusal && error.code === "break glass";
      changeTalk(this.store, id, (talk) => (talk.conversation ? {} : { trouble: said, sealed }));
    }
  }

  async #catchUp(id: string): Promise<void> {
    const before = this.store.get().talks[id]?.conversation;
    if (!before) return this.load(id);
    try {
      const waits = before.entries.some((entry) => entry.files.some((file) => file.status === "wanted"));
      const whole = waits || Date.now() - (this.#looked.get(id) ?? 0) > WHOLE_MS;
      if (whole) this.#looked.set(id, Date.now());
      const news = await this.api.news(id, lastSeq(before.entries), whole ? "" : (before.at ?? ""));
      changeTalk(this.store, id, (talk) => withNews(talk, news));
      this.#settle(id);
      if (stale(before.row, news.row) || moved(news)) void this.load(id);
    } catch (error) {
      this.failed(error);
    }
  }

  /** A stored message of ours leaves the waiting list once its entry is on the screen. */
  #settle(id: string): void {
    changeTalk(this.store, id, (talk) => {
      const last = lastSeq(talk.conversation?.entries ?? []);
      return { pending: talk.pending.filter((one) => one.state !== "stored" || one.seq > last) };
    });
  }
}

function withNews(talk: Talk, news: News): Partial<Talk> {
  if (!talk.conversation) return {};
  const entries = merged(talk.conversation.entries, news.entries, news.changed);
  const row = fresher(talk.conversation.row, news.row);
  const wrote = news.entries.some((entry) => entry.from === "person");
  return { ...(wrote ? { typing: 0 } : {}), conversation: { ...talk.conversation, row, entries, at: news.at ?? talk.conversation.at ?? "" } };
}

/** Must the card be fetched anew? */
function stale(before: Row, now: Row): boolean {
  return (
    before.epoch !== now.epoch ||
    before.status !== now.status ||
    before.urgency !== now.urgency ||
    before.counselor?.id !== now.counselor?.id
  );
}

/** While the bot speaks with her, each of her words may be an answer. */
function moved(news: News): boolean {
  return news.row.status !== "live" && news.entries.some((entry) => entry.from === "person");
}

function kept<T>(map: Map<string, T>, id: string, make: () => T): T {
  const value = map.get(id) ?? make();
  map.set(id, value);
  return value;
}
