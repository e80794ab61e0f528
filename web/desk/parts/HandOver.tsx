/** To another counselor who is here, to a team or to the supervisors; or quieting an abuser. */

import { useId, useState, type FormEvent } from "react";
import { does } from "../acts";
import type { Row, Staff } from "../contract";
import { useDesk, useDeskState, useWords } from "../context";
import { plainName } from "../safe";

export function HandOver({ row, staff }: { row: Row; staff: Staff }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const people = useDeskState((state) => state.people);
  const id = useId();
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const ready = people.filter((one) => one.ready && one.id !== staff.id);
  const teams = [...new Set(people.map((one) => one.team).filter(Boolean))];

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const [kind, ...rest] = to.split(":");
    const whom = kind === "person" ? { to: Number(rest.join(":")) } : { team: rest.join(":") };
    await does(desk, row, "hand-over", { ...whom, note }, work.handedOver(plainName(row.handle)), words);
  }

  return (
    <form onSubmit={(event) => void submit(event)} onFocus={() => void desk.refreshPeople()}>
      <label htmlFor={`${id}t`}>{work.handOverTo}</label>
      <select id={`${id}t`} value={to} required onChange={(event) => setTo(event.target.value)}>
        <option value="" />
        {ready.map((one) => (
          <option key={one.id} value={`person:${one.id}`}>{plainName(one.pseudonym)} ({one.talks}/{one.capacity})</option>
        ))}
        <option value="team:supervisor">{work.forSupervisor} · {work.teamHint}</option>
        {teams.map((team) => <option key={team} value={`team:${team}`}>{plainName(team)} · {work.teamHint}</option>)}
      </select>
      {ready.length === 0 && <p className="faint">{work.nobodyHere}</p>}
      <label htmlFor={`${id}n`}>{work.handOverNote}</label>
      <textarea id={`${id}n`} rows={3} maxLength={4000} value={note} dir="auto" onChange={(event) => setNote(event.target.value)} />
      <button type="submit" className="button" disabled={!to}>{work.handOverDo}</button>
    </form>
  );
}

export function Quiet({ row }: { row: Row }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await does(desk, row, "quiet", {}, work.quieted(plainName(row.handle)), words);
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{work.quietHint}</p>
      <button type="submit" className="button grave">{work.quietDo}</button>
    </form>
  );
}
