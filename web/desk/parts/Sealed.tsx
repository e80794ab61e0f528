/** A past talk that was never mine: a reason opens it, and supervisors are told. */

import { useState, type FormEvent } from "react";
import { Refusal } from "../api";
import { useDesk, useWords } from "../context";

export function Sealed({ id, text }: { id: string; text: string }) {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [why, setWhy] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await desk.api.breakGlass(id, why);
      await desk.talks.load(id);
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
  }

  return (
    <form className="empty sealed" onSubmit={(event) => void submit(event)}>
      <p className="empty-title">{work.sealed}</p>
      <p>{text}</p>
      <input type="text" required minLength={10} maxLength={500} value={why} aria-label={work.sealedWhy} placeholder={work.sealedWhy}
        onChange={(event) => setWhy(event.target.value)} />
      <button type="submit" className="button grave">{work.sealedDo}</button>
    </form>
  );
}
