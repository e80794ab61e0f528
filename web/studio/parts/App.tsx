/** The page: the door, the overview, or one draft. */

import { useEffect, useMemo, useState, type FormEvent } from "react";
import { LanguageContext, StudioContext, WORDS, useSpoken, useStudio, useStudioState, type Language } from "../context";
import { preferred } from "../../shared/language";
import type { Studio } from "../studio";
import { Editor } from "./Editor";
import { Home } from "./Home";

export function App({ studio }: { studio: Studio }) {
  const [language, choose] = useState<Language>(preferred);
  const spoken = useMemo(() => ({ language, words: WORDS[language], choose }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = WORDS[language].title;
    studio.conflict = WORDS[language].conflict;
    studio.merged = WORDS[language].merged;
  }, [language, studio]);
  return (
    <StudioContext.Provider value={studio}>
      <LanguageContext.Provider value={spoken}>
        <Room />
      </LanguageContext.Provider>
    </StudioContext.Provider>
  );
}

function Room() {
  const { words } = useSpoken();
  const staff = useStudioState((state) => state.staff);
  const open = useStudioState((state) => state.open !== null);
  if (staff === undefined) return <main className="empty"><h1>{words.product}</h1><p role="status">{words.loading}</p></main>;
  if (staff === null) return <Door />;
  return (
    <div className="studio">
      <Bar name={staff.pseudonym || staff.name} />
      <Notice />
      {staff.role !== "admin" ? <main className="empty"><p>{words.onlyAdmins}</p></main> : open ? <Editor /> : <Home />}
    </div>
  );
}

function Bar({ name }: { name: string }) {
  const { words, language, choose } = useSpoken();
  const studio = useStudio();
  const open = useStudioState((state) => state.open?.draft.title ?? "");
  const other = language === "ko" ? "en" : "ko";
  return (
    <header className="bar">
      <h1 className="bar-name">{words.product}</h1>
      {open && <button type="button" className="button quiet" onClick={() => void studio.close()}>← {words.home}</button>}
      {open && <strong className="bar-title">{open}</strong>}
      <span className="bar-gap" />
      <button type="button" className="button quiet" lang={other} onClick={() => choose(other)}>{words.otherLanguage}</button>
      <span className="bar-staff"><bdi>{name}</bdi></span>
      <button type="button" className="button quiet" onClick={() => void studio.signOut()}>{words.signOut}</button>
    </header>
  );
}

function Notice() {
  const { words } = useSpoken();
  const studio = useStudio();
  const notice = useStudioState((state) => state.notice);
  return (
    <div role="status" className={notice ? `notice${notice.grave ? " grave" : ""}` : "notice none"}>
      {notice && <p>{notice.text}</p>}
      {notice && <button type="button" className="button quiet" onClick={() => studio.store.change({ notice: null })}>{words.close}</button>}
    </div>
  );
}

function Door() {
  const { words, language, choose } = useSpoken();
  const studio = useStudio();
  const [trouble, setTrouble] = useState("");
  async function enter(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await studio.signIn(String(form.get("name")).trim(), String(form.get("password")));
    } catch (error) {
      setTrouble(error instanceof Error && error.message ? error.message : words.wrongSignIn);
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
        <button type="button" className="button quiet" lang={language === "ko" ? "en" : "ko"}
          onClick={() => choose(language === "ko" ? "en" : "ko")}>{words.otherLanguage}</button>
      </form>
    </main>
  );
}
