/** A phone that plays the draft: any step, channel and language, with faults and a clock. */

import { useEffect, useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft, PhoneAct, Tried } from "../contract";
import { Ask } from "./Ask";
import { Device } from "./Device";
import { Pick } from "./Field";

const SPANS = ["30m", "2h", "1d", "7d"];

export function Phone({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const chosen = useStudioState((state) => state.chosen);
  const [channel, setChannel] = useState("kakao");
  const [language, setLanguage] = useState(open.languages[0] ?? "ko");
  const [start, setStart] = useState<string | null>(null);
  const [acts, setActs] = useState<PhoneAct[]>([{ kind: "open" }]);
  const [fault, setFault] = useState("");
  const [tried, setTried] = useState<Tried | null>(null);
  const [asks, setAsks] = useState(false);
  const trial = { channel, language, start, acts };
  const { id, revision } = open.draft;
  useEffect(() => {
    void studio.try(() => studio.api.attempt(id, { channel, language, start, acts })).then((found) => { if (found) setTried(found); });
  }, [studio, id, revision, channel, language, start, acts]);
  const act = (one: PhoneAct): void => {
    setActs([...acts, fault && fault !== "slow" ? { ...one, fault } : one]);
  };
  const again = (from: string | null): void => {
    setStart(from);
    setActs(from ? [] : [{ kind: "open" }]);
  };
  async function keep(title: string): Promise<void> {
    setAsks(false);
    const kept = await studio.try(() => studio.api.keepDialogue(id, title, trial));
    if (!kept) return;
    studio.notify(words.dialogueSaved(kept.name));
    void studio.check();
  }
  return (
    <div className="try">
      <div className="try-set">
        <Pick label={words.phoneChannel} value={channel} options={Object.entries(words.channels)} onSave={setChannel} />
        <Pick label={words.phoneLanguage} value={language} options={open.languages.map((one) => [one, one] as const)} onSave={setLanguage} />
        <Pick label={words.phoneStart} value={start ?? ""} onSave={(value) => again(value || null)}
          options={[["", words.fromBeginning], [chosen, words.fromHere(chosen)]]} />
        <Pick label={words.fault} value={fault} options={Object.entries(words.faults)} onSave={setFault} />
      </div>
      <Device channel={channel} tried={tried} slow={fault === "slow" && channel === "kakao"} heard={{
        say: (text) => act({ kind: "text", text }),
        press: (text, data) => act({ kind: "press", text, data }),
        photo: () => act({ kind: "photo" }),
      }} />
      <p className="row">
        <button type="button" className="button quiet" onClick={() => act({ kind: "photo" })}>{words.sendPhoto}</button>
        <button type="button" className="button quiet" onClick={() => act({ kind: "take" })}>{words.counselorTakes}</button>
        <button type="button" className="button quiet" onClick={() => act({ kind: "release" })}>{words.counselorReleases}</button>
        <Pick label={words.later} value="" options={SPANS.map((span) => [span, span] as const)} onSave={(text) => act({ kind: "later", text })} />
      </p>
      <p className="row">
        <button type="button" className="button" onClick={() => again(start)}>{words.restart}</button>
        <button type="button" className="button primary" disabled={start !== null} onClick={() => setAsks(true)}>{words.saveDialogue}</button>
      </p>
      {tried && <Stands tried={tried} />}
      {asks && <Ask title={words.saveDialogue} label={words.dialogueTitle} onCancel={() => setAsks(false)} onDone={(title) => void keep(title)} />}
    </div>
  );
}

function Stands({ tried }: { tried: Tried }) {
  const { words } = useSpoken();
  const { stands } = tried;
  return (
    <section aria-label={words.stands} className="stands">
      <h2>{words.stands}</h2>
      <ol className="effects small">
        {tried.turns.map((turn, n) => {
          const done = turn.effects.filter((one) => one !== "Say");
          return <li key={n}><code>{turn.step}</code>{done.length > 0 && ` ${done.join(" · ")}`}</li>;
        })}
      </ol>
      <p><code>{stands.step}</code> · {stands.status} · {words.risk} {stands.risk < 4 ? `R${stands.risk}` : "–"}{stands.summoned === null ? "" : ` · ${words.effect["summon"] ?? ""} R${stands.summoned}`}</p>
      <dl>
        {Object.entries(stands.answers).map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd>{Array.isArray(value) ? value.join(", ") : String(value)}</dd></div>
        ))}
      </dl>
    </section>
  );
}
