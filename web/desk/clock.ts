/** Times as counselors read them, and one clock that all waiting times tick by. */

import { useSyncExternalStore } from "react";
import type { Language } from "./context";
import type { Words } from "./words/ko";

const watchers = new Set<() => void>();
let timer = 0;

/** Read something every second; the part is drawn again only when it reads differently. */
export function useEachSecond(read: () => string): string {
  return useSyncExternalStore(watch, read);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ||= window.setInterval(() => watchers.forEach((tick) => tick()), 1_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size) return;
    window.clearInterval(timer);
    timer = 0;
  };
}

/** 40초, 3분 12초, 2시간 5분, 3일: exact while it hurts, coarse when it does not matter. */
export function lasted(ms: number, words: Words): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return words.seconds(seconds);
  if (minutes < 10) return `${words.minutes(minutes)} ${words.seconds(seconds % 60)}`;
  if (hours < 1) return words.minutes(minutes);
  if (hours < 24) return `${words.hours(hours)} ${words.minutes(minutes % 60)}`;
  return words.days(Math.floor(hours / 24));
}

const formats = new Map<string, Intl.DateTimeFormat>();

export function timeOfDay(at: string, language: Language): string {
  return format(language, "time", { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

export function dayOf(at: string, language: Language): string {
  return format(language, "day", { dateStyle: "full" }).format(new Date(at));
}

export function dayAndTime(at: string, language: Language): string {
  return format(language, "both", { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

function format(language: Language, kind: string, how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${kind}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, how);
  formats.set(key, made);
  return made;
}
