/** What opens over the desk: tasks, search, my shift, and for supervisors the wall and the log. */

import { useState, type ReactNode } from "react";
import type { Staff } from "../contract";
import { useDeskState, useWords } from "../context";
import type { DeskState } from "../store";
import { Access } from "./Access";
import { Dialog } from "./Dialog";
import { Find } from "./Find";
import { Library } from "./Library";
import { Planning } from "./Planning";
import { OpeningHours } from "./OpeningHours";
import { Shift } from "./Shift";
import { Tasks } from "./Tasks";
import { Wall } from "./Wall";

type Name = "tasks" | "find" | "shift" | "wall" | "more";

export function Windows({ staff }: { staff: Staff }) {
  const { work } = useWords();
  const tasks = useDeskState((state) => state.tasks.length);
  const lists = useDeskState((state) => state.lists.filter((one) => one.status === "signed" && !one.mine).length);
  const short = useDeskState(isShort);
  const [open, setOpen] = useState<Name | null>(null);
  const close = () => setOpen(null);
  const supervises = staff.role === "supervisor";
  const windows: Record<Name, ReactNode> = {
    tasks: <Tasks onClose={close} />,
    find: <Find onClose={close} />,
    shift: <Shift staff={staff} onClose={close} />,
    wall: <Wall onClose={close} />,
    more: <More onClose={close} />,
  };
  const button = (name: Name, label: string, loud = false) => (
    <button type="button" className={`button quiet${loud ? " loud" : ""}`} data-opens={name} onClick={() => setOpen(name)}>{label}</button>
  );
  return (
    <>
      {button("tasks", tasks ? `${work.tasks} ${tasks}` : work.tasks, tasks > 0)}
      {button("find", work.find)}
      {button("shift", lists ? `${work.shift} ${lists}` : work.shift, lists > 0)}
      {supervises && button("wall", short ? `${work.wall} · ${work.wallShort}` : work.wall, short)}
      {supervises && button("more", work.more)}
      {open && windows[open]}
    </>
  );
}

/** Do more people wait than there are places? */
function isShort({ rows, people }: DeskState): boolean {
  const waiting = rows?.filter((row) => row.status === "waiting").length ?? 0;
  const free = people.reduce((sum, one) => sum + (one.ready ? Math.max(0, one.capacity - one.talks) : 0), 0);
  return people.length > 0 && waiting > free;
}

/** What a supervisor looks at less often. */
function More({ onClose }: { onClose: () => void }) {
  const { work } = useWords();
  return (
    <Dialog title={work.more} wide onClose={onClose}>
      <Access />
      <Planning />
      <OpeningHours />
      <Library />
    </Dialog>
  );
}
