/** The fields of her forms: each with its label, read back by its name. */

import { make } from "../../shared/elements";

let count = 0;

/** A field with its label above it. */
export function field(label: string, input: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): HTMLElement {
  const box = make("div", "field");
  const named = make("label", "", label);
  input.id = `own-${(count += 1)}`;
  named.htmlFor = input.id;
  const tick = input instanceof HTMLInputElement && input.type === "checkbox";
  box.classList.toggle("tick", tick);
  box.append(...(tick ? [input, named] : [named, input]));
  return box;
}

export function entry(name: string, type: string, value: string): HTMLInputElement {
  const input = make("input");
  Object.assign(input, { name, type, value, autocomplete: "off" });
  return input;
}

export function tick(name: string, on: boolean): HTMLInputElement {
  const input = entry(name, "checkbox", "on");
  input.checked = on;
  return input;
}

export function area(name: string, value: string): HTMLTextAreaElement {
  const input = make("textarea");
  Object.assign(input, { name, value, rows: 3, autocomplete: "off" });
  return input;
}

export function choice(name: string, offered: [string, string][], value: string): HTMLSelectElement {
  const select = make("select");
  select.name = name;
  for (const [id, label] of offered) {
    const option = make("option", "", label);
    option.value = id;
    option.selected = id === value;
    select.append(option);
  }
  return select;
}
