/** What the page asks the server about her own things; her word is held here and nowhere else. */

export interface Incident {
  day: string;
  about: boolean;
  part: string;
  act: string;
  place: string;
  count: number;
  what: string;
  threat: boolean;
  weapon: boolean;
  witness: string;
  evidence: string;
  reported: boolean;
  report: string;
  breach: boolean;
  effect: string;
}

export interface Item {
  way: string | null;
  situation: string;
  action: string;
  helper: string;
  done: boolean;
  until: string | null;
}

export interface Way {
  id: string;
  situation: Record<string, string>;
  action: Record<string, string>;
  notice: boolean;
  device: boolean;
  order: boolean;
}

export interface Kept<Data> {
  number: number;
  data: Data;
}

export interface Pattern {
  total: number;
  months: [string, number][];
  weekdays: number[];
  breaches: number;
  threats: number;
  lately: number;
  before: number;
  trend: "more" | "fewer" | "same" | "few";
}

export interface Everything {
  log: Kept<Incident>[];
  plan: Kept<Item>[];
  ways: Way[];
  fitting: string[];
  first: number;
  due: { way: string; until: string; over: boolean }[];
  pattern: Pattern;
  unbroken: boolean;
}

export class OwnDesk {
  private word = "";

  constructor(private readonly token: () => string | null) {}

  /** Open with her word, or choose it first; null when it does not open. */
  async open(word: string, choose: boolean): Promise<Everything | null> {
    this.word = word;
    if (choose && !(await this.ask("word", {})).ok) return null;
    return this.look();
  }

  async look(): Promise<Everything | null> {
    const answer = await this.ask("look", {});
    return answer.ok ? ((await answer.json()) as Everything) : null;
  }

  async keep(kind: "incident" | "plan", data: object | null, replaces?: number): Promise<boolean> {
    return (await this.ask("keep", { kind, data, replaces: replaces ?? null })).ok;
  }

  async copy(name: string): Promise<Blob | null> {
    const answer = await this.ask("copy", { name });
    return answer.ok ? answer.blob() : null;
  }

  forget(): void {
    this.word = "";
  }

  private async ask(act: string, body: object): Promise<Response> {
    try {
      return await fetch(`/chat/own/${act}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token: this.token() ?? "", word: this.word, ...body }),
      });
    } catch {
      return Response.error();
    }
  }
}
