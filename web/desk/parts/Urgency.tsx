/** How urgent it is, said in words; colour only repeats it. */

import type { Urgency as Level } from "../contract";
import { useWords } from "../context";

export function Urgency({ level }: { level: Level }) {
  const words = useWords();
  return <span className={`urgency u${level}`} title={words.urgencyLong[level]}>{words.urgency[level]}</span>;
}
