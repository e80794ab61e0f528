/** Leaves this page at once: blank first, then forgotten, then a weather page in its place in the history. */

import { make } from "./elements";
import type { Language } from "./language";

const PRESSES = 3;
const WITHIN_MS = 5000;

const told: Record<Language, { left: (more: number) => string; over: string; gone: string }> = {
  ko: {
    left: (more) => `Shift를 ${more}번 더 누르면 이 페이지를 나갑니다.`,
    over: "빨리 나가기를 그만두었습니다.",
    gone: "페이지를 나가는 중입니다.",
  },
  en: {
    left: (more) => `Press Shift ${more} more ${more === 1 ? "time" : "times"} to leave this page.`,
    over: "Leaving was stopped.",
    gone: "Leaving this page.",
  },
};

/** Arm every link with `data-exit`, and the key Shift. `forget` is called when the page is already blank. */
export function armExit(forget: () => void): void {
  const links = document.querySelectorAll<HTMLAnchorElement>("a[data-exit]");
  const target = links[0]?.href ?? "about:blank";
  const leave = (): void => {
    blankOut();
    try {
      sessionStorage.clear();
      forget();
    } finally {
      location.replace(target);
    }
  };
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
  }
  new Shifts(leave).listen();
}

function words(): (typeof told)[Language] {
  return told[document.documentElement.lang === "en" ? "en" : "ko"];
}

/** Nothing of the page stays, on the screen or in the document. */
function blankOut(): void {
  const said = make("p", "aside", words().gone);
  said.setAttribute("role", "alert");
  document.documentElement.className = "gone";
  document.body.replaceChildren(said);
  document.title = "\u00a0";
}

/** Shift, three times alone within five seconds; with any other key in between it is just writing. */
class Shifts {
  private count = 0;
  private alone = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly dots = make("div", "exit-dots");
  private readonly said = make("p", "aside");

  constructor(private readonly leave: () => void) {
    this.said.setAttribute("role", "status");
    this.dots.setAttribute("aria-hidden", "true");
    this.dots.hidden = true;
    for (let n = 0; n < PRESSES; n += 1) this.dots.append(make("span"));
    document.body.append(this.dots, this.said);
  }

  listen(): void {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Shift" && !event.repeat) this.alone = true;
      else if (event.key !== "Shift") this.otherKey();
    });
    document.addEventListener("pointerdown", () => this.otherKey());
    document.addEventListener("keyup", (event) => {
      if (event.key === "Shift" && this.alone) this.press();
    });
  }

  private otherKey(): void {
    this.alone = false;
    if (this.count) this.reset("");
  }

  private press(): void {
    this.alone = false;
    this.count += 1;
    if (this.count >= PRESSES) return this.leave();
    if (this.count === 1) this.timer = setTimeout(() => this.reset(words().over), WITHIN_MS);
    this.show(words().left(PRESSES - this.count));
  }

  private reset(why: string): void {
    clearTimeout(this.timer);
    this.count = 0;
    this.show(why);
  }

  private show(text: string): void {
    this.said.textContent = text;
    this.dots.hidden = this.count === 0;
    [...this.dots.children].forEach((dot, n) => dot.classList.toggle("on", n < this.count));
  }
}
