/** Who works here, how the line is, and the desk's own switches. */

import { useState } from "react";
import type { Staff } from "../contract";
import { useDesk, useDeskState, useSpoken } from "../context";
import { Windows } from "./Windows";

/** `onHelp` is null where nobody reads conversations. */
export function TopBar({ staff, onHelp }: { staff: Staff; onHelp: (() => void) | null }) {
  const { words, language, choose } = useSpoken();
  const other = language === "ko" ? "en" : "ko";
  return (
    <header className="bar">
      <h1 className="bar-name">{words.product}</h1>
      {onHelp && <Counts />}
      {onHelp && <LineState />}
      <span className="bar-gap" />
      {onHelp && <Windows staff={staff} />}
      {onHelp && <AlarmSwitch />}
      {onHelp && (
        <button type="button" className="button quiet" onClick={onHelp} aria-keyshortcuts="?">
          {words.shortcuts}
        </button>
      )}
      <button type="button" className="button quiet" lang={other} onClick={() => choose(other)}>
        {words.otherLanguage}
      </button>
      {staff.role !== "counselor" && <a className="button quiet" href="/desk/office">{words.office}</a>}
      <span className="bar-staff"><bdi>{staff.pseudonym}</bdi></span>
      <SignOut />
    </header>
  );
}

function Counts() {
  const { words } = useSpoken();
  const rows = useDeskState((state) => state.rows);
  if (!rows) return null;
  const waiting = rows.filter((row) => row.status === "waiting").length;
  const now = rows.filter((row) => row.urgency === 0 && row.status !== "closed").length;
  return <p className={`bar-counts${now ? " now" : ""}`}>{words.counts(waiting, now)}</p>;
}

function LineState() {
  const { words } = useSpoken();
  const line = useDeskState((state) => state.line);
  return <p className={`line ${line}`} role="status">{words.line[line]}</p>;
}

function AlarmSwitch() {
  const { words } = useSpoken();
  const { alarm } = useDesk();
  const [on, setOn] = useState(alarm.on);
  function turn(): void {
    setOn(!on);
    void alarm.turn(!on);
  }
  return (
    <button type="button" className="button quiet" aria-pressed={on} onClick={turn}>
      {on ? words.alarmOn : words.alarmOff}
    </button>
  );
}

function SignOut() {
  const { words } = useSpoken();
  const desk = useDesk();
  function leave(): void {
    const talks = Object.values(desk.store.get().talks);
    const unsent = talks.some((talk) => talk.pending.some((one) => one.state !== "stored"));
    if (!unsent || window.confirm(words.signOutUnsent)) void desk.signOut();
  }
  return <button type="button" className="button quiet" onClick={leave}>{words.signOut}</button>;
}
