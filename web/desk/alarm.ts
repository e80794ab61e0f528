/** A sound and a notification without content when somebody in danger waits. */

import type { Row } from "./contract";

const KEPT = "gyeot.desk.alarm";
const AGAIN_MS = 30_000;

/** Off until the counselor turns it on; then R0 and R1 are told once, R0 again each 30 s. */
export class Alarm {
  on = localStorage.getItem(KEPT) === "on";
  title = "";
  body = "";
  #told = new Set<string>();
  #rang = 0;
  #sound: AudioContext | null = null;

  /** Must be called from a click: browsers give sound and notifications to nobody else. */
  async turn(on: boolean): Promise<void> {
    this.on = on;
    localStorage.setItem(KEPT, on ? "on" : "off");
    if (!on) return;
    await this.#ready();
    this.#beep(1);
    if ("Notification" in window && Notification.permission === "default") {
      await Notification.requestPermission();
    }
  }

  watch(rows: readonly Row[]): void {
    const urgent = rows.filter((row) => row.urgency <= 1 && row.status === "waiting");
    const fresh = urgent.filter((row) => !this.#told.has(`${row.id} ${row.urgency}`));
    this.#told = new Set(urgent.map((row) => `${row.id} ${row.urgency}`));
    const now = urgent.some((row) => row.urgency === 0);
    const due = now && Date.now() - this.#rang > AGAIN_MS;
    if (this.on && (fresh.length > 0 || due)) void this.#ring(now);
  }

  async #ring(now: boolean): Promise<void> {
    this.#rang = Date.now();
    await this.#ready();
    this.#beep(now ? 3 : 1);
    if (document.hidden && "Notification" in window && Notification.permission === "granted") {
      new Notification(this.title, { body: this.body, tag: "gyeot" });
    }
  }

  async #ready(): Promise<void> {
    this.#sound ??= new AudioContext();
    if (this.#sound.state === "suspended") {
      await Promise.race([this.#sound.resume(), new Promise((done) => setTimeout(done, 300))]);
    }
  }

  #beep(times: number): void {
    const sound = this.#sound;
    if (sound?.state !== "running") return;
    for (let n = 0; n < times; n++) {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      const start = sound.currentTime + n * 0.35;
      tone.frequency.value = 740;
      volume.gain.setValueAtTime(0.12, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.28);
      tone.connect(volume).connect(sound.destination);
      tone.start(start);
      tone.stop(start + 0.3);
    }
  }
}
