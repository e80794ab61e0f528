/** Finding a conversation by nickname, receipt code, or words in what was one's own. */

import { useState, type FormEvent } from "react";
import { Refusal } from "../api";
import type { Found } from "../contract";
import { useDesk, useSpoken } from "../context";
import { dayAndTime } from "../clock";
import { plainName } from "../safe";
import { Dialog } from "./Dialog";
import { Urgency } from "./Urgency";

export function Find({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const { words, language } = useSpoken();
  const { work } = words;
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      setFound(await desk.api.search(query));
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
  }

  return (
    <Dialog title={work.find} wide onClose={onClose}>
      <form className="pair" onSubmit={(event) => void submit(event)}>
        <input type="search" value={query} minLength={2} maxLength={100} required autoFocus aria-label={work.find} onChange={(event) => setQuery(event.target.value)} />
        <button type="submit" className="button primary">{work.findDo}</button>
      </form>
      <p className="faint">{work.findHint}</p>
      {found?.found.length === 0 && <p className="empty">{work.foundNone}</p>}
      <ul className="tasks">
        {found?.found.map(({ row, seqs }) => (
          <li key={row.id}>
            <button type="button" className="link" onClick={() => { desk.open(row.id); onClose(); }}>
              <bdi>{plainName(row.handle)}</bdi>
            </button>{" "}
            <Urgency level={row.urgency} short /> {words.status[row.status]} · {dayAndTime(row.last_at, language)}
            {seqs.length > 0 && <> · {work.foundAt(seqs.length)}</>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
