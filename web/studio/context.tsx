/** How the parts of the page reach the studio and the words of the chosen language. */

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Studio, StudioState } from "./studio";
import { en } from "./words/en";
import { ko, type Words } from "./words/ko";

export type Language = "ko" | "en";

export const WORDS: Record<Language, Words> = { ko, en };

interface Spoken {
  language: Language;
  words: Words;
  choose: (language: Language) => void;
}

export const StudioContext = createContext<Studio | null>(null);
export const LanguageContext = createContext<Spoken>({ language: "ko", words: ko, choose: () => undefined });

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error("this part needs a StudioContext around it");
  return studio;
}

/** `select` must return the same thing while nothing it reads has changed. */
export function useStudioState<T>(select: (state: StudioState) => T): T {
  const { store } = useStudio();
  return useSyncExternalStore(store.watch, () => select(store.get()));
}

export function useSpoken(): Spoken {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return useContext(LanguageContext).words;
}
