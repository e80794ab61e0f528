/** How urgent a case is: said in words, never by colour alone. */

import { usePlace } from "../context";

export function Urgency({ level }: { level: number }) {
  const { words } = usePlace();
  return <span className={`urgency u${level}`}>{words.urgency[level] ?? "?"}</span>;
}
