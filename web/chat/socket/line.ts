/**
 * One web socket that comes back: it opens again after a loss, later each time, at once when the network is back.
 * Whether it still lives, it asks by a ping of its own: a browser may go on for minutes over a dead connection.
 */

import type { ToServer } from "./frames";

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
/** Hidden for so long, a socket is not to be trusted: phones cut it without a word. */
const ASLEEP_MS = 30_000;
const SILENT = 1006;
/** Nothing heard for so long, the server is asked; nothing heard thereafter, the socket is dead. */
const QUIET_MS = 20_000;
const DEAD_MS = 30_000;
const LOOK_MS = 5000;

export interface Ends {
  up(): void;
  take(body: unknown): void;
  /** @param code Why it closed, as the server said; 1006 when nobody said anything. */
  down(code: number): void;
}

export class Line {
  private socket: WebSocket | null = null;
  private wait = FIRST_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hiddenAt = 0;
  private heardAt = 0;
  private readonly pulse: ReturnType<typeof setInterval>;
  private ended = false;

  constructor(
    private readonly address: string,
    private readonly ends: Ends,
  ) {
    addEventListener("online", this.now);
    addEventListener("offline", this.cut);
    document.addEventListener("visibilitychange", this.look);
    this.pulse = setInterval(() => this.feel(), LOOK_MS);
    this.connect();
  }

  send(frame: unknown): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** The talk goes well: the next loss is waited for only shortly. */
  well(): void {
    this.wait = FIRST_MS;
  }

  /** Give up this socket and open another one. */
  readonly cut = (): void => {
    this.socket?.close();
    this.lost(this.socket, SILENT);
  };

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    clearInterval(this.pulse);
    removeEventListener("online", this.now);
    removeEventListener("offline", this.cut);
    document.removeEventListener("visibilitychange", this.look);
    this.socket?.close();
    this.socket = null;
  }

  private readonly now = (): void => {
    if (this.socket || this.ended) return;
    clearTimeout(this.timer);
    this.connect();
  };

  private readonly look = (): void => {
    if (document.hidden) {
      this.hiddenAt = Date.now();
    } else if (this.hiddenAt && Date.now() - this.hiddenAt > ASLEEP_MS) {
      this.cut();
      this.now();
    } else {
      this.now();
    }
  };

  private feel(): void {
    const quiet = Date.now() - this.heardAt;
    if (!this.socket || document.hidden || quiet < QUIET_MS) return;
    if (quiet > DEAD_MS) this.cut();
    else this.send({ t: "ping" } satisfies ToServer);
  }

  private connect(): void {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => this.ends.up();
    socket.onmessage = (event: MessageEvent<unknown>) => {
      this.heardAt = Date.now();
      if (socket === this.socket) this.ends.take(event.data);
    };
    socket.onclose = (event) => this.lost(socket, event.code);
  }

  private lost(socket: WebSocket | null, code: number): void {
    if (!socket || socket !== this.socket || this.ended) return;
    this.socket = null;
    this.ends.down(code);
    this.timer = setTimeout(this.now, this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_MS);
  }
}
