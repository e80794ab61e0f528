/** How the parts of the desk reach the desk itself and the words of the chosen language. */

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Desk } from "./desk";
import type { DeskState } from "./store";
import { en } from "./words/en";
import { ko, type Words } from "./words/ko";

export type Language = "ko" | "en";

export const WORDS: Record<Language, Words> = { ko, en };

interface Spoken {
  language: Language;
  words: Words;
  choose: (language: Language) => void;
}

export const DeskContext = createContext<Desk | null>(null);
export const LanguageContext = createContext<Spoken>({
  language: "ko",
  words: ko,
  choose: () => undefined,
});

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("this part needs a DeskContext around it");
  return desk;
}

/** `select` must return the same thing while nothing it reads has changed. */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  const { store } = useDesk();
  return useSyncExternalStore(store.watch, () => select(store.get()));
}

export function useSpoken(): Spoken {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return useContext(LanguageContext).words;
}
