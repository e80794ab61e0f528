/** The end of a shift: a list of my talks that I sign, and lists that others signed for me. */

import { useId, useState, type FormEvent } from "react";
import { Refusal } from "../api";
import type { HandOverList, Row, Staff } from "../contract";
import { useDesk, useDeskState, useSpoken, useWords } from "../context";
import { dayAndTime } from "../clock";
import { plainName } from "../safe";
import { Urgency } from "./Urgency";

export function HandOverLists() {
  const { work } = useWords();
  const lists = useDeskState((state) => state.lists);
  if (lists.length === 0) return null;
  return (
    <section>
      <h3>{work.lists}</h3>
      <ul className="tasks">{lists.slice(0, 5).map((list) => <One key={list.id} list={list} />)}</ul>
    </section>
  );
}

function One({ list }: { list: HandOverList }) {
  const desk = useDesk();
  const { words, language } = useSpoken();
  const { work } = words;
  const [busy, setBusy] = useState(false);

  async function end(how: "accept" | "refuse"): Promise<void> {
    setBusy(true);
    try {
      const { left = [] } = await desk.api.endHandOver(list.id, how);
      if (how === "accept") desk.notify(work.listTaken(list.talks.length - left.length, left.length), left.length > 0);
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
    setBusy(false);
    void desk.refreshTasks();
    void desk.refreshQueue();
  }

  return (
    <li>
      <p className="task-head">
        <strong>{work.listStatus[list.status]}</strong>
        <span><bdi>{plainName(list.giver)}</bdi> → <bdi>{plainName(list.receiver)}</bdi></span>
        <span className="faint">{dayAndTime(list.signed_at, language)}</span>
      </p>
      <ul className="list-talks">
        {list.talks.map((talk) => (
          <li key={talk.conversation}><Urgency level={talk.urgency} short /> <bdi>{plainName(talk.handle)}</bdi>{talk.left && <> · {work.listLeft}</>}</li>
        ))}
      </ul>
      {list.status === "signed" && !list.mine && (
        <p className="pair">
          <button type="button" className="button primary" data-does="accept" disabled={busy} onClick={() => void end("accept")}>{work.listAccept}</button>
          <button type="button" className="button" disabled={busy} onClick={() => void end("refuse")}>{work.listRefuse}</button>
        </p>
      )}
    </li>
  );
}

/** Sign all of my talks over to one colleague; nothing moves before she accepts. */
export function SignList({ rows, staff }: { rows: Row[]; staff: Staff }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const id = useId();
  const people = useDeskState((state) => state.people).filter((one) => one.here && one.id !== staff.id);
  const [to, setTo] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await desk.api.signHandOver(Number(to));
      desk.notify(work.listSigned);
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
    void desk.refreshTasks();
  }

  return (
    <form className="sign-list" onSubmit={(event) => void submit(event)}>
      <p className="faint">{work.listHint}</p>
      <p className="pair">
        <label htmlFor={id}>{work.listTo}</label>
        <select id={id} value={to} required onChange={(event) => setTo(event.target.value)}>
          <option value="" />
          {people.map((one) => <option key={one.id} value={one.id}>{plainName(one.pseudonym)} ({one.talks}/{one.capacity})</option>)}
        </select>
        <button type="submit" className="button primary" data-does="sign" disabled={!to}>{work.listSign(rows.length)}</button>
      </p>
    </form>
  );
}
