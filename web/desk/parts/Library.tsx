/** The center's own quick replies: supervisors add and remove them. */

import { useState, type FormEvent } from "react";
import { Refusal } from "../api";
import { useDesk, useDeskState, useWords } from "../context";

export function Library() {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const canned = useDeskState((state) => state.canned);
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [english, setEnglish] = useState("");

  async function look(): Promise<void> {
    desk.store.change({ canned: await desk.api.canned() });
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await desk.api.addReply({ ko: title }, { ko: text, en: english });
      setTitle("");
      setText("");
      setEnglish("");
      await look();
    } catch (error) {
      desk.notify(error instanceof Refusal ? error.message : words.noAnswer, true);
    }
  }

  return (
    <section>
      <h3>{work.library}</h3>
      <ul className="tasks">
        {canned.filter((one) => one.id).map((one) => (
          <li key={one.id} className="account"><span><strong>{one.title}</strong> <span dir="auto">{one.text}</span></span>
            <button type="button" className="button" onClick={() => void desk.api.removeReply(one.id ?? 0).then(look)}>{work.libraryRemove}</button></li>
        ))}
      </ul>
      <form className="hours" onSubmit={(event) => void submit(event)}>
        <label>{work.libraryTitle}<input type="text" required maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} /></label>
        <label>{work.libraryText}<textarea rows={2} required maxLength={1500} value={text} onChange={(event) => setText(event.target.value)} /></label>
        <label>{work.libraryText} (English)<textarea rows={2} maxLength={1500} value={english} onChange={(event) => setEnglish(event.target.value)} /></label>
        <button type="submit" className="button">{work.libraryAdd}</button>
      </form>
    </section>
  );
}
