/** The chosen step as each channel will show it, before anything is sent to anybody. */

import { useEffect, useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft, Tried } from "../contract";
import { Device } from "./Device";
import { Pick } from "./Field";

export function Preview({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const [language, setLanguage] = useState(open.languages[0] ?? "ko");
  return (
    <div className="form">
      <h2 className="hidden">{words.tool.preview}</h2>
      <Pick label={words.phoneLanguage} value={language} options={open.languages.map((one) => [one, one] as const)} onSave={setLanguage} />
      {Object.keys(words.channels).map((channel) => <Shown key={channel} channel={channel} language={language} open={open} />)}
    </div>
  );
}

function Shown({ channel, language, open }: { channel: string; language: string; open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const start = useStudioState((state) => state.chosen);
  const limit = useStudioState((state) => state.overview?.limits[channel]);
  const [tried, setTried] = useState<Tried | null>(null);
  const [trouble, setTrouble] = useState(false);
  const { id, revision } = open.draft;
  useEffect(() => {
    let wanted = true;
    studio.api.attempt(id, { channel, language, start, acts: [] })
      .then((found) => { if (wanted) { setTried(found); setTrouble(false); } })
      .catch(() => { if (wanted) setTrouble(true); });
    return () => { wanted = false; };
  }, [studio, id, revision, channel, language, start]);
  return (
    <section aria-label={words.channels[channel] ?? channel}>
      <Device channel={channel} tried={tried} />
      {trouble && <p className="warn">{words.notPlayable}</p>}
      {limit && <p className="faint small">{words.limitsOf(limit.text, limit.label, limit.bubbles)}</p>}
    </section>
  );
}
