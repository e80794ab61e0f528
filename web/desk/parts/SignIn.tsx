/** The door: name, password, and one plain line when it does not open. */

import { useState, type FormEvent } from "react";
import { Refusal } from "../api";
import { useDesk, useDeskState, useSpoken } from "../context";
import type { Words } from "../words/ko";
import { Recover } from "./Recover";

export function SignIn() {
  const desk = useDesk();
  const expired = useDeskState((state) => state.expired);
  const { words, language, choose } = useSpoken();
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const [asks, setAsks] = useState(false);

  async function enter(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setTrouble("");
    try {
      const [name, password, code] = ["name", "password", "code"].map((field) => String(form.get(field) ?? "").trim());
      await desk.signIn(name ?? "", password ?? "", code);
    } catch (error) {
      if (error instanceof Refusal && error.code === "code") setAsks(true);
      setTrouble(told(error, words));
      setBusy(false);
    }
  }

  return (
    <main className="door">
      <form className="door-form" onSubmit={(event) => void enter(event)}>
        <h1>{words.product}</h1>
        {expired && <p className="door-note" role="status">{words.expired}</p>}
        <label htmlFor="name">{words.name}</label>
        <input id="name" name="name" autoComplete="username" required maxLength={80} autoFocus />
        <label htmlFor="password">{words.password}</label>
        <input id="password" name="password" type="password" autoComplete="current-password" required maxLength={200} />
        {asks && <>
          <label htmlFor="code">{words.work.code}</label>
          <input id="code" name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={7} autoFocus />
        </>}
        <p className="door-trouble" role="alert">{trouble}</p>
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? words.signingIn : words.signIn}
        </button>
        <p className="door-small">{words.neutral}</p>
        <Recover />
        <button type="button" className="button quiet" lang={language === "ko" ? "en" : "ko"}
          onClick={() => choose(language === "ko" ? "en" : "ko")}>
          {words.otherLanguage}
        </button>
      </form>
    </main>
  );
}

function told(error: unknown, words: Words): string {
  if (!(error instanceof Refusal)) return words.noAnswer;
  if (error.code === "code") return words.work.codeNeeded;
  if (error.status === 401) return words.wrongSignIn;
  if (error.status === 429) return words.tooMany;
  return error.message || words.refused;
}
