/** The three panes of the desk: queue, conversations, takeover card. */

import { useEffect, useState } from "react";
import type { Staff } from "../contract";
import { useDesk, useDeskState, useWords } from "../context";
import { useShortcuts } from "../shortcuts";
import { Boundary } from "./Boundary";
import { Card } from "./Card";
import { Notices } from "./Notices";
import { Queue } from "./Queue";
import { Shortcuts } from "./Shortcuts";
import { Tabs } from "./Tabs";
import { Talk } from "./Talk";
import { TopBar } from "./TopBar";

export function Workplace({ staff }: { staff: Staff }) {
  const { open, active, split, card } = usePlaces();
  const [help, setHelp] = useState(false);
  useShortcuts(useDesk(), staff, () => setHelp(true));
  useTitle();
  const shown = split ? open : open.filter((id) => id === active);
  const withCard = card && active !== null;
  return (
    <div className={`desk${withCard ? " with-card" : ""}`}>
      <TopBar staff={staff} onHelp={() => setHelp(true)} />
      <Boundary><Queue staff={staff} /></Boundary>
      <main className="middle">
        {open.length > 0 && <Tabs />}
        <div className={`columns${shown.length > 1 ? " several" : ""}`}>
          {shown.map((id) => (
            <Boundary key={id}><Talk id={id} staff={staff} /></Boundary>
          ))}
          {shown.length === 0 && <NothingOpen />}
        </div>
      </main>
      {withCard && <Boundary key={active}><Card id={active} staff={staff} /></Boundary>}
      <Notices />
      {help && <Shortcuts onClose={() => setHelp(false)} />}
    </div>
  );
}

function usePlaces() {
  return {
    open: useDeskState((state) => state.open),
    active: useDeskState((state) => state.active),
    split: useDeskState((state) => state.split),
    card: useDeskState((state) => state.card),
  };
}

function NothingOpen() {
  const words = useWords();
  return (
    <div className="empty">
      <p className="empty-title">{words.nothingOpen}</p>
      <p>{words.nothingOpenHint}</p>
    </div>
  );
}

/** The window's title says how many wait, and nothing about what this page is. */
function useTitle(): void {
  const words = useWords();
  const waiting = useDeskState(
    (state) => state.rows?.filter((row) => row.status === "waiting").length ?? 0,
  );
  useEffect(() => {
    document.title = waiting ? `(${waiting}) ${words.title}` : words.title;
  }, [waiting, words]);
}
