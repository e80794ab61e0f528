/** Where a person writes: the box, the way to send, and what else can be sent. */

import { button, make } from "../shared/elements";
import type { Words } from "./words";

/** Further things that a page offers beside the box. */
export interface Action {
  label(): string;
  run(): void;
}

export interface Writes {
  say(text: string): void;
  file(file: File): void;
  /** The box is being written in. */
  typing(): void;
}

export class Composer {
  readonly element = make("form", "composer");
  private readonly box = make("textarea", "box");
  private readonly picker = make("input");
  private readonly menu = make("div", "menu");
  private readonly plus: HTMLButtonElement;
  private readonly send = make("button", "send");
  private readonly pick: HTMLButtonElement;

  constructor(
    words: Words,
    private readonly writes: Writes,
    private readonly actions: Action[],
  ) {
    this.plus = button("plus", "+", () => this.unfold(this.menu.hidden !== false));
    this.pick = button("item", "", () => this.picker.click());
    this.picker.type = "file";
    this.picker.multiple = true;
    this.picker.hidden = true;
    this.box.rows = 1;
    this.box.maxLength = 16_000;
    this.box.autocomplete = "off";
    this.box.spellcheck = false; // some browsers send what is checked to their makers
    this.box.dir = "auto";
    this.box.enterKeyHint = "send";
    this.send.type = "submit";
    this.element.append(this.menu, this.plus, this.box, this.send, this.picker);
    this.speak(words);
    this.unfold(false);
    this.listen();
  }

  speak(words: Words): void {
    this.box.setAttribute("aria-label", words.box);
    this.box.placeholder = words.box;
    this.send.textContent = words.send;
    this.plus.setAttribute("aria-label", words.more);
    this.picker.setAttribute("aria-label", words.file);
    this.pick.textContent = words.file;
    const items = this.actions.map((it) => button("item", it.label(), () => this.choose(it)));
    this.menu.replaceChildren(this.pick, ...items);
  }

  focus(): void {
    this.box.focus();
  }

  get text(): string {
    return this.box.value;
  }

  set text(text: string) {
    this.box.value = text;
    this.fit();
  }

  private choose(action: Action): void {
    this.unfold(false);
    action.run();
  }

  private unfold(yes: boolean): void {
    this.menu.hidden = !yes;
    this.plus.setAttribute("aria-expanded", String(yes));
    if (yes) this.pick.focus();
  }

  private listen(): void {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.menu.hidden) return;
      this.unfold(false);
      this.plus.focus();
    });
    this.box.addEventListener("keydown", (event) => {
      // a Korean syllable that is still being composed is finished by Enter, not sent
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener("input", () => {
      this.fit();
      this.writes.typing();
    });
    this.box.addEventListener("paste", (event) => this.take(event.clipboardData?.files));
    this.picker.addEventListener("change", () => {
      this.take(this.picker.files);
      this.picker.value = "";
      this.unfold(false);
      this.plus.focus();
    });
  }

  private take(files: FileList | null | undefined): void {
    for (const file of files ?? []) this.writes.file(file);
  }

  private submit(): void {
    const text = this.box.value.trim();
    if (!text) return;
    this.text = "";
    this.writes.say(text);
  }

  private fit(): void {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 140)}px`;
  }
}
