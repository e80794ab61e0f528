/** How far an outgoing message has come, and the way out when it could not be delivered. */

import type { Entry, Row } from "../contract";
import { useDesk, useWords } from "../context";
import { goTo } from "../shortcuts";
import type { Words } from "../words/ko";

export function Delivery({ entry, row, collects }: { entry: Entry; row: Row; collects: boolean }) {
  const words = useWords();
  if (!entry.delivery) return null;
  return (
    <span className={`delivery ${entry.delivery}`}>
      {told(entry, collects, words)}
      {entry.ambiguous && <span className="ambiguous" title={words.ambiguousHint}>{words.ambiguous}</span>}
      {entry.delivery === "dead" && entry.from === "counselor" && entry.text && row.status === "live" && (
        <Rewrite id={row.id} text={entry.text} />
      )}
    </span>
  );
}

/** Bring the words of a failed message back to where they can be changed and sent anew. */
export function Rewrite({ id, text, then }: { id: string; text: string; then?: () => void }) {
  const desk = useDesk();
  const words = useWords();
  function rewrite(place: ParentNode): void {
    desk.compose(id, text);
    then?.();
    goTo("composer", place);
  }
  return (
    <button type="button" className="link" onClick={(event) => rewrite(event.currentTarget.closest("section") ?? document)}>
      {words.rewrite}
    </button>
  );
}

function told(entry: Entry, collects: boolean, words: Words): string {
  const { delivery } = words;
  if (entry.delivery === "dead") return entry.reason ? `${delivery.dead} · ${entry.reason}` : delivery.dead;
  if (entry.delivery === "sent") return delivery.sent;
  return collects ? delivery.waits : delivery.ready;
}
