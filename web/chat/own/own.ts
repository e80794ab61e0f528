/** Her own things behind her code word: notes, pattern, plan, copies. Forgotten when it is closed. */

import { button, make } from "../../shared/elements";
import type { Language } from "../../shared/language";
import { type Everything, type Incident, type Item, type Kept, OwnDesk } from "./desk";
import { entry, field } from "./fields";
import { drawLog, drawPattern, logForm } from "./log";
import { drawPlan } from "./plan";
import { type OwnWords, ownWords } from "./words";

type View = "log" | "pattern" | "plan";
const VIEWS: View[] = ["log", "pattern", "plan"];
const COPIES = ["log.pdf", "log.csv", "plan.pdf"] as const;

export class Own {
  private readonly desk: OwnDesk;
  private told: Everything | null = null;
  private view: View = "log";
  private all = false;
  private words: OwnWords = ownWords.ko;
  private language: Language = "ko";

  /** @param body Where it is drawn. */
  constructor(
    private readonly body: HTMLElement,
    token: () => string | null,
    private readonly close: () => void,
  ) {
    this.desk = new OwnDesk(token);
  }

  /** Ask for the word anew, whatever was open before. */
  show(language: Language): void {
    this.forget();
    this.language = language;
    this.words = ownWords[language];
    this.drawLock("");
  }

  /** Leave nothing in the page. */
  forget(): void {
    this.desk.forget();
    this.told = null;
    this.view = "log";
    this.all = false;
    this.body.replaceChildren();
  }

  private drawLock(problem: string, choose = false): void {
    const { words } = this;
    const form = make("form", "own-form");
    form.autocomplete = "off";
    const word = entry("word", "password", "");
    word.required = true;
    const other = button("link", words.first, () => this.drawLock("", true));
    form.append(field(words.word, word), make("button", "main", choose ? words.choose : words.open));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.unlock(word.value, choose);
    });
    const said = make("p", "warn", problem);
    said.setAttribute("role", "alert");
    said.hidden = !problem;
    this.body.replaceChildren(make("p", "", words.how), said, form, ...(choose ? [] : [other]), this.shut());
    word.focus();
  }

  private async unlock(word: string, choose: boolean): Promise<void> {
    this.told = await this.desk.open(word, choose);
    if (this.told) this.draw();
    else this.drawLock(choose ? this.words.taken : this.words.refused, choose);
  }

  private draw(extra?: HTMLElement): void {
    const { told, words, language } = this;
    if (!told) return;
    const parts: HTMLElement[] = [this.tabs()];
    if (!told.unbroken) parts.push(make("p", "warn", words.broken));
    if (this.view === "log") {
      parts.push(make("p", "soft", words.honest));
      parts.push(extra ?? button("main", words.add, () => this.write()));
      parts.push(drawLog(told, words, language, this.logTaps));
    } else if (this.view === "pattern") {
      parts.push(drawPattern(told.pattern, words));
    } else {
      parts.push(drawPlan(told, words, language, this.planTaps, this.all));
    }
    this.body.replaceChildren(...parts, this.copies(), this.shut());
  }

  private readonly logTaps = {
    keep: (data: Incident, replaces?: number): void => void this.keep("incident", data, replaces),
    remove: (number: number): void => void this.keep("incident", null, number),
    change: (one: Kept<Incident>): void => this.write(one),
  };

  private readonly planTaps = {
    keep: (data: Item, replaces?: number): void => void this.keep("plan", data, replaces),
    remove: (number: number): void => void this.keep("plan", null, number),
    more: (): void => {
      this.all = true;
      this.draw();
    },
  };

  private write(old?: Kept<Incident>): void {
    const form = logForm(this.words, this.language, this.logTaps, old);
    this.draw(form);
    form.querySelector("input")?.focus();
  }

  private async keep(kind: "incident" | "plan", data: object | null, replaces?: number): Promise<void> {
    const kept = await this.desk.keep(kind, data, replaces);
    const told = kept ? await this.desk.look() : null;
    if (told) {
      this.told = told;
      this.draw();
    } else this.problem(this.words.failed);
  }

  private problem(text: string): void {
    const said = make("p", "warn", text);
    said.setAttribute("role", "alert");
    this.body.prepend(said);
    said.scrollIntoView({ block: "nearest" });
  }

  private tabs(): HTMLElement {
    const bar = make("nav", "own-tabs");
    for (const view of VIEWS) {
      const tab = button(view === this.view ? "tab on" : "tab", this.words[view], () => {
        this.view = view;
        this.draw();
      });
      if (view === this.view) tab.setAttribute("aria-current", "true");
      bar.append(tab);
    }
    return bar;
  }

  private copies(): HTMLElement {
    const box = make("div", "own-copies");
    const acts = make("p", "own-acts");
    for (const name of COPIES) acts.append(button("plain", this.words[name], () => void this.copy(name)));
    box.append(make("h3", "", this.words.copies), make("p", "soft", this.words.safe), acts);
    return box;
  }

  /** The file gets a name that says nothing. */
  private async copy(name: string): Promise<void> {
    const content = await this.desk.copy(name);
    if (!content) return this.problem(this.words.failed);
    const link = make("a");
    link.href = URL.createObjectURL(content);
    link.download = `notes.${name.split(".")[1] ?? ""}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  private shut(): HTMLElement {
    return button("plain", this.words.close, () => {
      this.forget();
      this.close();
    });
  }
}
