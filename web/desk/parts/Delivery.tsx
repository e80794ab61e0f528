/** How far an outgoing message has come, and the way out when it could not be delivered. */

import type { Entry, Row } from "../contract";
import { dayAndTime } from "../clock";
import { useDesk, useSpoken, useWords } from "../context";
import { goTo } from "../shortcuts";
import type { Language } from "../../shared/language";
import type { Words } from "../words/ko";

export function Delivery({ entry, row, collects }: { entry: Entry; row: Row; collects: boolean }) {
  const { words, language } = useSpoken();
  if (!entry.delivery) return null;
  return (
    <span className={`delivery ${withheld(entry) ? "withheld" : entry.delivery}`}>
      {told(entry, row, collects, words, language)}
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

/** Why it waits, and until when: she chose when she may be reached. */
function held(until: string, words: Words, language: Language): string {
  return until === "she writes" ? words.heldForHer : words.heldUntil(dayAndTime(until, language));
}

function told(entry: Entry, row: Row, collects: boolean, words: Words, language: Language): string {
  const { delivery, onPage } = words;
  if (entry.delivery === "dead") {
    const why = worded(entry.reason ?? "", words);
    const what = withheld(entry) ? words.withheld : delivery.dead;
    return why ? `${what} · ${why}` : what;
  }
  if (entry.held_until) return held(entry.held_until, words, language);
  const page = row.channel === "web";
  if (entry.delivery === "sent") return page ? onPage.sent : delivery.sent;
  if (page) return onPage.ready;
  return collects ? delivery.waits : delivery.ready;
}

/** Platforms say why in English and with numbers around it; a reason nobody knows stays as it is. */
function worded(reason: string, words: Words): string {
  const known = Object.entries(words.reasons).find(([part]) => reason.includes(part));
  return known ? known[1] : reason;
}

/** The bot fell silent because a counselor took over: as it should be, and no failure. */
function withheld(entry: Entry): boolean {
  return entry.from === "bot" && entry.delivery === "dead" && entry.reason === "taken over";
}
