/** What a counselor can do at the desk, and how the desk keeps up with the server. */

import { again } from "./again";
import { Alarm } from "./alarm";
import { Refusal, type Api } from "./api";
import type { Call, Row, Staff } from "./contract";
import { Drafts } from "./drafts";
import { Live } from "./live";
import { fresher } from "./order";
import { Sending } from "./sending";
import { EMPTY, NEW_TALK, Store, changeTalk, type DeskState } from "./store";
import { Talks } from "./talks";

const DRAFT_MS = 700;
/** Roles that read no conversation have no queue and no socket. */
export const READS_NOTHING = new Set(["admin", "auditor"]);

export class Desk {
  readonly store = new Store<DeskState>(EMPTY);
  readonly drafts = new Drafts();
  readonly alarm = new Alarm();
  readonly sending: Sending;
  readonly talks: Talks;
  /** The conversation whose message box takes the focus as soon as it is there. */
  typesNext = "";
  readonly #live: Live;
  #bell = false;
  #notices = 0;
  readonly #draftTimers = new Map<string, number>();

  constructor(readonly api: Api) {
    this.talks = new Talks(api, this.store, this.#failed);
    this.sending = new Sending(api, this.store, this.drafts, (id) => void this.talks.catchUp(id), (error) => {
      if (error.status === 401) this.#expire();
      else if (error.status === 409) void this.refreshQueue();
    });
    this.#live = new Live({
      called: (call) => this.#called(call),
      caughtUp: this.#look,
      look: this.#look,
      socket: (up) => {
        this.#bell = up;
        this.#reached();
        this.#watch();
      },
    });
  }

  /** Is somebody signed in already? */
  async begin(): Promise<void> {
    try {
      await this.#enter(await this.api.me());
    } catch (error) {
      if (error instanceof Refusal) this.store.change({ staff: null });
      else {
        this.store.change({ line: "down" });
        window.setTimeout(() => void this.begin(), 2_000);
      }
    }
  }

  async signIn(name: string, password: string, code = ""): Promise<void> {
    await this.#enter(await this.api.signIn(name, password, code));
  }

  async signOut(): Promise<void> {
    this.drafts.forget();
    this.#live.stop();
    await this.api.signOut().catch(() => undefined);
    this.talks.forget();
    this.store.change({ ...EMPTY, staff: null });
  }

  /** Fetch the queue; calls that come while one is under way become one more. */
  readonly refreshQueue = again(async () => {
    if (!this.store.get().staff) return;
    try {
      const { now, rows: told } = await this.api.queue();
      const shift = Date.parse(now) - Date.now();
      const known = new Map(this.store.get().rows?.map((row) => [row.id, row]));
      const rows = told.map((row) => fresher(known.get(row.id), row));
      this.alarm.watch(rows);
      this.store.change({ rows, shift });
      this.#reached();
      for (const row of rows) this.talks.heard(row);
    } catch (error) {
      this.#failed(error);
    }
  }, 300);

  /** Open a conversation, or go to it when it is open. */
  readonly open = (id: string): void => {
    const { open, talks } = this.store.get();
    if (!talks[id]) {
      const kept = { pending: this.drafts.pending(id), draft: this.drafts.draft(id) };
      this.store.change({ talks: { ...talks, [id]: { ...NEW_TALK, ...kept } } });
      void this.talks.load(id).then(() => this.sending.flush(id));
    }
    this.store.change({ active: id, open: open.includes(id) ? open : [...open, id] });
    this.drafts.keepOpen(this.store.get().open);
    this.#watch();
  };

  /** What stands in the message box of a conversation. */
  write(id: string, draft: string): void {
    changeTalk(this.store, id, () => ({ draft }));
    this.drafts.keepDraft(id, draft);
    this.#storeDraft(id);
  }

  /** The server keeps it sealed, for another tab; a lost line only makes it late. */
  #storeDraft(id: string): void {
    window.clearTimeout(this.#draftTimers.get(id));
    const timer = window.setTimeout(() => {
      const draft = this.store.get().talks[id]?.draft;
      if (draft !== undefined) void this.api.draft(id, draft).catch(() => undefined);
    }, DRAFT_MS);
    this.#draftTimers.set(id, timer);
  }

  /** Put a text below what already stands in the message box. */
  compose(id: string, text: string): void {
    const before = this.store.get().talks[id]?.draft.trimEnd() ?? "";
    this.write(id, before ? `${before}\n${text}` : text);
  }

  say(id: string, text: string): void {
    this.sending.say(id, text);
    this.write(id, "");
  }

  /** Put a conversation away; false while words in it have not reached the server. */
  shut(id: string): boolean {
    const { open, talks, active } = this.store.get();
    if (talks[id]?.pending.some((one) => one.state !== "stored")) return false;
    const { [id]: _gone, ...others } = talks;
    const left = open.filter((one) => one !== id);
    const next = active === id ? (left[Math.max(0, open.indexOf(id) - 1)] ?? null) : active;
    this.store.change({ open: left, talks: others, active: next });
    this.drafts.keepOpen(left);
    this.#watch();
    return true;
  }

  notify(text: string, grave = false): void {
    const notice = { id: ++this.#notices, grave, text };
    this.store.change({ notices: [...this.store.get().notices.slice(-3), notice] });
    if (!grave) window.setTimeout(() => this.dismiss(notice.id), 6_000);
  }

  dismiss(id: number): void {
    this.store.change({ notices: this.store.get().notices.filter((one) => one.id !== id) });
  }

  async #enter(staff: Staff): Promise<void> {
    this.drafts.belongTo(staff.name);
    this.store.change({ staff, expired: false });
    if (READS_NOTHING.has(staff.role)) return;
    await this.refreshQueue();
    for (const id of this.drafts.open) this.open(id);
    const named = /^#\/conversation\/(\d+)$/u.exec(location.hash)?.[1];
    if (named) this.open(named); // a case led here
    for (const id of this.store.get().open) void this.sending.flush(id);
    this.#live.start();
    const canned = await this.api.canned().catch(() => []);
    this.store.change({ canned });
    void this.refreshTasks();
    void this.refreshPeople();
  }

  /** What is to be looked after, and the hand-over lists. */
  readonly refreshTasks = again(async () => {
    if (!this.store.get().staff) return;
    const [tasks, lists] = await Promise.all([
      this.api.tasks().catch(() => null), this.api.handOvers().catch(() => null),
    ]);
    if (tasks) this.store.change({ tasks });
    if (lists) this.store.change({ lists });
  }, 500);

  /** Who is here. */
  readonly refreshPeople = again(async () => {
    if (!this.store.get().staff) return;
    const people = await this.api.people().catch(() => null);
    if (people) this.store.change({ people });
  }, 1_000);

  #called(call: Call): void {
    if (call.t === "rows") this.#hear(call.rows, call.gone, call.quiet ?? []);
    else if (call.t === "changed") void this.talks.catchUp(call.conversation);
    else if (call.t === "tasks") void this.refreshTasks();
    else if (call.t === "typing") changeTalk(this.store, call.conversation, () => ({ typing: Date.now() }));
    else this.#look();
  }

  /** Rows that read differently now. */
  #hear(told: Row[], gone: string[], quiet: [string, number, string][]): void {
    const known = this.store.get().rows;
    if (!known) return void this.refreshQueue();
    const left = new Set([...gone, ...told.map((row) => row.id)]);
    const before = new Map(known.map((row) => [row.id, row]));
    const calm = new Map(quiet.map(([id, unread, last_at]) => [id, { unread, last_at }]));
    const kept = known.filter((row) => !left.has(row.id)).map((row) => ({ ...row, ...calm.get(row.id) }));
    const rows = [...kept, ...told.map((row) => fresher(before.get(row.id), row))];
    this.alarm.watch(rows);
    this.store.change({ rows });
    for (const row of told) this.talks.heard(row);
  }

  /** Tell the server which conversations are open here: it calls for no others. */
  #watch(): void {
    this.#live.send({ t: "watch", open: this.store.get().open });
  }

  readonly #look = (): void => {
    void this.refreshQueue();
    void this.refreshTasks();
    void this.refreshPeople();
    for (const id of this.store.get().open) void this.talks.catchUp(id);
  };

  #reached(): void {
    const line = this.#bell ? "live" : "polling";
    if (this.store.get().line !== line) this.store.change({ line });
  }

  readonly #failed = (error: unknown): void => {
    if (!(error instanceof Refusal)) this.store.change({ line: "down" });
    else if (error.status === 401) this.#expire();
    else if (error.status === 403) this.store.change({ barred: error.message });
  };

  /** The session ended: what was written stays in this tab until she signs in again. */
  #expire(): void {
    if (!this.store.get().staff) return;
    this.#live.stop();
    this.talks.forget();
    this.store.change({ ...EMPTY, staff: null, expired: true });
  }
}
