/** The talk on the screen: keeps entries in order and the newest in sight. */

import { make } from "../shared/elements";
import { draw, type Taps } from "./bubble";
import type { Entry } from "./talk";
import type { Words } from "./words";

/** So near to the end, in pixels, the talk follows what is new. */
const NEAR = 120;

interface Place {
  entry: Entry;
  element: HTMLElement;
  drawn: string;
}

export class Log {
  readonly element = make("div", "log");
  private places: Place[] = [];
  private atEnd = true;

  /** @param behind Is told whether something new is out of sight. */
  constructor(
    private words: Words,
    private readonly taps: Taps,
    private readonly behind: (yes: boolean) => void,
  ) {
    this.element.setAttribute("role", "log");
    this.element.setAttribute("aria-live", "polite");
    this.element.tabIndex = 0;
    this.speak(words);
    this.element.addEventListener("scroll", () => this.look(), { passive: true });
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.element);
  }

  put(entries: Entry[]): void {
    const follow = this.atEnd || entries.some((it) => it.state === "sending");
    for (const entry of entries) this.show(entry);
    if (follow) this.toEnd();
    else this.behind(true);
  }

  drop(keys: string[]): void {
    const gone = new Set(keys);
    for (const it of this.places) if (gone.has(it.entry.key)) it.element.remove();
    this.places = this.places.filter((it) => !gone.has(it.entry.key));
  }

  clear(): void {
    this.places = [];
    this.element.replaceChildren();
    this.behind(false);
  }

  /** While a whole talk is shown again, a screen reader is not to read it out. */
  busy(yes: boolean): void {
    this.element.setAttribute("aria-busy", String(yes));
  }

  speak(words: Words): void {
    this.words = words;
    this.element.setAttribute("aria-label", words.talk);
    for (const it of this.places) draw(it.element, it.entry, words, this.taps);
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.look();
  }

  private look(): void {
    this.atEnd = this.near();
    this.behind(!this.atEnd);
  }

  private near(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  private show(entry: Entry): void {
    const drawn = JSON.stringify(entry);
    const known = this.places.find((it) => it.entry.key === entry.key);
    if (known?.drawn === drawn) return;
    const place = known ?? { entry, element: make("div"), drawn };
    place.entry = entry;
    place.drawn = drawn;
    draw(place.element, entry, this.words, this.taps);
    this.settle(place);
  }

  /** Put it where its order says, and touch nothing when it stands there already. */
  private settle(place: Place): void {
    const others = this.places.filter((it) => it !== place);
    let at = others.length;
    while (at > 0 && others[at - 1]!.entry.order > place.entry.order) at -= 1;
    const next = others[at]?.element ?? null;
    others.splice(at, 0, place);
    this.places = others;
    const { element } = place;
    if (element.parentNode !== this.element || element.nextElementSibling !== next) {
      this.element.insertBefore(element, next);
    }
  }
}
