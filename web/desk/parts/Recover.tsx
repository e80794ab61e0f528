/** A way back for who lost password or second factor: with the code that two people gave. */

import { useState } from "react";
import { Refusal } from "../api";
import { useDesk, useWords } from "../context";

export function Recover() {
  const desk = useDesk();
  const words = useWords();
  const { work } = words;
  const [said, setSaid] = useState("");
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");

  async function recover(): Promise<void> {
    try {
      await desk.api.recover(name.trim(), code.trim(), password);
      setSaid(work.recovered);
    } catch (error) {
      setSaid(error instanceof Refusal ? error.message : words.noAnswer);
    }
  }

  return (
    <details className="door-recover">
      <summary>{work.recover}</summary>
      <label>{words.name}<input type="text" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} /></label>
      <label>{work.recoverCode}<input type="text" maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} /></label>
      <label>{work.newPassword}<input type="password" autoComplete="new-password" maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} /></label>
      <p role="status">{said}</p>
      <button type="button" className="button" onClick={() => void recover()}>{work.recoverDo}</button>
    </details>
  );
}
