/** Her notes of what happened, and what they show together. */

import { button, make } from "../../shared/elements";
import type { Language } from "../../shared/language";
import type { Everything, Incident, Kept, Pattern } from "./desk";
import { area, choice, entry, field, tick } from "./fields";
import { choices, type OwnWords } from "./words";

export interface LogTaps {
  keep(data: Incident, replaces?: number): void;
  remove(number: number): void;
  change(one: Kept<Incident>): void;
}

const TEXTS = ["what", "witness", "evidence", "report", "effect"] as const;
const TICKS = ["threat", "weapon", "breach"] as const;

/** All notes, the newest day first. */
export function drawLog(told: Everything, words: OwnWords, language: Language, taps: LogTaps): HTMLElement {
  const list = make("ol", "own-list");
  const newest = [...told.log].sort((one, other) => other.data.day.localeCompare(one.data.day));
  for (const one of newest) list.append(note(one, words, language, taps));
  if (newest.length) return list;
  return make("p", "soft", words.none);
}

function note(one: Kept<Incident>, words: OwnWords, language: Language, taps: LogTaps): HTMLElement {
  const line = make("li", "own-card");
  const { data } = one;
  const part = data.part === "unknown" ? "" : ` · ${said("part", data.part, language)}`;
  const when = `${data.about ? "≈ " : ""}${data.day}${part}`;
  line.append(make("p", "strong", when));
  const times = data.count > 1 ? ` × ${data.count}` : "";
  line.append(make("p", "", `${said("act", data.act, language)}${times} · ${said("place", data.place, language)}`));
  for (const name of TEXTS) if (data[name]) line.append(make("p", "soft", `${words[name]}: ${data[name]}`));
  for (const name of TICKS) if (data[name]) line.append(make("p", "mark", words[name]));
  if (data.breach) line.append(make("p", "soft", words.breachNow));
  const acts = make("p", "own-acts");
  acts.append(
    button("link", words.change, () => taps.change(one)),
    button("link", words.remove, () => taps.remove(one.number)),
  );
  line.append(acts);
  return line;
}

/** The form for a new note, or for the correction of one. */
export function logForm(words: OwnWords, language: Language, taps: LogTaps, old?: Kept<Incident>): HTMLFormElement {
  const form = make("form", "own-form");
  form.autocomplete = "off";
  const had: Partial<Incident> = old?.data ?? {};
  const day = entry("day", "date", had.day ?? today());
  day.required = true;
  day.max = today();
  const often = entry("count", "number", String(had.count ?? 1));
  often.min = "1";
  form.append(field(words.day, day), field(words.about, tick("about", had.about ?? false)));
  for (const name of ["part", "act", "place"] as const) {
    const offered = choices[name].map(([id, ko, en]): [string, string] => [id, language === "ko" ? ko : en]);
    form.append(field(words[name], choice(name, offered, had[name] ?? offered[0]![0])));
  }
  form.append(field(words.count, often));
  for (const name of TEXTS) {
    const long = name === "what" || name === "effect";
    form.append(field(words[name], long ? area(name, had[name] ?? "") : entry(name, "text", had[name] ?? "")));
  }
  for (const name of TICKS) form.append(field(words[name], tick(name, had[name] ?? false)));
  const send = make("button", "main", words.keep);
  form.append(send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    taps.keep(read(form), old?.number);
  });
  return form;
}

/** What many notes show together: how often, when, and whether it is becoming more. */
export function drawPattern(seen: Pattern, words: OwnWords): HTMLElement {
  const box = make("div");
  box.append(make("p", "strong", words.trend[seen.trend]));
  const figures = make("dl", "figures");
  for (const name of ["total", "lately", "before", "breaches", "threats"] as const) {
    figures.append(make("dt", "", words[name]), make("dd", "", String(seen[name])));
  }
  box.append(figures, make("h3", "", words.months), bars(seen.months));
  box.append(make("h3", "", words.weekdays), bars(words.week.map((day, n) => [day, seen.weekdays[n] ?? 0])));
  return box;
}

/** Bars without style attributes: the policy of the page allows none. */
function bars(rows: [string, number][]): HTMLElement {
  const list = make("ul", "bars");
  const most = Math.max(1, ...rows.map(([, count]) => count));
  for (const [name, count] of rows) {
    const line = make("li");
    const bar = make("progress");
    bar.max = most;
    bar.value = count;
    bar.setAttribute("aria-hidden", "true");
    line.append(make("span", "", name), bar, make("span", "", String(count)));
    list.append(line);
  }
  return list;
}

function read(form: HTMLFormElement): Incident {
  const given = new FormData(form);
  const text = (name: string): string => String(given.get(name) ?? "").trim();
  const on = (name: string): boolean => given.has(name);
  return {
    day: text("day"), about: on("about"), part: text("part"), act: text("act"), place: text("place"),
    count: Math.max(1, Number(text("count")) || 1), what: text("what"), threat: on("threat"), weapon: on("weapon"),
    witness: text("witness"), evidence: text("evidence"), reported: text("report") !== "", report: text("report"),
    breach: on("breach"), effect: text("effect"),
  };
}

function said(name: "part" | "act" | "place", id: string, language: Language): string {
  const found = choices[name].find(([known]) => known === id);
  return found?.[language === "ko" ? 1 : 2] ?? "";
}

function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
