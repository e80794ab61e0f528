/** How urgent it is: anyone raises it at once, two people lower it. */

import { useId, useState, type FormEvent } from "react";
import { does } from "../acts";
import type { Row, Staff, Urgency } from "../contract";
import { useDesk, useWords } from "../context";
import { plainName } from "../safe";

const LEVELS: readonly Urgency[] = [0, 1, 2, 3];

export function UrgencyChange({ row }: { row: Row }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const id = useId();
  const [to, setTo] = useState<string>("");
  const [why, setWhy] = useState("");
  const raises = to !== "" && Number(to) < row.urgency;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = { urgency: Number(to), reason: why };
    const done = raises ? work.raised : work.lowerAsked;
    if (await does(desk, row, raises ? "raise" : "ask-lower", body, done, words)) setWhy("");
  }

  return (
    <section className="part hand-back">
      <details>
        <summary>{work.urgencyChange}</summary>
        <form onSubmit={(event) => void submit(event)}>
          <label htmlFor={`${id}t`}>{work.urgencyTo}</label>
          <select id={`${id}t`} value={to} required onChange={(event) => setTo(event.target.value)}>
            <option value="" />
            {LEVELS.filter((level) => level !== row.urgency).map((level) => (
              <option key={level} value={level}>{words.urgency[level]}</option>
            ))}
          </select>
          <label htmlFor={`${id}w`}>{work.urgencyWhy}</label>
          <input id={`${id}w`} type="text" required maxLength={300} value={why} onChange={(event) => setWhy(event.target.value)} />
          <button type="submit" className="button">{raises ? work.raiseDo : work.lowerDo}</button>
        </form>
      </details>
    </section>
  );
}

/** Somebody wants it less urgent: a supervisor decides, never the one who asked. */
export function Lowering({ row, staff }: { row: Row; staff: Staff }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  if (!row.lower) return null;
  const decide = (agree: boolean) => void does(desk, row, "decide-lower", { agree }, work.decided, words);
  return (
    <section className="part joining">
      <p dir="auto">{work.lowerWish(plainName(row.lower.by), words.urgencyShort[row.lower.to] ?? "", row.lower.why)}</p>
      {staff.role === "supervisor" && row.lower.by !== staff.pseudonym && (
        <p className="pair">
          <button type="button" className="button" onClick={() => decide(true)}>{work.lowerAgree}</button>
          <button type="button" className="button primary" onClick={() => decide(false)}>{work.lowerRefuse}</button>
        </p>
      )}
    </section>
  );
}
