/** Fields that keep what is typed and hand it over when one leaves them. */

import { useEffect, useId, useState } from "react";
import { useSpoken, useStudioState } from "../context";

interface Given {
  label: string;
  value: string;
  onSave: (value: string) => void;
  lang?: string;
  /** What the text is: decides which limits are shown. */
  limit?: "text" | "label" | "none";
  lines?: number;
}

const BUBBLE = 400;

export function Field({ label, value, onSave, lang, limit = "none", lines = 1 }: Given) {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const done = (): void => {
    if (text !== value) onSave(text);
  };
  const given = {
    id, value: text, lang,
    onBlur: done,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {lines > 1 ? <textarea rows={lines} {...given} /> : <input {...given} onKeyDown={(event) => { if (event.key === "Enter") done(); }} />}
      {limit !== "none" && <Limits text={text} kind={limit} lang={lang ?? ""} />}
    </div>
  );
}

/** How long a text is for each channel; what is too long says so before it is sent. */
function Limits({ text, kind, lang }: { text: string; kind: "text" | "label"; lang: string }) {
  const { words } = useSpoken();
  const limits = useStudioState((state) => state.overview?.limits);
  const over: string[] = [];
  for (const [channel, limit] of Object.entries(limits ?? {})) {
    const most = kind === "label" ? limit.label : Math.min(limit.text, BUBBLE);
    const strict = kind === "text" || channel !== "kakao" || lang === "ko";
    if (strict && text.length > most) over.push(words.tooLong(words.channels[channel] ?? channel));
  }
  const most = kind === "label" ? (lang === "ko" ? 14 : 40) : BUBBLE;
  return (
    <p className={over.length ? "limits over" : "limits"} role={over.length ? "alert" : undefined}>
      {words.chars(text.length, most)}{over.length ? ` · ${over.join(", ")}` : ""}
    </p>
  );
}

interface Picked {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onSave: (value: string) => void;
}

/** So many options are only drawn when one comes to the list: hundreds of steps are slow. */
const MANY = 40;

export function Pick({ label, value, options: all, onSave }: Picked) {
  const id = useId();
  const [near, setNear] = useState(false);
  const options = near || all.length <= MANY ? all : all.filter(([key]) => key === value || key === "");
  const known = options.some(([key]) => key === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onFocus={() => setNear(true)} onPointerDown={() => setNear(true)} onChange={(event) => onSave(event.target.value)}>
        {!known && <option value={value}>{value || "—"}</option>}
        {options.map(([key, shown]) => <option key={key} value={key}>{shown}</option>)}
      </select>
    </div>
  );
}
