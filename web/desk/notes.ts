/** The house notes what happened by a code and a detail; the desk says it in words. */

import type { Words } from "./words/ko";

const CODED = /^([\w ]+?)(?:: (.*))?$/su;

/** `signal: ask: model: in doubt` reads as a sentence; a code nobody knows stays as it is. */
export function worded(text: string, words: Words): string {
  const [, code = "", detail = ""] = CODED.exec(text) ?? [];
  if (code === "signal") {
    const [label = "", ...why] = detail.split(": ");
    const found = why.join(": ").split(", ").filter((reason) => !reason.startsWith("model: "));
    return joined(words.notes[`signal ${label}`] ?? text, found.join(", "));
  }
  const said = words.notes[code];
  if (!said) return text;
  return code === "knocked" || code === "joined" ? said : joined(said, detail);
}

function joined(said: string, detail: string): string {
  return detail ? `${said} (${detail})` : said;
}
