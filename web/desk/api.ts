/** The desk's only door to the server. */

import type {
  Access, AccessLine, Account, Canned, Colleague, Conversation, Found, HandOverList, Hours, News, Plan, Queue, Row,
  Staff, Task, Wall,
} from "./contract";

/** The server said no; `text` tells what to do, `by` who was faster. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
    readonly by: string | null,
  ) {
    super(text);
  }
}

/** Nobody answered, or answered nonsense: the same request may be made again. */
export class Unreachable extends Error {}

const WAIT_MS = 15_000;

/** Every call of the contract; holds nothing but the CSRF value. */
export class Api {
  #csrf = "";

  async signIn(name: string, password: string, code: string): Promise<Staff> {
    return this.#known(await this.#post<Staff>("sign-in", { name, password, code }));
  }

  async me(): Promise<Staff> {
    return this.#known(await this.#get<Staff>("me"));
  }

  async signOut(): Promise<void> {
    await this.#post("sign-out", {});
    this.#csrf = "";
  }

  queue(): Promise<Queue> {
    return this.#get("queue");
  }

  canned(): Promise<Canned[]> {
    return this.#get("canned");
  }

  conversation(id: string): Promise<Conversation> {
    return this.#get(`conversations/${id}`);
  }

  /** `since` empty: also every older entry whose delivery may have changed. */
  news(id: string, after: number, since: string): Promise<News> {
    return this.#get(`conversations/${id}/entries?after=${after}&since=${since}`);
  }

  take(id: string, epoch: number): Promise<{ row: Row }> {
    return this.#post(`conversations/${id}/take`, { epoch });
  }

  /** The same `message` id may be sent again: the server stores it once. */
  say(id: string, message: string, text: string, epoch: number | null): Promise<{ seq: number }> {
    return this.#post(`conversations/${id}/say`, { id: message, text, epoch });
  }

  /** Any other act on one conversation that answers with its row. */
  act(id: string, name: string, body: object): Promise<{ row: Row }> {
    return this.#post(`conversations/${id}/${name}`, body);
  }

  draft(id: string, text: string): Promise<unknown> {
    return this.#post(`conversations/${id}/draft`, { text });
  }

  note(id: string, text: string, whisper: boolean): Promise<{ seq: number }> {
    return this.#post(`conversations/${id}/${whisper ? "whisper" : "note"}`, { text });
  }

  breakGlass(id: string, reason: string): Promise<{ until: string }> {
    return this.#post(`conversations/${id}/break-glass`, { reason });
  }

  history(id: string): Promise<AccessLine[]> {
    return this.#get(`conversations/${id}/history`);
  }

  replies(id: string): Promise<Canned[]> {
    return this.#get(`conversations/${id}/replies`);
  }

  addReply(title: Record<string, string>, text: Record<string, string>): Promise<{ id: number }> {
    return this.#post("canned", { title, text });
  }

  removeReply(id: number): Promise<unknown> {
    return this.#post(`canned/${id}/remove`, {});
  }

  people(): Promise<Colleague[]> {
    return this.#get("presence");
  }

  presence(body: object): Promise<Colleague[]> {
    return this.#post("presence", body);
  }

  tasks(): Promise<Task[]> {
    return this.#get("tasks");
  }

  done(id: string, did: string): Promise<unknown> {
    return this.#post(`tasks/${id}/done`, { did });
  }

  wall(): Promise<Wall> {
    return this.#get("wall");
  }

  search(query: string): Promise<Found> {
    return this.#post("search", { query });
  }

  access(): Promise<Access> {
    return this.#get("access");
  }

  shifts(): Promise<Plan> {
    return this.#get("shifts");
  }

  planShift(shift: object): Promise<Plan> {
    return this.#post("shifts", shift);
  }

  removeShift(id: number): Promise<Plan> {
    return this.#post(`shifts/${id}/remove`, {});
  }

  handOvers(): Promise<HandOverList[]> {
    return this.#get("hand-overs");
  }

  signHandOver(to: number): Promise<HandOverList> {
    return this.#post("hand-overs", { to });
  }

  /** `left` are talks that had changed hands meanwhile. */
  endHandOver(id: string, how: "accept" | "refuse"): Promise<{ left?: string[] }> {
    return this.#post(`hand-overs/${id}/${how}`, {});
  }

  /** Close a conversation to oneself for good. */
  conflict(id: string, kind: string, reason: string): Promise<unknown> {
    return this.#post(`conversations/${id}/conflict`, { kind, reason });
  }

  /** Note whom one has just called for her; nobody is called by it. */
  relay(id: string, to: string, basis: string): Promise<{ seq: number }> {
    return this.#post(`conversations/${id}/relay`, { to, basis });
  }

  hours(): Promise<{ hours: Hours; open: boolean }> {
    return this.#get("hours");
  }

  setHours(hours: object): Promise<unknown> {
    return this.#post("hours", hours);
  }

  accounts(): Promise<Account[]> {
    return this.#get("staff");
  }

  dismiss(id: number): Promise<unknown> {
    return this.#post(`staff/${id}/dismiss`, {});
  }

  letBack(id: number): Promise<{ code: string | null }> {
    return this.#post(`staff/${id}/recover`, {});
  }

  recover(name: string, code: string, password: string): Promise<unknown> {
    return this.#post("recover", { name, code, password });
  }

  secondFactor(): Promise<{ secret: string; address: string }> {
    return this.#post("second-factor", {});
  }

  confirmFactor(code: string): Promise<unknown> {
    return this.#post("second-factor/confirm", { code });
  }

  /** Let in the device that knocked with the right code and word. */
  admit(id: string): Promise<{ row: Row }> {
    return this.#post(`conversations/${id}/admit`, {});
  }

  /** Destroy what is stored of her, at her wish. */
  erase(id: string): Promise<unknown> {
    return this.#post(`conversations/${id}/erase`, {});
  }

  /** Open the case of what she applied for; the same again finds the case that is open. */
  openCase(id: string): Promise<{ case: string }> {
    return this.#post("/cases/api/cases", { conversation: id });
  }

  #known(staff: Staff): Staff {
    this.#csrf = staff.csrf;
    return staff;
  }

  #get<T>(path: string): Promise<T> {
    return ask<T>(path, { method: "GET" });
  }

  #post<T>(path: string, body: object): Promise<T> {
    const headers = { "Content-Type": "application/json", "X-Gyeot-Csrf": this.#csrf };
    return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body) });
  }
}

async function ask<T>(path: string, how: RequestInit): Promise<T> {
  const answer = await reach(path, how);
  const text = await answer.text().catch(() => "");
  const body = parsed(text);
  if (answer.ok) {
    if (body === undefined && text) throw new Unreachable(`unreadable answer ${answer.status}`);
    return body as T;
  }
  if (answer.status >= 500) throw new Unreachable(`status ${answer.status}`);
  const said = (body ?? {}) as { error?: string; text?: string; by?: string };
  throw new Refusal(answer.status, said.error ?? "refused", said.text ?? "", said.by ?? null);
}

async function reach(path: string, how: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(WAIT_MS);
  try {
    return await fetch(path.startsWith("/") ? path : `/desk/api/${path}`, { ...how, signal, credentials: "same-origin" });
  } catch {
    throw new Unreachable("no answer");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
