/** How urgent it is, said in words; colour only repeats it. */

import type { Urgency as Level } from "../contract";
import { useWords } from "../context";

export function Urgency({ level, short = false }: { level: Level; short?: boolean }) {
  const words = useWords();
  return <span className={`urgency u${level}`} title={words.urgencyLong[level]}>{short ? words.urgencyShort[level] : words.urgency[level]}</span>;
}
