/** Draws one entry: who, what, when, and what can be tapped. */

import { button, make } from "../shared/elements";
import { replaceOnClick } from "../shared/links";
import type { Attached, Choice, Entry } from "./talk";
import type { Words } from "./words";

/** What a tap on an entry does. */
export interface Taps {
  press(entry: Entry, choice: Choice): void;
  again(entry: Entry): void;
  remove(entry: Entry): void;
  /** Missing where own messages cannot be changed. */
  edit?: (entry: Entry) => void;
}

/** Fill the element of an entry anew; a button keeps its focus when it is still there. */
export function draw(element: HTMLElement, entry: Entry, words: Words, taps: Taps): void {
  const tree = element.getRootNode();
  const active = tree instanceof Document || tree instanceof ShadowRoot ? tree.activeElement : null;
  const focused = element.contains(active) ? (active as HTMLElement).dataset["data"] : undefined;
  element.className = `entry ${entry.from}${entry.state === "sent" ? "" : ` ${entry.state}`}`;
  element.replaceChildren(...parts(entry, words, taps));
  if (focused === undefined) return;
  for (const it of element.querySelectorAll<HTMLElement>("[data-data]")) {
    if (it.dataset["data"] === focused) it.focus({ preventScroll: true });
  }
}

function* parts(entry: Entry, words: Words, taps: Taps): Generator<HTMLElement> {
  const who = entry.sender ?? words[entry.from === "person" ? "you" : entry.from];
  const shown = entry.from === "counselor" || entry.from === "system";
  yield make("p", shown ? "who" : "who aside", who);
  if (entry.title || entry.text || entry.facts || entry.files.length) yield bubble(entry, words);
  yield foot(entry, words, taps);
  if (entry.rows.length) yield choices(entry, words, taps);
  if (entry.live && entry.fixed.length) yield fixed(entry, words, taps);
}

function bubble(entry: Entry, words: Words): HTMLElement {
  const box = make("div", "bubble");
  if (entry.title) box.append(written("title", entry.title));
  if (entry.text) box.append(written("text", entry.text));
  for (const [name, value] of entry.facts ?? []) {
    const line = make("p", "fact");
    line.append(written("", name), written("", value));
    box.append(line);
  }
  box.append(...entry.files.map((file) => attached(file, words)));
  if (entry.progress !== undefined && entry.state === "sending") {
    const bar = make("progress");
    bar.value = entry.progress;
    bar.setAttribute("aria-label", words.sending);
    box.append(bar);
  }
  return box;
}

function written(className: string, text: string): HTMLElement {
  const element = make("span", className, text);
  element.dir = "auto";
  return element;
}

function attached(file: Attached, words: Words): HTMLElement {
  const kind = words[file.kind === "photo" || file.kind === "voice" ? file.kind : "document"];
  if (file.url && file.kind === "photo") {
    const image = make("img", "picture");
    image.src = file.url;
    image.alt = file.name || kind;
    return image;
  }
  const line = make("span", "file", `${kind} `);
  line.append(written("", file.name));
  return line;
}

function foot(entry: Entry, words: Words, taps: Taps): HTMLElement {
  const line = make("p", "foot");
  const told = entry.state === "sent" ? clock(entry.at) : words[entry.state];
  line.append(make("span", "", entry.edited ? `${told} · ${words.edited}` : told));
  if (entry.problem) line.append(make("span", "problem", entry.problem));
  if (entry.state === "failed") {
    line.append(button("link", words.again, () => taps.again(entry)));
    line.append(button("link", words.remove, () => taps.remove(entry)));
  }
  const edit = taps.edit;
  if (edit && entry.from === "person" && entry.state === "sent" && entry.text) {
    line.append(button("link", words.edit, () => edit(entry)));
  }
  return line;
}

function clock(at: string): string {
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  return Number.isNaN(time.getTime()) ? "" : `${two(time.getHours())}:${two(time.getMinutes())}`;
}

function choices(entry: Entry, words: Words, taps: Taps): HTMLElement {
  const group = grouped("choices", words.choices);
  for (const row of entry.rows) {
    const line = make("div", "row");
    line.append(...row.map((choice) => tappable("choice", entry, choice, words, taps)));
    group.append(line);
  }
  return group;
}

function fixed(entry: Entry, words: Words, taps: Taps): HTMLElement {
  const group = grouped("fixed", words.links);
  group.append(...entry.fixed.map((choice) => tappable("chip", entry, choice, words, taps)));
  return group;
}

function grouped(className: string, label: string): HTMLElement {
  const group = make("div", className);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  return group;
}

function tappable(className: string, entry: Entry, choice: Choice, words: Words, taps: Taps): HTMLElement {
  if (choice.path && entry.live) return link(className, choice);
  const element = button(className, choice.label, () => {
    if (entry.live) taps.press(entry, choice);
  });
  element.dir = "auto";
  element.dataset["data"] = choice.data;
  if (choice.ends) element.classList.add("ends");
  const on = choice.on || (entry.chosen !== null && entry.chosen === choice.data);
  if (on) {
    element.classList.add("on");
    if (entry.live) element.setAttribute("aria-pressed", "true");
    else element.append(make("span", "aside", ` (${words.chosen})`));
  }
  if (!entry.live) {
    // not `disabled`: the focus of a keyboard stays where it was and goes on to the next question
    element.setAttribute("aria-disabled", "true");
    element.tabIndex = -1;
  }
  return element;
}

function link(className: string, choice: Choice): HTMLElement {
  const element = make("a", className, choice.label);
  element.href = choice.path;
  element.rel = "noopener noreferrer";
  if (element.origin === location.origin && choice.path.startsWith("/")) replaceOnClick(element);
  else element.target = "_blank";
  element.dir = "auto";
  return element;
}
