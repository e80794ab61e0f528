/** The second factor of one's own sign-in. */

import { useState, type FormEvent } from "react";
import { Refusal } from "../api";
import { useDesk, useWords } from "../context";

export function Factor() {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [secret, setSecret] = useState("");
  const [code, setCode] = useState("");
  const [said, setSaid] = useState("");

  async function begin(): Promise<void> {
    try {
      setSecret((await desk.api.secondFactor()).secret);
    } catch (error) {
      setSaid(error instanceof Refusal ? error.message : words.noAnswer);
    }
  }

  async function confirm(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await desk.api.confirmFactor(code);
      setSecret("");
      setSaid(work.factorOn);
    } catch (error) {
      setSaid(error instanceof Refusal ? work.codeWrong : words.noAnswer);
    }
  }

  return (
    <section className="factor">
      <h3>{work.factor}</h3>
      <p role="status">{said}</p>
      {!secret && <button type="button" className="button" data-does="factor" onClick={() => void begin()}>{work.factorBegin}</button>}
      {secret && (
        <form className="pair" onSubmit={(event) => void confirm(event)}>
          <p>{work.factorHint}</p>
          <code>{secret.match(/.{1,4}/gu)?.join(" ")}</code>
          <input type="text" inputMode="numeric" required maxLength={7} value={code} aria-label={work.code} onChange={(event) => setCode(event.target.value)} />
          <button type="submit" className="button primary">{work.factorDo}</button>
        </form>
      )}
    </section>
  );
}
