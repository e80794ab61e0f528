/** What the server tells in both languages, in the one that the screen has. */

import type { Language } from "./context";

/** The English where there is one and the screen is English; else what is always there. */
export function told<T>(language: Language, korean: T, english: T | undefined): T {
  const empty = english === undefined || english === "" || (Array.isArray(english) && !english.length);
  return language === "en" && !empty ? (english as T) : korean;
}
