/** What a counselor has written and not yet sent: it outlives a reload, never a sign-out. */

import type { Pending } from "./store";

const KEY = "gyeot.desk";

interface Kept {
  staff: string;
  drafts: Record<string, string>;
  pending: Record<string, Pending[]>;
  open: string[];
}

const NOTHING: Kept = { staff: "", drafts: {}, pending: {}, open: [] };

/** Kept in memory and in this tab's sessionStorage; another counselor never sees it. */
export class Drafts {
  #kept: Kept = structuredClone(NOTHING);

  /** Bring back what this counselor had; what another one left in this tab is dropped. */
  belongTo(staff: string): void {
    const before = stored();
    this.#kept = before.staff === staff ? before : { ...structuredClone(NOTHING), staff };
    this.#store();
  }

  draft(id: string): string {
    return this.#kept.drafts[id] ?? "";
  }

  keepDraft(id: string, text: string): void {
    if (text) this.#kept.drafts[id] = text;
    else delete this.#kept.drafts[id];
    this.#store();
  }

  pending(id: string): Pending[] {
    return this.#kept.pending[id] ?? [];
  }

  keepPending(id: string, pending: readonly Pending[]): void {
    const open = pending.filter((message) => message.state !== "stored");
    if (open.length) this.#kept.pending[id] = open;
    else delete this.#kept.pending[id];
    this.#store();
  }

  get open(): string[] {
    return [...new Set([...this.#kept.open, ...Object.keys(this.#kept.pending)])];
  }

  keepOpen(open: readonly string[]): void {
    this.#kept.open = [...open];
    this.#store();
  }

  forget(): void {
    this.#kept = structuredClone(NOTHING);
    sessionStorage.removeItem(KEY);
  }

  #store(): void {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      return; // storage is full or forbidden: memory still has it
    }
  }
}

function stored(): Kept {
  try {
    return { ...structuredClone(NOTHING), ...(JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as object) };
  } catch {
    return structuredClone(NOTHING);
  }
}
