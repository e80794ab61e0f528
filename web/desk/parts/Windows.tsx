/** What opens over the desk: tasks, search, my shift, and for supervisors the wall and the log. */

import { useState, type ReactNode } from "react";
import type { Staff } from "../contract";
import { useDeskState, useWords } from "../context";
import { Access } from "./Access";
import { Dialog } from "./Dialog";
import { Find } from "./Find";
import { Library } from "./Library";
import { OpeningHours } from "./Office";
import { Shift } from "./Shift";
import { Tasks } from "./Tasks";
import { Wall } from "./Wall";

type Name = "tasks" | "find" | "shift" | "wall" | "more";

export function Windows({ staff }: { staff: Staff }) {
  const { work } = useWords();
  const tasks = useDeskState((state) => state.tasks.length);
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
      {button("shift", work.shift)}
      {supervises && button("wall", work.wall)}
      {supervises && button("more", work.access)}
      {open && windows[open]}
    </>
  );
}

/** What a supervisor looks at less often. */
function More({ onClose }: { onClose: () => void }) {
  const { work } = useWords();
  return (
    <Dialog title={work.access} wide onClose={onClose}>
      <Access />
      <OpeningHours />
      <Library />
    </Dialog>
  );
}
