/** Reading a file as text: which part is shown, which step a line belongs to, what may stand there. */

import type { OpenDraft, SourceFile } from "./contract";
import { goals } from "./steps";

/** Longer files begin with the chosen step alone: their whole text is slow to lay out. */
export const LONG_LINES = 600;
const STEP_KEYS = ["title", "say", "simpler", "choices", "several", "answers", "text", "review", "save", "private", "optional", "depends", "link", "do", "set", "call", "goto", "end"];
const CHOICE_KEYS = ["id", "label", "accepts", "when", "goto", "alone"];
const EFFECT_KEYS = ["card", "summon", "wait", "submit", "receipt", "remember", "check_in", "forget", "keep", "look_up", "flag"];
const MOST = 8;

/** A file, or the lines of one step of it; `first` is the number of the first line. */
export interface Part {
  text: string;
  first: number;
  before: string;
  after: string;
}

export function partOf(file: SourceFile, step: string, whole: boolean): Part {
  const begins = file.lines[`steps.${step}`];
  if (whole || !begins) return { text: file.text, first: 1, before: "", after: "" };
  const lines = file.text.split("\n");
  const next = Object.values(file.lines).filter((line) => line > begins);
  const end = next.length ? Math.min(...next) : lines.length + 1;
  const before = lines.slice(0, begins - 1).map((line) => `${line}\n`).join("");
  const text = lines.slice(begins - 1, end - 1).join("\n");
  return { text, first: begins, before, after: end > lines.length ? "" : `\n${lines.slice(end - 1).join("\n")}` };
}

export function stepAt(file: SourceFile, line: number): string {
  let found = "";
  let from = 0;
  for (const [place, at] of Object.entries(file.lines)) {
    if (place.startsWith("steps.") && at <= line && at > from) [found, from] = [place.slice("steps.".length), at];
  }
  return found;
}

/** What may stand at the end of `before`, the text up to the cursor; never what stands there already. */
export function suggestions(open: OpenDraft, file: SourceFile, before: string): string[] {
  const lines = before.split("\n");
  const line = lines.at(-1) ?? "";
  const word = wordAt(before);
  const found = /(?:goto|to): *[\w/]*$/.test(line) ? goals(open, file.flow) : /^\s*-?\s*\w*$/.test(line) ? keysAt(lines).map((key) => `${key}: `) : [];
  return found.filter((one) => one.startsWith(word) && one !== word).slice(0, MOST);
}

export function wordAt(before: string): string {
  return /[\w/]*$/.exec(before)?.[0] ?? "";
}

/** The keys of the list or the step that the last line stands in. */
function keysAt(lines: string[]): string[] {
  const indent = (line: string): number => /^[\s-]*/.exec(line)?.[0].length ?? 0;
  const mine = indent(lines.at(-1) ?? "");
  const above = lines.slice(0, -1).findLast((line) => line.trim() && !line.trim().startsWith("#") && indent(line) < mine && /^\s*\w+:\s*$/.test(line));
  if (above?.trim() === "choices:") return CHOICE_KEYS;
  return above?.trim() === "do:" ? EFFECT_KEYS : STEP_KEYS;
}
