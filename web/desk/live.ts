/** The bell: a socket that says what changed, and a look every two seconds while it is down. */

import type { Call } from "./contract";

const POLL_MS = 2_000;
const RESYNC_MS = 20_000;
const LONGEST_MS = 15_000;
const CALLS = new Set(["changed", "rows", "typing", "tasks", "look"]);

/** What the bell calls: `caughtUp` after each (re)connect, `look` when calls may be missing. */
export interface Listener {
  called(call: Call): void;
  caughtUp(): void;
  look(): void;
  socket(up: boolean): void;
}

export class Live {
  readonly #listener: Listener;
  #socket: WebSocket | null = null;
  #tries = 0;
  #retry = 0;
  #poll = 0;
  #looked = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  start(): void {
    this.stop();
    this.#connect();
    this.#poll = window.setInterval(this.#tick, POLL_MS);
    window.addEventListener("online", this.#now);
    document.addEventListener("visibilitychange", this.#now);
  }

  stop(): void {
    window.clearInterval(this.#poll);
    window.clearTimeout(this.#retry);
    window.removeEventListener("online", this.#now);
    document.removeEventListener("visibilitychange", this.#now);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Say something to the server, if the line is up: which conversations are open. */
  send(frame: object): void {
    if (this.#up) this.#socket?.send(JSON.stringify(frame));
  }

  get #up(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #connect = (): void => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/desk/socket`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#tries = 0;
      this.#looked = Date.now();
      this.#listener.socket(true);
      this.#listener.caughtUp();
    };
    socket.onmessage = (event) => {
      const call = read(event.data);
      if (call) this.#listener.called(call);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#listener.socket(false);
      this.#retry = window.setTimeout(this.#connect, backOff(this.#tries++));
    };
  };

  /** The network or the screen is back: do not wait for the back-off. */
  #now = (): void => {
    if (document.hidden || this.#socket) return;
    window.clearTimeout(this.#retry);
    this.#connect();
  };

  #tick = (): void => {
    if (this.#up && Date.now() - this.#looked < RESYNC_MS) return;
    this.#looked = Date.now();
    this.#listener.look();
  };
}

/** 0.5 s, doubled up to 15 s, each between half and whole so that desks do not come at once. */
function backOff(tries: number): number {
  const whole = Math.min(LONGEST_MS, 500 * 2 ** tries);
  return whole * (0.5 + Math.random() / 2);
}

function read(frame: unknown): Call | null {
  try {
    const call = JSON.parse(String(frame)) as Partial<Call> | null;
    return CALLS.has(call?.t ?? "") ? (call as Call) : null;
  } catch {
    return null;
  }
}
