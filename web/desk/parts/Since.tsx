/** How long somebody has been waiting, ticking. */

import { lasted, useEachSecond } from "../clock";
import { useDesk, useWords } from "../context";

export function Since({ at }: { at: string }) {
  const { store } = useDesk();
  const words = useWords();
  const start = Date.parse(at);
  const time = useEachSecond(() => lasted(Date.now() + store.get().shift - start, words));
  return <time className="since" dateTime={at}><span className="hidden">{words.waited("")} </span>{time}</time>;
}
