/** What an admin can do in the studio, and what stands on the screen. */

import { Store } from "../desk/store";
import { Api, Refusal } from "./api";
import type { Edit, OpenDraft, Overview, Proof, Staff, Watch } from "./contract";

export interface StudioState {
  /** Null: nobody; undefined: not known yet. */
  staff: Staff | null | undefined;
  overview: Overview | null;
  open: OpenDraft | null;
  /** The step that is chosen in every view, as `flow/step`. */
  chosen: string;
  proof: Proof | null;
  checking: boolean;
  watch: Watch | null;
  notice: { text: string; grave: boolean } | null;
  undo: Turn[];
  redo: Turn[];
}

/** One change of files: what stood there before and after. */
export interface Turn {
  before: Record<string, string>;
  after: Record<string, string>;
}

const EMPTY: StudioState = {
  staff: undefined, overview: null, open: null, chosen: "", proof: null, checking: false, watch: null,
  notice: null, undo: [], redo: [],
};
const MOST_UNDO = 100;

export class Studio {
  readonly store = new Store<StudioState>(EMPTY);
  /** How the screen words what the server refuses; set by the page. */
  conflict: (by: string, found: string) => string = (by, found) => `${by}: ${found}`;
  merged: (by: string) => string = (by) => by;

  #line: Promise<unknown> = Promise.resolve();

  constructor(readonly api: Api) {}

  async begin(): Promise<void> {
    try {
      await this.#enter(await this.api.me());
    } catch {
      this.store.change({ staff: null });
    }
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.#enter(await this.api.signIn(name, password));
  }

  async signOut(): Promise<void> {
    await this.api.signOut().catch(() => undefined);
    this.store.change({ ...EMPTY, staff: null });
  }

  async refresh(): Promise<void> {
    this.store.change({ overview: await this.api.overview() });
  }

  async newDraft(title: string, base: number): Promise<void> {
    const made = await this.try(() => this.api.begin(title, base));
    if (made) await this.openDraft(made.id);
  }

  async openDraft(id: number): Promise<void> {
    const open = await this.try(() => this.api.draft(id));
    if (!open) return;
    const flow = open.picture.flows.find((one) => one.flow === open.start);
    const chosen = flow ? `${flow.flow}/${flow.start}` : "";
    this.store.change({ open, chosen, proof: null, watch: null, undo: [], redo: [] });
    void this.check();
  }

  async close(): Promise<void> {
    this.store.change({ open: null, proof: null, watch: null });
    await this.refresh();
  }

  readonly choose = (step: string): void => {
    if (step !== this.store.get().chosen) this.store.change({ chosen: step });
  };

  /** Make one change by a form; false when it was refused. */
  edit(edit: Edit): Promise<boolean> {
    return this.#inLine((open) => this.api.edit(open.draft.id, open.draft.revision, edit));
  }

  write(files: Record<string, string>): Promise<boolean> {
    return this.#inLine((open) => this.api.write(open.draft.id, open.draft.revision, files));
  }

  async step(back: boolean): Promise<void> {
    const { undo, redo, open } = this.store.get();
    const from = back ? undo : redo;
    const turn = from.at(-1);
    if (!turn || !open) return;
    const files = back ? turn.before : turn.after;
    const saved = await this.try(() => this.api.write(open.draft.id, open.draft.revision, files));
    if (!saved) return;
    this.store.change({
      open: saved,
      undo: back ? undo.slice(0, -1) : [...undo, turn],
      redo: back ? [...redo, turn] : redo.slice(0, -1),
    });
    this.#keepChosen(saved);
    void this.check();
  }

  async check(): Promise<void> {
    const { open } = this.store.get();
    if (!open) return;
    this.store.change({ checking: true });
    const proof = await this.try(() => this.api.check(open.draft.id));
    const now = this.store.get().open;
    if (now?.draft.id !== open.draft.id) return;
    if (now.draft.revision !== open.draft.revision) return;
    this.store.change({ checking: false, ...(proof ? { proof } : {}) });
  }

  async look(on: boolean): Promise<void> {
    const { open } = this.store.get();
    const seen = on && open ? await this.try(() => this.api.watch(open.draft.base)) : null;
    this.store.change({ watch: seen ? seen.steps : null });
  }

  /** Do something and show what the server refuses; null when it was refused. */
  async try<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  notify(text: string, grave = false): void {
    this.store.change({ notice: { text, grave } });
  }

  /** One change after the other, so that each begins with what the last one left. */
  #inLine(work: (open: OpenDraft) => Promise<OpenDraft>): Promise<boolean> {
    const turn = this.#line.then(() => this.#save(work));
    this.#line = turn;
    return turn;
  }

  async #save(work: (open: OpenDraft) => Promise<OpenDraft>): Promise<boolean> {
    const before = this.store.get().open;
    if (!before) return false;
    const saved = await this.try(() => work(before));
    if (!saved) return false;
    const turn = difference(before, saved);
    const undo = [...this.store.get().undo.slice(1 - MOST_UNDO), turn];
    this.store.change({ open: saved, undo, redo: [], notice: null });
    if (saved.merged_with) this.notify(this.merged(saved.merged_with));
    this.#keepChosen(saved);
    void this.check();
    return true;
  }

  #keepChosen(open: OpenDraft): void {
    const { chosen } = this.store.get();
    if (open.picture.nodes.some((node) => node.id === chosen)) return;
    const flow = chosen.split("/")[0] ?? "";
    const other = open.picture.nodes.find((node) => node.flow === flow) ?? open.picture.nodes[0];
    if (other) this.choose(other.id);
  }

  async #enter(staff: Staff): Promise<void> {
    this.store.change({ staff, notice: null });
    if (staff.role === "admin") await this.refresh();
  }

  #failed(error: unknown): void {
    if (error instanceof Refusal && error.status === 401) this.store.change({ ...EMPTY, staff: null });
    else if (error instanceof Refusal && error.code === "conflict") {
      this.notify(this.conflict(error.by, error.message), true);
      const { open } = this.store.get();
      if (open) void this.openAgain(open.draft.id);
    } else if (error instanceof Refusal && error.found) {
      this.store.change({ proof: error.found });
      this.notify(error.message, true);
    } else this.notify(error instanceof Error ? error.message : String(error), true);
  }

  /** Show the newest revision, and keep what can be undone. */
  async openAgain(id: number): Promise<void> {
    const open = await this.api.draft(id).catch(() => null);
    if (open) this.store.change({ open });
  }
}

function difference(before: OpenDraft, after: OpenDraft): Turn {
  const old = new Map(before.files.map((file) => [file.name, file.text]));
  const turn: Turn = { before: {}, after: {} };
  for (const file of after.files) {
    if (old.get(file.name) === file.text) continue;
    turn.before[file.name] = old.get(file.name) ?? "";
    turn.after[file.name] = file.text;
  }
  return turn;
}
