/** Text that others wrote, made safe to look at, and what must not slip out by accident. */

import type { Conversation } from "./contract";

/** Characters that turn the writing direction or show nothing. */
const TRICKS = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000b-\u001f\u007f]/gu;

/** A name in one line: what could hide or turn a part of it (`gpj.exe`) is shown as a box. */
export function plainName(name: string): string {
  return name.replace(TRICKS, "▯").replace(/\s+/gu, " ").trim() || "▯";
}

/** Has this text nothing that an eye could see? */
export function isInvisible(text: string): boolean {
  return text.length > 0 && !/[^\s\u200c\u200d\u2800\u3164\u115f\u1160\uffa0]/u.test(text.replace(TRICKS, ""));
}

/** Does this text repeat something stored that identifies her? Spaces and dashes do not hide it. */
export function leaks(text: string, conversation: Conversation): boolean {
  const said = squeezed(text);
  const fields = [...conversation.answers, ...(conversation.application?.fields ?? [])];
  return fields.some(({ private: secret, value }) => {
    const kept = squeezed(value);
    return secret && kept.length >= 2 && (said.includes(kept) || sameNumber(said, kept));
  });
}

/** +82 10 1234 5678 and 010-1234-5678 are one number: their last eight digits are compared. */
function sameNumber(said: string, kept: string): boolean {
  return /^\+?\d{9,15}$/u.test(kept) && said.includes(kept.slice(-8));
}

function squeezed(text: string): string {
  return text.normalize("NFKC").replace(/[\s\-.()·]/gu, "").toLowerCase();
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1_024)} kB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
