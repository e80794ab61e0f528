/** The chat: one component for the person's page, the demo phones and the studio. */

import { button, make } from "../shared/elements";
import type { Language } from "../shared/language";
import { type Action, Composer } from "./composer";
import { Log } from "./log";
import type { Choice, Connection, Entry, Listener, Transport } from "./talk";
import { type Words, wordsOf } from "./words";

export interface Options {
  language: Language;
  /** Further entries of the menu beside the box. */
  actions?: Action[];
}

export interface Chat {
  say(text: string): void;
  notice(text: string): void;
  speak(language: Language): void;
  focus(): void;
  /** Stop the transport and leave nothing on the screen. */
  end(): void;
}

/** A loss so short, in milliseconds, is not worth a word. */
const PATIENCE = 1500;
/** After so long, what is shown anew has been shown, and only what is new is read out. */
const SETTLED = 500;

/** Show a chat in `root` and connect it. */
export function mountChat(root: HTMLElement, transport: Transport, options: Options): Chat {
  const chat = new Mounted(root, transport, options);
  transport.begin(chat);
  return chat;
}

class Mounted implements Chat, Listener {
  private words: Words;
  private readonly log: Log;
  private readonly composer: Composer;
  private readonly state = make("p", "state");
  private readonly told = make("p", "notice");
  private readonly newer: HTMLButtonElement;
  private readonly change = make("p", "change");
  private changing: Entry | null = null;
  private waited: ReturnType<typeof setTimeout> | undefined;
  private wanted: Connection | null = null;
  private shown: Connection = "open";

  constructor(
    private readonly root: HTMLElement,
    private readonly transport: Transport,
    options: Options,
  ) {
    this.words = wordsOf(options.language);
    const edit = transport.edit && ((entry: Entry) => this.startChange(entry));
    this.log = new Log(
      this.words,
      {
        press: (entry: Entry, choice: Choice) => transport.press(entry, choice),
        again: (entry: Entry) => transport.again?.(entry.key),
        remove: (entry: Entry) => transport.remove?.(entry.key),
        ...(edit ? { edit } : {}),
      },
      (yes) => (this.newer.hidden = !yes),
    );
    this.composer = new Composer(
      this.words,
      { say: (text) => this.write(text), file: (file) => transport.send(file), typing: () => transport.typing?.() },
      options.actions ?? [],
    );
    this.newer = button("newer", this.words.newer, () => this.log.toEnd());
    this.build();
  }

  say(text: string): void {
    this.transport.say(text);
  }

  speak(language: Language): void {
    this.words = wordsOf(language);
    this.log.speak(this.words);
    this.composer.speak(this.words);
    this.newer.textContent = this.words.newer;
    this.tell(this.shown);
  }

  focus(): void {
    this.log.element.focus({ preventScroll: true });
  }

  end(): void {
    clearTimeout(this.waited);
    this.transport.end();
    this.log.clear();
    this.composer.text = "";
    this.root.replaceChildren();
  }

  put(entries: Entry[]): void {
    this.log.put(entries);
  }

  drop(keys: string[]): void {
    this.log.drop(keys);
  }

  clear(): void {
    this.log.clear();
  }

  erased(): void {
    this.log.clear();
    this.composer.text = "";
    this.stopChange();
    this.notice(this.words.erased);
  }

  connection(state: Connection): void {
    if (state === "connecting") this.log.busy(true);
    else setTimeout(() => this.log.busy(false), SETTLED);
    if (state === this.wanted) return;
    this.wanted = state;
    clearTimeout(this.waited);
    this.waited = setTimeout(() => this.tell(state), state === "open" ? 0 : PATIENCE);
  }

  notice(text: string): void {
    this.told.textContent = text;
    this.told.hidden = !text;
  }

  giveBack(text: string): void {
    if (!this.composer.text) this.composer.text = text;
  }

  private build(): void {
    this.root.classList.add("chat");
    this.state.setAttribute("role", "status");
    this.told.setAttribute("role", "alert");
    this.told.hidden = this.change.hidden = this.newer.hidden = this.state.hidden = true;
    this.root.replaceChildren(
      this.state,
      this.log.element,
      this.newer,
      this.told,
      this.change,
      this.composer.element,
    );
  }

  private tell(state: Connection): void {
    const again = state === "open" && this.shown !== "open";
    this.shown = state;
    this.state.className = `state ${state}`;
    this.state.textContent = state === "open" ? (again ? this.words.back : "") : this.words[state];
    this.state.hidden = !this.state.textContent;
    if (again) this.waited = setTimeout(() => (this.state.hidden = true), 2500);
  }

  private write(text: string): void {
    this.notice("");
    const entry = this.changing;
    this.stopChange();
    if (entry) this.transport.edit?.(entry, text);
    else this.transport.say(text);
  }

  private startChange(entry: Entry): void {
    this.changing = entry;
    const stop = button("link", this.words.cancel, () => {
      this.composer.text = "";
      this.stopChange();
    });
    this.change.replaceChildren(this.words.editing, stop);
    this.change.hidden = false;
    this.composer.text = entry.text;
    this.composer.focus();
  }

  private stopChange(): void {
    this.changing = null;
    this.change.hidden = true;
  }
}
