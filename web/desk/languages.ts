/** The names of languages and channels in the language of the screen. */

import type { Language } from "./context";

const names = new Map<Language, Intl.DisplayNames>();

export function languageName(code: string, language: Language): string {
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: "language" });
  names.set(language, known);
  try {
    return known.of(code) ?? code;
  } catch {
    return code;
  }
}
