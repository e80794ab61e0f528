/** What an admin can do in the studio, and what stands on the screen. */

import { Store } from "../desk/store";
import { namePlace, onAddress, placeInAddress, type Place } from "./address";
import { Api, Refusal } from "./api";
import type { Edit, OpenDraft, Overview, Proof, Staff, Watch } from "./contract";
import { shared } from "./share";
import { stepOf } from "./steps";

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
/** So long nothing is changed before the draft is checked. */
const CALM_MS = 400;

export class Studio {
  readonly store = new Store<StudioState>(EMPTY);
  /** How the screen words what the server refuses; set by the page. */
  conflict: (by: string, found: string) => string = (by, found) => `${by}: ${found}`;
  merged: (by: string) => string = (by) => by;

  #line: Promise<unknown> = Promise.resolve();
  #soon = 0;

  constructor(readonly api: Api) {}

  async begin(): Promise<void> {
    onAddress((place) => void this.#follow(place));
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

  /** @param step The step to choose; without one, or when it is gone, the first. */
  async openDraft(id: number, step = ""): Promise<void> {
    const open = await this.try(() => this.api.draft(id));
    if (!open) return namePlace(null);
    const flow = open.picture.flows.find((one) => one.flow === open.start);
    const first = flow ? `${flow.flow}/${flow.start}` : "";
    const chosen = open.picture.nodes.some((node) => node.id === step) ? step : first;
    namePlace({ draft: id, step: chosen });
    this.store.change({ open, chosen, proof: null, watch: null, undo: [], redo: [] });
    void this.check();
  }

  async close(): Promise<void> {
    namePlace(null);
    this.store.change({ open: null, proof: null, watch: null });
    await this.refresh();
  }

  readonly choose = (step: string): void => {
    const { chosen, open } = this.store.get();
    if (step === chosen) return;
    this.store.change({ chosen: step });
    if (open) namePlace({ draft: open.draft.id, step });
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
    const put = await this.try(() => this.api.write(open.draft.id, open.draft.revision, files));
    if (!put) return;
    const saved = shared(open, put);
    this.store.change({
      open: saved,
      undo: back ? undo.slice(0, -1) : [...undo, turn],
      redo: back ? [...redo, turn] : redo.slice(0, -1),
    });
    this.#keepChosen(saved);
    void this.check();
  }

  /** Check the draft as it is when nothing was changed for a moment. */
  async check(): Promise<void> {
    this.store.change({ checking: true });
    clearTimeout(this.#soon);
    await new Promise((done) => { this.#soon = window.setTimeout(done, CALM_MS); });
    const { open } = this.store.get();
    if (!open) return;
    const proof = await this.try(() => this.api.check(open.draft.id));
    const now = this.store.get().open;
    if (now?.draft.id !== open.draft.id) return;
    if (now.draft.revision !== open.draft.revision) return;
    this.store.change({ checking: false, ...(proof ? { proof } : {}) });
  }

  /** Count people over so many days, 0 for ever; null: show none. */
  async look(days: number | null): Promise<void> {
    const { open } = this.store.get();
    const seen = days !== null && open ? await this.try(() => this.api.watch(open.draft.base, days)) : null;
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
    const put = await this.try(() => work(before));
    if (!put) return false;
    const saved = shared(before, put);
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
    if (stepOf(open, chosen)) return; // also in a flow that is broken just now and has no picture
    const flow = chosen.split("/")[0] ?? "";
    const other = open.picture.nodes.find((node) => node.flow === flow) ?? open.picture.nodes[0];
    if (other) this.choose(other.id);
  }

  async #enter(staff: Staff): Promise<void> {
    this.store.change({ staff, notice: null });
    if (staff.role !== "admin") return;
    const named = placeInAddress();
    await Promise.all([this.refresh(), named && this.openDraft(named.draft, named.step)]);
  }

  /** She went back or forth in her browser. */
  async #follow(place: Place | null): Promise<void> {
    const { staff, open } = this.store.get();
    if (staff?.role !== "admin") return;
    if (!place) await this.close();
    else if (place.draft === open?.draft.id) this.choose(place.step);
    else await this.openDraft(place.draft, place.step);
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
