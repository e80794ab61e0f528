/** My shift: a break, how many talks at once, who else is here, and what is still in my hands. */

import { useEffect, useState } from "react";
import type { Colleague, Staff } from "../contract";
import { useDesk, useDeskState, useWords } from "../context";
import { isMine } from "../order";
import { plainName } from "../safe";
import { Dialog } from "./Dialog";
import { Factor } from "./Factor";
import { HandOver } from "./HandOver";
import { HandOverLists, SignList } from "./HandOverLists";
import { MyShifts } from "./Planning";
import { Urgency } from "./Urgency";

export function Shift({ staff, onClose }: { staff: Staff; onClose: () => void }) {
  const words = useWords();
  const { work } = words;
  const rows = useDeskState((state) => state.rows) ?? [];
  const mine = rows.filter((row) => isMine(row, staff));
  const desk = useDesk();
  useEffect(() => void desk.refreshPeople(), [desk]);
  return (
    <Dialog title={work.shift} wide onClose={onClose}>
      <Mine staff={staff} />
      <p>{mine.length ? work.shiftHint : work.shiftNone}</p>
      {mine.length > 0 && <SignList rows={mine} staff={staff} />}
      <HandOverLists />
      <ul className="tasks">
        {mine.map((row) => (
          <li key={row.id}>
            <p className="task-head"><Urgency level={row.urgency} short /> <bdi>{plainName(row.handle)}</bdi></p>
            <HandOver row={row} staff={staff} />
          </li>
        ))}
      </ul>
      <MyShifts mine={staff.id ?? 0} />
      <People />
      <Factor />
    </Dialog>
  );
}

function Mine({ staff }: { staff: Staff }) {
  const desk = useDesk();
  const { work } = useWords();
  const me = useDeskState((state) => state.people.find((one) => one.id === staff.id));
  const [capacity, setCapacity] = useState("");
  if (!me) return null;

  async function choose(body: object): Promise<void> {
    const people = await desk.api.presence(body).catch(() => null);
    if (people) desk.store.change({ people });
  }

  const paused = me.state === "pause";
  return (
    <p className="pair">
      <button type="button" className="button primary" data-does="pause" onClick={() => void choose({ state: paused ? "here" : "pause" })}>
        {paused ? work.pauseOff : work.pauseOn}
      </button>
      <label>{work.capacity} <input type="number" min={0} max={20} value={capacity || me.capacity}
        onChange={(event) => setCapacity(event.target.value)} onBlur={() => capacity && void choose({ capacity: Number(capacity) })} /></label>
      <label>{work.team} <input type="text" maxLength={40} defaultValue={me.team} onBlur={(event) => void choose({ team: event.target.value })} /></label>
    </p>
  );
}

function People() {
  const { work } = useWords();
  const people = useDeskState((state) => state.people);
  return (
    <section>
      <h3>{work.people}</h3>
      <PeopleList people={people} />
    </section>
  );
}

export function PeopleList({ people }: { people: Colleague[] }) {
  const { work } = useWords();
  return (
    <ul className="people">
      {people.map((one) => (
        <li key={one.id} className={one.here ? one.state : "away"}>
          <bdi>{plainName(one.pseudonym)}</bdi>
          <span>{one.here ? (one.state === "pause" ? work.pause : work.here) : work.away}</span>
          <span>{one.talks}/{one.capacity}{one.team && ` · ${plainName(one.team)}`}</span>
        </li>
      ))}
    </ul>
  );
}
