/** The desk by keyboard: one-letter shortcuts that keep out of every text field. */

import { useEffect, useRef } from "react";
import type { Staff } from "./contract";
import type { Desk } from "./desk";
import { grouped } from "./order";

const KEPT = "gyeot.desk.keys";

/** May one letter alone do something? Some speech and switch devices need it off. */
export const singleKeys = {
  on: () => localStorage.getItem(KEPT) !== "off",
  turn: (on: boolean) => localStorage.setItem(KEPT, on ? "on" : "off"),
};

/** Places that shortcuts go to carry this attribute. */
export function goTo(place: string, inside: ParentNode = document): void {
  inside.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
}

export function useShortcuts(desk: Desk, staff: Staff, help: () => void): void {
  const asked = useRef(help);
  asked.current = help;
  useEffect(() => {
    const does = actions(desk, staff, () => asked.current());
    function pressed(event: KeyboardEvent): void {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (!singleKeys.on() || isBusy(event.target)) return;
      const action = does[event.code in CODES ? CODES[event.code]! : event.key];
      if (!action) return;
      event.preventDefault();
      action();
    }
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [desk, staff]);
}

/** Letters by their key, so that they work while the Hangul keyboard is on. */
const CODES: Record<string, string> = Object.fromEntries(
  ["J", "K", "T", "M", "Q", "I", "S", "X", "G"].map((letter) => [`Key${letter}`, letter.toLowerCase()]),
);

function actions(desk: Desk, staff: Staff, help: () => void): Record<string, () => void> {
  const { store } = desk;
  return {
    "?": help,
    "/": () => goTo("search"),
    "[": () => step(desk, -1),
    "]": () => step(desk, 1),
    g: () => goTo("row"),
    i: () => store.change({ card: !store.get().card }),
    j: () => move(desk, staff, 1),
    k: () => move(desk, staff, -1),
    m: () => goTo("composer", column()),
    q: () => column().querySelector<HTMLElement>('[data-does="quick"]')?.click(),
    s: () => store.change({ split: !store.get().split }),
    t: () => takeChosen(desk),
    x: () => document.querySelector<HTMLElement>('.tab.active [data-does="shut"]')?.click(),
  };
}

/** Take what the focus is on: a row of the queue, else the open conversation. */
function takeChosen(desk: Desk): void {
  const chosen = focusedRow();
  if (chosen && chosen !== desk.store.get().active) desk.open(chosen);
  requestAnimationFrame(() => column().querySelector<HTMLElement>('[data-does="take"]')?.click());
}

function focusedRow(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
}

function column(): ParentNode {
  return document.querySelector(".talk.active") ?? document;
}

/** The next open conversation to the left or right, round and round. */
function step(desk: Desk, by: number): void {
  const { open, active } = desk.store.get();
  const next = open.at((open.indexOf(active ?? "") + by) % open.length);
  if (next) desk.open(next);
}

/** Move through the queue; from anywhere else the first press goes to where one was. */
function move(desk: Desk, staff: Staff, by: number): void {
  const here = focusedRow();
  if (!here) return goTo("row");
  const ids = grouped(desk.store.get().rows ?? [], staff).flatMap((part) => part.rows.map((row) => row.id));
  const shown = ids.filter((id) => rowOf(id));
  const next = shown[shown.indexOf(here) + by];
  if (next) rowOf(next)?.focus();
}

function rowOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}

function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && Boolean(target.closest("input, textarea, select, dialog"));
}
