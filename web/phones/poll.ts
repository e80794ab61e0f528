/** Follows one person's screen at a stand-in, and does there what she does. */

const WAIT_S = 20;
const PAUSE_MS = 1500;

/** What every screen tells; the messages differ. */
export interface Screen<Message> {
  ok: boolean;
  revision: number;
  messages: Message[];
}

export class Follower<S extends Screen<unknown>> {
  private readonly stopped = new AbortController();

  /** @param address Of this person at the stand-in, without a slash at the end. */
  constructor(
    private readonly address: string,
    private readonly show: (screen: S) => void,
    private readonly reached: (yes: boolean) => void,
  ) {}

  async follow(): Promise<void> {
    let after = -1;
    while (!this.stopped.signal.aborted) {
      try {
        const screen = await this.look(after);
        this.reached(true);
        if (screen.revision !== after) this.show(screen);
        after = screen.revision;
      } catch {
        if (this.stopped.signal.aborted) return;
        this.reached(false);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  /** Do something on this phone; returns why it could not be done, or an empty text. */
  async act(what: string, body: Record<string, unknown> = {}): Promise<string> {
    try {
      const answer = await fetch(`${this.address}/${what}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      const said = (await answer.json()) as { ok?: boolean; error?: string; description?: string };
      return answer.ok && said.ok !== false ? "" : (said.error ?? said.description ?? String(answer.status));
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  stop(): void {
    this.stopped.abort();
  }

  private async look(after: number): Promise<S> {
    const query = `after=${after}&wait=${WAIT_S}`;
    const answer = await fetch(`${this.address}/messages?${query}`, { signal: this.stopped.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as S;
  }
}

/** A file as base64, the way the stand-ins take it. */
export async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  const step = 0x8000; // so many arguments at once
  for (let at = 0; at < bytes.length; at += step) {
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(text);
}
