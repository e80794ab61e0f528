/** What is to be looked after, with the safe way to reach her. */

import { useState, type FormEvent } from "react";
import type { Task } from "../contract";
import { useDesk, useDeskState, useSpoken } from "../context";
import { dayAndTime } from "../clock";
import { plainName } from "../safe";
import { told } from "../told";
import { Dialog } from "./Dialog";
import { Urgency } from "./Urgency";

export function Tasks({ onClose }: { onClose: () => void }) {
  const { words } = useSpoken();
  const tasks = useDeskState((state) => state.tasks);
  return (
    <Dialog title={words.work.tasks} wide onClose={onClose}>
      {tasks.length === 0 && <p className="empty">{words.work.noTasks}</p>}
      <ul className="tasks">{tasks.map((task) => <One key={task.id} task={task} onOpen={onClose} />)}</ul>
    </Dialog>
  );
}

function One({ task, onOpen }: { task: Task; onOpen: () => void }) {
  const desk = useDesk();
  const { words, language } = useSpoken();
  const { work } = words;
  const [did, setDid] = useState("");
  const contact = told(language, task.contact, task.contact_en);
  const late = Date.parse(task.due) < Date.now() + desk.store.get().shift;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await desk.api.done(task.id, did).catch(() => desk.notify(words.noAnswer, true));
    void desk.refreshTasks();
  }

  return (
    <li>
      <p className="task-head">
        <Urgency level={task.urgency} short /> <bdi>{plainName(task.handle)}</bdi> <strong>{work.taskKinds[task.kind] ?? task.kind}</strong>
      </p>
      <p className="faint">
        {dayAndTime(task.at, language)}{late && <> · <span className="late">{work.overdue}</span></>}
        {task.by && <> · <bdi>{plainName(task.by)}</bdi></>}
      </p>
      {task.kind === "break-glass" && task.why && <p dir="auto">{task.why}</p>}
      {contact && <p dir="auto">{contact}</p>}
      <form onSubmit={(event) => void submit(event)}>
        <button type="button" className="button" onClick={() => { desk.open(task.conversation); onOpen(); }}>{work.openTalk}</button>
        <input type="text" value={did} maxLength={500} aria-label={work.taskDid} placeholder={work.taskDid} onChange={(event) => setDid(event.target.value)} />
        <button type="submit" className="button">{work.taskDone}</button>
      </form>
    </li>
  );
}
