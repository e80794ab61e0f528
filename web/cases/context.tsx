/** How every part reaches the server, the words, the directory, and a way to act and be told. */

import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { Refusal, type Api } from "./api";
import type { Directory, Staff, Text } from "./contract";
import { en } from "./words/en";
import { ko, type Words } from "./words/ko";

export type Language = "ko" | "en";
export const WORDS: Record<Language, Words> = { ko, en };

export interface Place {
  api: Api;
  staff: Staff;
  directory: Directory;
  words: Words;
  language: Language;
  /** What went wrong with the last act; empty when nothing did. */
  tell: (text: string) => void;
  expire: () => void;
}

export const PlaceContext = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("this part needs a PlaceContext around it");
  return place;
}

/** A text of the directory in the language of the screen. */
export function useSaid(): (text: Text) => string {
  const { language } = usePlace();
  return (text) => text[language] ?? text["ko"] ?? "";
}

/** Run something; a refusal is told at the top of the page, and `false` comes back. */
export function useAct(): (act: () => Promise<unknown>) => Promise<boolean> {
  const { tell } = usePlace();
  const run = useRun();
  return useCallback(
    (act) => {
      tell("");
      return run(act);
    },
    [tell, run],
  );
}

/** The same, but what was told before stays. */
function useRun(): (act: () => Promise<unknown>) => Promise<boolean> {
  const { tell, expire, words } = usePlace();
  return useCallback(
    async (act) => {
      try {
        await act();
        return true;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.status === 401) expire();
        else tell(error.message || words.noAnswer);
        return false;
      }
    },
    [tell, expire, words],
  );
}

/** What a route answers, fetched again by `again`. */
export function useFetched<T>(path: string): [T | null, () => void] {
  const { api } = usePlace();
  const run = useRun();
  const [found, setFound] = useState<{ path: string; value: T } | null>(null);
  const [count, setCount] = useState(0);
  useEffect(() => {
    let here = true;
    void run(async () => {
      const value = await api.get<T>(path);
      if (here) setFound({ path, value });
    });
    return () => {
      here = false;
    };
  }, [api, run, path, count]);
  const again = useCallback(() => setCount((n) => n + 1), []);
  return [found?.path === path ? found.value : null, again];
}

const formats = new Map<string, Intl.DateTimeFormat>();

export function day(at: string | null, language: Language, withTime = false): string {
  if (!at) return "";
  const key = `${language} ${withTime}`;
  const how: Intl.DateTimeFormatOptions = withTime
    ? { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Seoul" }
    : { dateStyle: "medium", timeZone: "Asia/Seoul" };
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, how);
  formats.set(key, format);
  return format.format(new Date(at));
}

/** A time typed in Seoul, as the server wants it. */
export function inSeoul(local: string): string {
  return local ? `${local}:00+09:00` : "";
}
