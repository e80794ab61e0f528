/** How many of her messages nobody has looked at yet. */

import { useWords } from "../context";

export function Unread({ count }: { count: number }) {
  const words = useWords();
  if (count <= 0) return null;
  return (
    <span className="unread">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="hidden">{words.unread(count)}</span>
    </span>
  );
}
