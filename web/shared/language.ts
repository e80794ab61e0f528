/** The languages that the person's pages speak. */

export type Language = "ko" | "en";

/** The language that the browser prefers: Korean, or else English. */
export function preferred(): Language {
  const first = navigator.languages[0] ?? navigator.language;
  return first.toLowerCase().startsWith("ko") ? "ko" : "en";
}
