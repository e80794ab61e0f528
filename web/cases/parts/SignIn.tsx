/** The door: the desk's own sign-in. */

import { useState, type FormEvent } from "react";
import { Refusal, type Api } from "../api";
import type { Staff } from "../contract";
import type { Words } from "../words/ko";

interface Given {
  api: Api;
  words: Words;
  onIn: (staff: Staff) => void;
  onLanguage: () => void;
}

export function SignIn({ api, words, onIn, onLanguage }: Given) {
  const [trouble, setTrouble] = useState("");
  async function enter(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      onIn(await api.signIn(String(form.get("name")).trim(), String(form.get("password"))));
    } catch (error) {
      setTrouble(error instanceof Refusal && error.message ? error.message : words.noAnswer);
    }
  }
  return (
    <main className="door">
      <form className="door-form" onSubmit={(event) => void enter(event)}>
        <h1>{words.product}</h1>
        <label htmlFor="name">{words.name}</label>
        <input id="name" name="name" autoComplete="username" required maxLength={80} autoFocus />
        <label htmlFor="password">{words.password}</label>
        <input id="password" name="password" type="password" autoComplete="current-password" required maxLength={200} />
        <p className="door-trouble" role="alert">{trouble}</p>
        <button type="submit" className="button primary">{words.signIn}</button>
        <p className="door-small">{words.neutral}</p>
        <button type="button" className="button quiet" onClick={onLanguage}>{words.otherLanguage}</button>
      </form>
    </main>
  );
}
