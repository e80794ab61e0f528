/** The whole office: sign-in, the views of one's role, and the view that is open. */

import { useEffect, useState } from "react";
import { Breaches } from "./Breaches";
import { me, signIn, signOut, type Staff } from "./calls";
import { Education } from "./Education";
import { Facilities } from "./Facilities";
import { Log } from "./Log";
import { Network } from "./Network";
import { Numbers } from "./Numbers";
import { Field, Form, Spoken, Trouble, useDoing, useWords } from "./pieces";
import { Surveys } from "./Surveys";
import type { Language, Words } from "./words";

const VIEWS = {
  numbers: { View: Numbers, roles: ["supervisor", "admin"] },
  education: { View: Education, roles: ["supervisor", "admin"] },
  surveys: { View: Surveys, roles: ["supervisor", "admin"] },
  network: { View: Network, roles: ["admin", "supervisor"] },
  facilities: { View: Facilities, roles: ["admin", "supervisor"] },
  log: { View: Log, roles: ["supervisor", "auditor"] },
  breaches: { View: Breaches, roles: ["supervisor", "admin", "auditor"] },
};
type Name = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as Name[];

export function Office() {
  const [language, setLanguage] = useState<Language>(navigator.language.startsWith("en") ? "en" : "ko");
  const [staff, setStaff] = useState<Staff | null>();
  useEffect(() => {
    me().then(setStaff, () => setStaff(null));
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const turn = () => setLanguage(language === "ko" ? "en" : "ko");
  return (
    <Spoken value={language}>
      {staff === undefined && <main className="door" aria-busy="true" />}
      {staff === null && <SignIn onIn={setStaff} />}
      {staff && <Views staff={staff} turn={turn} onOut={() => setStaff(null)} />}
    </Spoken>
  );
}

function SignIn({ onIn }: { onIn: (staff: Staff) => void }) {
  const words = useWords();
  const { busy, trouble, run } = useDoing();
  return (
    <main className="door">
      <h1>{words.title}</h1>
      <Form onSend={(given) => run(async () => onIn(await signIn(given["name"] ?? "", given["password"] ?? "")))}>
        <Field name="name" label={words.name} />
        <Field name="password" label={words.password} type="password" />
        <button type="submit" className="button primary" disabled={busy}>{words.signIn}</button>
      </Form>
      <Trouble text={trouble} />
    </main>
  );
}

function Views({ staff, turn, onOut }: { staff: Staff; turn: () => void; onOut: () => void }) {
  const words = useWords();
  const mine = NAMES.filter((name) => VIEWS[name].roles.includes(staff.role));
  const [open, setOpen] = useState<Name | undefined>(mine[0]);
  const View = open && VIEWS[open].View;
  return (
    <>
      <header className="bar">
        <strong>{words.title}</strong>
        <nav aria-label={words.title}>
          {mine.map((name) => (
            <button key={name} type="button" className="button quiet" aria-current={name === open ? "page" : undefined}
              onClick={() => setOpen(name)}>{label(words, name)}</button>
          ))}
        </nav>
        <span className="gap" />
        <a className="button quiet" href="/desk">{words.desk}</a>
        <button type="button" className="button quiet" onClick={turn}>{words.other}</button>
        <button type="button" className="button quiet" onClick={() => void signOut().finally(onOut)}>{words.signOut}</button>
      </header>
      <main className="view">
        <h1>{open ? label(words, open) : words.nothing}</h1>
        {View && <View staff={staff} />}
      </main>
    </>
  );
}

function label(words: Words, name: Name): string {
  return words[name];
}
