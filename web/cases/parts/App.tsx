/** The whole page: who is signed in, which language, and the place the address names. */

import { useCallback, useEffect, useMemo, useState } from "react";
import { Api, Refusal } from "../api";
import { PlaceContext, WORDS, type Language, type Place } from "../context";
import type { Directory, Staff } from "../contract";
import { useAddress } from "../address";
import { Bar } from "./Bar";
import { Boundary } from "./Boundary";
import { Cases } from "./Cases";
import { MeetingView } from "./MeetingView";
import { Meetings } from "./Meetings";
import { Network } from "./Network";
import { NewContact } from "./NewContact";
import { Places } from "./Places";
import { Registers } from "./Registers";
import { SignIn } from "./SignIn";

const KEPT = "gyeot.desk.language";
const api = new Api();

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [staff, setStaff] = useState<Staff | null | undefined>(undefined);
  const [directory, setDirectory] = useState<Directory | null>(null);
  const [trouble, setTrouble] = useState("");
  const words = WORDS[language];
  const expire = useCallback(() => setStaff(null), []);

  useEffect(() => {
    localStorage.setItem(KEPT, language);
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    api.me().then(setStaff, () => setStaff(null));
  }, []);
  useEffect(() => {
    if (!staff) return;
    const refused = (error: unknown) => {
      if (error instanceof Refusal && error.status === 403) setTrouble(WORDS[language].notYours);
    };
    api.get<Directory>("directory").then(setDirectory, refused);
  }, [staff, language]);

  const place = useMemo<Place | null>(
    () => (staff && directory ? { api, staff, directory, words, language, tell: setTrouble, expire } : null),
    [staff, directory, words, language, expire],
  );
  const other = language === "ko" ? "en" : "ko";
  if (staff === null) return <SignIn api={api} words={words} onIn={setStaff} onLanguage={() => setLanguage(other)} />;
  if (staff?.role === "auditor") {
    return <Auditor staff={staff} words={words} language={language} onLanguage={() => setLanguage(other)} />;
  }
  if (!place) return <main className="wait" aria-busy="true"><p>{trouble || words.loading}</p></main>;
  return (
    <PlaceContext value={place}>
      <Bar onLanguage={() => setLanguage(other)} onOut={() => void api.signOut().finally(expire)} />
      <Trouble text={trouble} label={words.dismiss} onGone={() => setTrouble("")} />
      <Boundary text={words.broken}><Shown /></Boundary>
    </PlaceContext>
  );
}

/** An auditor sees the registers and nothing of any case. */
function Auditor({ staff, words, language, onLanguage }: { staff: Staff; words: Place["words"]; language: Language; onLanguage: () => void }) {
  const [trouble, setTrouble] = useState("");
  const place = useMemo<Place>(
    () => ({ api, staff, words, language, directory: NOTHING, tell: setTrouble, expire: () => location.reload() }),
    [staff, words, language],
  );
  return (
    <PlaceContext value={place}>
      <Bar onLanguage={onLanguage} onOut={() => void api.signOut().finally(() => location.reload())} only="registers" />
      <Trouble text={trouble} label={words.dismiss} onGone={() => setTrouble("")} />
      <Registers />
    </PlaceContext>
  );
}

const NOTHING: Directory = { agencies: [], services: [], facilities: [], orders: [], records: [], follow_ups: [], stale: [], form: [], staff: [] };

function Trouble({ text, label, onGone }: { text: string; label: string; onGone: () => void }) {
  return (
    <div role="alert" className="trouble-place">
      {text && <p className="trouble">{text} <button type="button" className="button quiet" aria-label={label} onClick={onGone}>×</button></p>}
    </div>
  );
}

function Shown() {
  const [first, second = ""] = useAddress();
  switch (first) {
    case "places":
      return <Places />;
    case "meetings":
      return second ? <MeetingView id={second} /> : <Meetings />;
    case "registers":
      return <Registers />;
    case "network":
      return <Network />;
    case "contact":
      return <NewContact />;
    default:
      return <Cases id={first === "case" ? second : ""} />;
  }
}

/** The parts of the address behind `#/`. */

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "ko" || kept === "en") return kept;
  return navigator.language.startsWith("en") ? "en" : "ko";
}
