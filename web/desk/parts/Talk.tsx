/** One conversation: who it is, what was said, and the place to answer. */

import { useEffect, useRef } from "react";
import type { Staff } from "../contract";
import { useDesk, useDeskState, useWords } from "../context";
import { useRow } from "../rows";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { Sealed } from "./Sealed";
import { TalkHead } from "./TalkHead";
import { Typing } from "./Typing";

export function Talk({ id, staff }: { id: string; staff: Staff }) {
  const desk = useDesk();
  const words = useWords();
  const active = useDeskState((state) => state.active === id);
  const split = useDeskState((state) => state.split);
  const talk = useDeskState((state) => state.talks[id]);
  const row = useRow(id);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (active) place.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active, split]);
  const conversation = talk?.conversation;

  function choose(): void {
    if (!active) desk.open(id);
  }

  return (
    <section ref={place} className={`talk${active ? " active" : ""}`} onFocusCapture={choose} onPointerDownCapture={choose}
      aria-label={row ? words.log(row.handle) : words.loading}>
      {row && <TalkHead row={row} staff={staff} />}
      {conversation && talk && row && (
        <>
          <Log row={row} entries={conversation.entries} pending={talk.pending} collects={conversation.collects} staff={staff} />
          <Typing id={id} />
          <Composer row={row} conversation={conversation} draft={talk.draft} staff={staff} />
        </>
      )}
      {!conversation && talk?.trouble == null && <p className="empty" aria-busy="true">{words.loading}</p>}
      {!conversation && talk?.sealed && <Sealed id={id} text={talk.trouble ?? ""} />}
      {!conversation && talk?.trouble != null && !talk.sealed && (
        <div className="empty" role="alert">
          <p>{talk.trouble || words.gone}</p>
          <button type="button" className="button" onClick={() => void desk.talks.load(id)}>{words.tryAgain}</button>
        </div>
      )}
    </section>
  );
}
