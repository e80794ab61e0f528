/** The studio's only door to the server. */

import type {
  Change, Compared, DraftInfo, Edit, Model, OpenDraft, Overview, Proof, Settings, Staff, Trial, Tried, Value, Watch,
} from "./contract";

/** The server said no; `code` says which no, `by` who was faster. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
    readonly by: string,
    readonly found: Proof | null,
  ) {
    super(text);
  }
}

const WAIT_MS = 30_000;

/** Every call; holds nothing but the CSRF value. */
export class Api {
  #csrf = "";

  async signIn(name: string, password: string): Promise<Staff> {
    return this.#known(await this.#post<Staff>("/desk/api/sign-in", { name, password }));
  }

  async me(): Promise<Staff> {
    return this.#known(await ask<Staff>("/desk/api/me", { method: "GET" }));
  }

  async signOut(): Promise<void> {
    await this.#post("/desk/api/sign-out", {});
    this.#csrf = "";
  }

  overview = (): Promise<Overview> => this.#get("overview");
  version = (number: number): Promise<Model> => this.#get(`versions/${number}`);
  watch = (number: number, days: number): Promise<{ steps: Watch }> => this.#get(`versions/${number}/watch?days=${days}`);
  compare = (old: number, now: number): Promise<Compared> => this.#get(`compare/${old}/${now}`);
  begin = (title: string, base: number): Promise<DraftInfo> => this.#act("drafts", { title, base });
  draft = (id: number): Promise<OpenDraft> => this.#get(`drafts/${id}`);
  check = (id: number): Promise<Proof> => this.#get(`drafts/${id}/check`);
  changes = (id: number): Promise<{ changes: Change[] }> => this.#get(`drafts/${id}/changes`);
  drop = (id: number): Promise<unknown> => this.#act(`drafts/${id}/drop`, {});
  settings = (): Promise<Settings> => this.#get("settings");

  edit(id: number, revision: number, edit: Edit): Promise<OpenDraft> {
    return this.#act(`drafts/${id}/edit`, { revision, edit });
  }

  write(id: number, revision: number, files: Record<string, string>): Promise<OpenDraft> {
    return this.#act(`drafts/${id}/write`, { revision, files });
  }

  attempt(id: number, trial: Trial): Promise<Tried> {
    return this.#act(`drafts/${id}/try`, trial);
  }

  keepDialogue(id: number, title: string, trial: Trial): Promise<{ name: string; text: string }> {
    return this.#act(`drafts/${id}/dialogue`, { title, trial });
  }

  dropDialogue(name: string): Promise<unknown> {
    return this.#act(`dialogues/${encodeURIComponent(name)}/drop`, {});
  }

  propose(id: number, reason: string): Promise<{ version: number }> {
    return this.#act(`drafts/${id}/propose`, { reason });
  }

  deed(version: number, act: string, body: object): Promise<unknown> {
    return this.#act(`versions/${version}/${act}`, body);
  }

  set(name: string, value: Value): Promise<unknown> {
    return this.#act(`settings/${name}`, { value });
  }

  #known(staff: Staff): Staff {
    this.#csrf = staff.csrf;
    return staff;
  }

  #get<T>(path: string): Promise<T> {
    return ask<T>(`/studio/api/${path}`, { method: "GET" });
  }

  #act<T>(path: string, body: object): Promise<T> {
    return this.#post<T>(`/studio/api/${path}`, body);
  }

  #post<T>(path: string, body: object): Promise<T> {
    const headers = { "Content-Type": "application/json", "X-Gyeot-Csrf": this.#csrf };
    return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body) });
  }
}

async function ask<T>(path: string, how: RequestInit): Promise<T> {
  const signal = AbortSignal.timeout(WAIT_MS);
  const answer = await fetch(path, { ...how, signal, credentials: "same-origin" });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body as T;
  const said = (body ?? {}) as { error?: string; text?: string; by?: string; found?: Proof };
  throw new Refusal(answer.status, said.error ?? "refused", said.text ?? "", said.by ?? "", said.found ?? null);
}
