/** Draws a long list in small helpings, so that the page answers meanwhile. */

import { startTransition, useEffect, useState } from "react";

const HELPING = 48;

/**
 * How many of `count` things to draw now: a few at once, the rest soon after.
 *
 * @param key Another key is another list, which begins anew.
 * @param helping How many more at a time: fewer, the more each of them holds.
 * @param least So many at once, such as those up to the chosen one.
 */
export function useGrowing(count: number, key: string, helping = HELPING, least = 0): number {
  const [grown, setGrown] = useState({ key, drawn: helping });
  const drawn = Math.max(grown.key === key ? grown.drawn : helping, least);
  useEffect(() => {
    if (drawn >= count) return;
    const timer = setTimeout(() => startTransition(() => setGrown({ key, drawn: drawn + helping })));
    return () => clearTimeout(timer);
  }, [drawn, count, key, helping]);
  return Math.min(drawn, count);
}
