/** Reading the values of a step as the file holds them. */

import type { Edit, OpenDraft, Path, SourceFile, Text, Value } from "./contract";

export type Bag = Record<string, Value>;

export interface Branch {
  to: string;
  when?: string;
}

export interface ChoiceValue {
  id: string;
  label: Text;
  accepts?: string[];
  goto?: string | Branch[];
}

export function bag(value: Value | undefined): Bag {
  return value && typeof value === "object" && !Array.isArray(value) ? value : {};
}

export function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: Value | undefined): Text {
  const found: Text = {};
  for (const [key, inner] of Object.entries(bag(value))) {
    if (key !== "when" && inner !== null && typeof inner !== "object") found[key] = String(inner);
  }
  return found;
}

export function fileOf(open: OpenDraft, flow: string): SourceFile | undefined {
  return open.files.find((file) => file.flow === flow && file.kind === "flow");
}

/** The flow's file, and the step's values and path in it. */
export function stepOf(open: OpenDraft, id: string): { file: SourceFile; step: Bag; path: Path } | null {
  const [flow = "", name = ""] = id.split("/");
  const file = fileOf(open, flow);
  const steps = bag(bag(file?.content)["steps"]);
  if (!file || !(name in steps)) return null;
  return { file, step: bag(steps[name]), path: ["steps", name] };
}

/** Where the languages of a bubble stand: in the long form below `text`. */
export function bubbleText(value: Value | undefined): { text: Text; below: Path } {
  const whole = bag(value);
  return "text" in whole ? { text: text(whole["text"]), below: ["text"] } : { text: text(value), below: [] };
}

/** Under which condition a bubble or an answer is shown; empty: always. */
export function conditionOf(value: Value | undefined): string {
  return String(bag(value)["when"] ?? "");
}

export function choicesOf(step: Bag): ChoiceValue[] {
  return list(step["choices"]).map((one) => {
    const value = bag(one);
    return {
      id: String(value["id"] ?? ""),
      label: text(value["label"]),
      accepts: list(value["accepts"]).map(String),
      ...(value["goto"] === undefined ? {} : { goto: way(value["goto"]) }),
    };
  });
}

export function way(value: Value | undefined): string | Branch[] {
  if (!Array.isArray(value)) return String(value ?? "");
  return value.map((one) => {
    const branch = bag(one);
    const to = String(branch["to"] ?? "");
    return branch["when"] === undefined ? { to } : { to, when: String(branch["when"]) };
  });
}

/** Every step, as its own flow names it: `menu` here, `opening/menu` elsewhere. */
export function goals(open: OpenDraft, flow: string): string[] {
  const names = open.picture.nodes.map((node) => (node.flow === flow ? node.step : node.id));
  return names.sort((a, b) => Number(a.includes("/")) - Number(b.includes("/")));
}

/** How a form tells what is to change, below the step it shows. */
export type Change = (act: Edit["act"], path: Path, value?: Value) => void;

export function fresh(languages: string[]): Record<string, string> {
  return Object.fromEntries(languages.map((language) => [language, "…"]));
}
