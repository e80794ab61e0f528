/** Sends files over HTTP, with progress, and again under the same id when the network failed. */

import { uuid } from "../../shared/uuid";
import { blank, type Entry } from "../talk";

/** The server takes no more, in bytes. */
const MOST = 20 * 2 ** 20;
/** So often a broken upload is tried again by itself, after this pause. */
const TRIES = 3;
const PAUSE_MS = 3000;

/** Says in the person's language why a file did not go out. */
export interface Reasons {
  big: string;
  broken: string;
}

interface Waiting {
  file: File;
  entry: Entry;
  request: XMLHttpRequest | null;
  tries: number;
}

export class Uploads {
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly address: string,
    private readonly token: () => string | null,
    private readonly reasons: () => Reasons,
    private readonly put: (entry: Entry) => void,
  ) {}

  add(file: File, order: number): void {
    const id = uuid();
    const entry = blank(id, "person", "");
    entry.order = order;
    entry.state = "sending";
    entry.files = [{ kind: file.type.startsWith("image/") ? "photo" : "document", name: file.name }];
    this.waiting.set(id, { file, entry, request: null, tries: 0 });
    if (file.size > MOST) this.fail(id, this.reasons().big);
    else this.go(id);
  }

  /** The network is back: what could not go out goes now. */
  resume(): void {
    for (const [id, it] of this.waiting) if (it.entry.state === "sending" && !it.request) this.go(id);
  }

  again(id: string): void {
    const it = this.waiting.get(id);
    if (it) it.tries = 0;
    this.go(id);
  }

  /** Forget a file: it has arrived, or is not to be sent. */
  drop(id: string): void {
    this.waiting.get(id)?.request?.abort();
    this.waiting.delete(id);
  }

  clear(): void {
    for (const id of [...this.waiting.keys()]) this.drop(id);
  }

  private go(id: string): void {
    const it = this.waiting.get(id);
    if (!it || it.request) return;
    const token = this.token();
    if (!token) return this.tell(it, { state: "sending" });
    const body = new FormData();
    body.append("token", token);
    body.append("id", id);
    body.append("file", it.file, it.file.name);
    const request = new XMLHttpRequest();
    it.request = request;
    request.upload.onprogress = (event) => this.tell(it, { progress: event.loaded / event.total });
    request.onload = () => this.answered(id, request);
    request.onerror = () => this.broke(id);
    request.open("POST", this.address);
    request.send(body);
    this.tell(it, { state: "sending", progress: 0, problem: "" });
  }

  private answered(id: string, request: XMLHttpRequest): void {
    const it = this.waiting.get(id);
    if (!it) return;
    if (request.status >= 200 && request.status < 300) {
      this.waiting.delete(id);
      this.tell(it, { state: "sent" });
    } else if (request.status === 413) {
      this.fail(id, this.reasons().big);
    } else {
      this.fail(id, reason(request.responseText) || this.reasons().broken);
    }
  }

  private broke(id: string): void {
    const it = this.waiting.get(id);
    if (!it) return;
    it.request = null;
    it.tries += 1;
    if (it.tries < TRIES) setTimeout(() => this.go(id), PAUSE_MS);
    else this.fail(id, this.reasons().broken);
  }

  private fail(id: string, problem: string): void {
    const it = this.waiting.get(id);
    if (!it) return;
    it.request = null;
    this.tell(it, { state: "failed", problem });
  }

  private tell(it: Waiting, change: Partial<Entry>): void {
    it.entry = { ...it.entry, ...change };
    this.put(it.entry);
  }
}

function reason(body: string): string {
  try {
    const answer = JSON.parse(body) as { text?: unknown };
    return typeof answer.text === "string" ? answer.text : "";
  } catch {
    return "";
  }
}
