/** The open conversations, and the switch that puts them side by side. */

import { useEffect, useRef } from "react";
import { useDesk, useDeskState, useWords } from "../context";
import { plainName } from "../safe";
import { useRow } from "../rows";
import { Unread } from "./Unread";
import { Urgency } from "./Urgency";

export function Tabs() {
  const desk = useDesk();
  const words = useWords();
  const open = useDeskState((state) => state.open);
  const split = useDeskState((state) => state.split);
  const card = useDeskState((state) => state.card);
  return (
    <div className="tabs">
      <nav aria-label={words.openTalks} className="tabs-list">
        {open.map((id) => <Tab key={id} id={id} />)}
      </nav>
      <button type="button" className="button quiet" aria-pressed={split} title={words.splitOn}
        onClick={() => desk.store.change({ split: !split })}>
        {words.split}
      </button>
      <button type="button" className="button quiet" aria-pressed={card}
        onClick={() => desk.store.change({ card: !card })}>
        {words.card}
      </button>
    </div>
  );
}

function Tab({ id }: { id: string }) {
  const desk = useDesk();
  const words = useWords();
  const active = useDeskState((state) => state.active === id);
  const row = useRow(id);
  const place = useRef<HTMLSpanElement>(null);
  const name = row ? plainName(row.handle) : "…";
  useEffect(() => {
    if (active) place.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);
  function shut(): void {
    if (!desk.shut(id)) desk.notify(words.unsentStays, true);
  }
  return (
    <span ref={place} className={`tab${active ? " active" : ""}`}>
      <button type="button" className="tab-name" aria-current={active ? "true" : undefined} onClick={() => desk.open(id)}>
        {row && row.urgency <= 1 && <Urgency level={row.urgency} short />}
        <bdi>{name}</bdi>
        {row && !active && <Unread count={row.unread} />}
      </button>
      <button type="button" className="tab-shut" data-does="shut" aria-label={words.putAway(name)} onClick={shut}>×</button>
    </span>
  );
}
