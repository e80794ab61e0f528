/** Sheets that cover the talk but never the ways out: the first words, the 112 card, the way back in. */

import { byId } from "../../shared/elements";

export class Sheets {
  private open: HTMLElement | null = null;
  private opener: HTMLElement | null = null;

  /** @param behind What cannot be used while a sheet lies over it. */
  constructor(private readonly behind: HTMLElement) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.open && !this.open.dataset["stays"]) this.close();
    });
    for (const it of document.querySelectorAll("[data-close]")) {
      it.addEventListener("click", () => this.close());
    }
  }

  /** Show a sheet and put the focus on its heading. Another one that is open comes back afterwards. */
  show(id: string): void {
    const sheet = byId(id);
    if (sheet === this.open) return;
    const under = this.open?.dataset["stays"] ? this.open : null;
    this.hide();
    this.under = under;
    this.opener = document.activeElement as HTMLElement | null;
    this.open = sheet;
    sheet.hidden = false;
    this.behind.inert = true;
    sheet.scrollTop = 0;
    sheet.querySelector<HTMLElement>("h1, h2")?.focus();
  }

  close(): void {
    this.hide();
    const back = this.opener;
    this.opener = null;
    if (this.under) {
      this.open = this.under;
      this.under = null;
      this.open.hidden = false;
    } else {
      this.behind.inert = false;
    }
    back?.focus();
  }

  private under: HTMLElement | null = null;

  private hide(): void {
    if (this.open) this.open.hidden = true;
    this.open = null;
  }
}
