/** Her plan: what may fit first, then what she took, then her own ways. */

import { button, make } from "../../shared/elements";
import type { Language } from "../../shared/language";
import type { Everything, Item, Kept, Way } from "./desk";
import { area, entry, field } from "./fields";
import type { OwnWords } from "./words";

export interface PlanTaps {
  keep(data: Item, replaces?: number): void;
  remove(number: number): void;
  /** Show all ways, not only those that fit first. */
  more(): void;
}

export function drawPlan(
  told: Everything,
  words: OwnWords,
  language: Language,
  taps: PlanTaps,
  all: boolean,
): HTMLElement {
  const box = make("div");
  for (const one of told.due) box.append(make("p", "warn", one.over ? words.over : words.ends));
  if (told.plan.length) {
    box.append(make("h3", "", words.mine), list(told.plan.map((one) => taken(one, told.ways, words, language, taps))));
  }
  const free = told.fitting.slice(0, all ? undefined : told.first);
  const offered = free.flatMap((id) => told.ways.find((way) => way.id === id) ?? []);
  box.append(make("h3", "", words.could), list(offered.map((way) => offer(way, words, language, taps))));
  if (!all && told.fitting.length > told.first) box.append(button("link", words.more, () => taps.more()));
  box.append(make("h3", "", words.own), ownForm(words, taps));
  return box;
}

function list(cards: HTMLElement[]): HTMLElement {
  const made = make("ul", "own-list");
  made.append(...cards);
  return made;
}

function offer(way: Way, words: OwnWords, language: Language, taps: PlanTaps): HTMLElement {
  const card = make("li", "own-card");
  card.append(...described(way, words, language));
  const acts = make("p", "own-acts");
  acts.append(button("link", words.take, () => taps.keep(fresh({ way: way.id }))));
  card.append(acts);
  return card;
}

function taken(
  one: Kept<Item>,
  ways: Way[],
  words: OwnWords,
  language: Language,
  taps: PlanTaps,
): HTMLElement {
  const card = make("li", `own-card${one.data.done ? " done" : ""}`);
  const way = ways.find((known) => known.id === one.data.way);
  if (way) card.append(...described(way, words, language));
  else card.append(make("p", "strong", one.data.situation), make("p", "", one.data.action));
  if (one.data.helper) card.append(make("p", "soft", `${words.helper}: ${one.data.helper}`));
  if (way?.order) card.append(ends(one, words, taps));
  const acts = make("p", "own-acts");
  acts.append(
    button("link", one.data.done ? words.undone : words.done, () =>
      taps.keep({ ...one.data, done: !one.data.done }, one.number),
    ),
    button("link", words.remove, () => taps.remove(one.number)),
  );
  card.append(acts);
  return card;
}

/** The last day of the measure: with it the plan can say when to look again. */
function ends(one: Kept<Item>, words: OwnWords, taps: PlanTaps): HTMLElement {
  const day = entry("until", "date", one.data.until ?? "");
  day.addEventListener("change", () => taps.keep({ ...one.data, until: day.value || null }, one.number));
  return field(words.until, day);
}

function described(way: Way, words: OwnWords, language: Language): HTMLElement[] {
  const lines = [make("p", "strong", way.situation[language]), make("p", "", way.action[language])];
  if (way.notice) lines.push(make("p", "mark", words.notice));
  if (way.device) lines.push(make("p", "mark", words.device));
  return lines;
}

function ownForm(words: OwnWords, taps: PlanTaps): HTMLFormElement {
  const form = make("form", "own-form");
  form.autocomplete = "off";
  const action = area("action", "");
  action.required = true;
  form.append(
    field(words.situation, entry("situation", "text", "")),
    field(words.action, action),
    field(words.helper, entry("helper", "text", "")),
    make("button", "main", words.keep),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    taps.keep(fresh({ situation: text("situation"), action: text("action"), helper: text("helper") }));
  });
  return form;
}

function fresh(told: Partial<Item>): Item {
  return { way: null, situation: "", action: "", helper: "", done: false, until: null, ...told };
}
