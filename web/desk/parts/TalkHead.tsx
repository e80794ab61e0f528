/** The head of a conversation: how urgent, where it stands, and the button to take it. */

import { useState } from "react";
import { does, take } from "../acts";
import type { Row, Staff } from "../contract";
import { useDesk, useSpoken } from "../context";
import { languageName } from "../languages";
import { isMine } from "../order";
import { plainName } from "../safe";
import { Since } from "./Since";
import { Urgency } from "./Urgency";

export function TalkHead({ row, staff }: { row: Row; staff: Staff }) {
  const { words, language } = useSpoken();
  const mine = isMine(row, staff);
  return (
    <header className="talk-head">
      <Urgency level={row.urgency} />
      <h2><bdi>{plainName(row.handle)}</bdi></h2>
      <p className="talk-where">
        <span>{words.channel[row.channel] ?? row.channel} · {languageName(row.language, language)}</span>
        <span className={`status ${row.status}${mine ? " mine" : ""}`}>
          {row.status === "live" && row.counselor
            ? <bdi>{words.withCounselor(row.counselor.pseudonym)}</bdi>
            : words.status[row.status]}
        </span>
        {row.waiting_since && <Since at={row.waiting_since} />}
      </p>
      {(row.status === "waiting" || row.status === "bot") && <Take row={row} />}
      {row.status === "live" && !mine && staff.role === "supervisor" && <TakeFrom row={row} />}
    </header>
  );
}

/** Supervisors may take a talk out of somebody's hands. */
function TakeFrom({ row }: { row: Row }) {
  const desk = useDesk();
  const { words } = useSpoken();
  const done = words.work.tookFrom(plainName(row.handle));
  return (
    <button type="button" className="button" onClick={() => void does(desk, row, "take-from", {}, done, words)}>
      {words.work.takeFrom}
    </button>
  );
}

function Take({ row }: { row: Row }) {
  const desk = useDesk();
  const { words } = useSpoken();
  const [busy, setBusy] = useState(false);
  async function claim(): Promise<void> {
    setBusy(true);
    desk.typesNext = row.id;
    if (!(await take(desk, row, words))) desk.typesNext = "";
    setBusy(false);
  }
  return (
    <button type="button" className="button primary" data-does="take" disabled={busy} aria-keyshortcuts="t"
      onClick={() => void claim()}>
      {busy ? words.taking : row.status === "bot" ? words.takeBot : words.take}
    </button>
  );
}
