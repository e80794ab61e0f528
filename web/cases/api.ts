/** The page's only door to the server: casework's routes, and the desk's sign-in. */

import type { Staff } from "./contract";

/** The server said no; `message` tells what to do. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
  ) {
    super(text);
  }
}

const WAIT_MS = 15_000;

export class Api {
  #csrf = "";

  async me(): Promise<Staff> {
    return this.#known(await this.#ask<Staff>("/desk/api/me", "GET"));
  }

  async signIn(name: string, password: string): Promise<Staff> {
    return this.#known(await this.#ask<Staff>("/desk/api/sign-in", "POST", { name, password }));
  }

  async signOut(): Promise<void> {
    await this.#ask("/desk/api/sign-out", "POST", {});
    this.#csrf = "";
  }

  get<T>(path: string): Promise<T> {
    return this.#ask<T>(`/cases/api/${path}`, "GET");
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.#ask<T>(`/cases/api/${path}`, "POST", body);
  }

  /** Fetch the list as a file; the reason is written down at the server. */
  async download(reason: string): Promise<Blob> {
    const answer = await this.#reach("/cases/api/export", "POST", { reason });
    if (!answer.ok) throw await refusal(answer);
    return answer.blob();
  }

  #known(staff: Staff): Staff {
    this.#csrf = staff.csrf;
    return staff;
  }

  async #ask<T>(path: string, method: string, body?: object): Promise<T> {
    const answer = await this.#reach(path, method, body);
    if (!answer.ok) throw await refusal(answer);
    return (await answer.json()) as T;
  }

  async #reach(path: string, method: string, body?: object): Promise<Response> {
    const how: RequestInit = { method, credentials: "same-origin", signal: AbortSignal.timeout(WAIT_MS) };
    if (body !== undefined) {
      how.headers = { "Content-Type": "application/json", "X-Gyeot-Csrf": this.#csrf };
      how.body = JSON.stringify(body);
    }
    try {
      return await fetch(path, how);
    } catch {
      throw new Refusal(0, "unreachable", "");
    }
  }
}

async function refusal(answer: Response): Promise<Refusal> {
  const said = (await answer.json().catch(() => ({}))) as { error?: string; text?: string };
  return new Refusal(answer.status, said.error ?? "refused", said.text ?? "");
}
