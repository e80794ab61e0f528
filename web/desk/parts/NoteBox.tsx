/** What only staff read: a note for all of them, or a supervisor's whisper to who talks now. */

import { useState, type FormEvent } from "react";
import type { Row, Staff } from "../contract";
import { useDesk, useWords } from "../context";
import { isMine } from "../order";

export function NoteBox({ row, staff }: { row: Row; staff: Staff }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const whispers = staff.role === "supervisor" && row.status === "live" && !isMine(row, staff);
  return (
    <div className="note-box">
      <button type="button" className="button quiet" data-does="note" aria-expanded={open} onClick={() => setOpen(!open)}>
        {whispers ? `${words.work.toStaff} · ${words.work.toCounselor}` : words.work.toStaff}
      </button>
      {open && <Writing row={row} whispers={whispers} onDone={() => setOpen(false)} />}
    </div>
  );
}

function Writing({ row, whispers, onDone }: { row: Row; whispers: boolean; onDone: () => void }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [text, setText] = useState("");
  const [whisper, setWhisper] = useState(whispers);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await desk.api.note(row.id, text, whisper);
      desk.notify(work.noteSent);
      void desk.talks.catchUp(row.id);
      onDone();
    } catch {
      desk.notify(words.noAnswer, true);
    }
  }

  return (
    <form className="note-form" onSubmit={(event) => void submit(event)}>
      {whispers && (
        <label className="check"><input type="checkbox" checked={whisper} onChange={() => setWhisper(!whisper)} /> {work.toCounselor}</label>
      )}
      <textarea rows={2} value={text} maxLength={4000} required dir="auto" autoFocus placeholder={work.notePlaceholder}
        aria-label={whisper ? work.whisperAbout : work.noteAbout} onChange={(event) => setText(event.target.value)} />
      <button type="submit" className="button" disabled={!text.trim()}>{whisper ? work.toCounselor : work.toStaff}</button>
    </form>
  );
}
