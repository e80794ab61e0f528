/** The whole page: language around it, then sign-in or the workplace. */

import { useEffect, useMemo, useState } from "react";
import { DeskContext, LanguageContext, WORDS, useDeskState, useWords, type Language } from "../context";
import { READS_NOTHING, type Desk } from "../desk";
import { Boundary } from "./Boundary";
import { Office } from "./Office";
import { SignIn } from "./SignIn";
import { Workplace } from "./Workplace";

const KEPT = "gyeot.desk.language";

export function App({ desk }: { desk: Desk }) {
  const [language, choose] = useState<Language>(firstLanguage);
  const words = WORDS[language];
  useEffect(() => {
    localStorage.setItem(KEPT, language);
    document.documentElement.lang = language;
    desk.alarm.title = words.alarmTitle;
    desk.alarm.body = words.alarmBody;
  }, [desk, language, words]);
  const spoken = useMemo(() => ({ language, words, choose }), [language, words]);
  return (
    <DeskContext value={desk}>
      <LanguageContext value={spoken}>
        <Boundary>
          <Page />
        </Boundary>
      </LanguageContext>
    </DeskContext>
  );
}

function Page() {
  const staff = useDeskState((state) => state.staff);
  const down = useDeskState((state) => state.line === "down");
  const words = useWords();
  if (staff === undefined) {
    return (
      <main className="desk-loading" aria-busy="true">
        <p>{down ? words.line.down : words.loading}</p>
      </main>
    );
  }
  if (!staff) return <SignIn />;
  return READS_NOTHING.has(staff.role) ? <Office staff={staff} /> : <Workplace staff={staff} />;
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "ko" || kept === "en") return kept;
  return navigator.language.startsWith("en") ? "en" : "ko";
}
