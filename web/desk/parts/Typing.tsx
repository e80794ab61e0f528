/** She is writing just now: told to the counselor only. */

import { useEachSecond } from "../clock";
import { useDeskState, useWords } from "../context";

const FRESH_MS = 6_000;

export function Typing({ id }: { id: string }) {
  const { work } = useWords();
  const at = useDeskState((state) => state.talks[id]?.typing ?? 0);
  const said = useEachSecond(() => (Date.now() - at < FRESH_MS ? work.typing : ""));
  return said ? <p className="typing" role="status">{said}</p> : null;
}
