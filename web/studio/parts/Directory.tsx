/** Phone lines, laws and services: each with its source and the day somebody last looked. */

import { useState } from "react";
import { useSpoken, useStudio } from "../context";
import type { OpenDraft } from "../contract";
import { bag, list, text } from "../steps";
import { Field, Pick } from "./Field";

const DAY_MS = 86_400_000;
const OLD_DAYS = 90;

export function Directory({ open }: { open: OpenDraft }) {
  const { words, language } = useSpoken();
  const studio = useStudio();
  const files = open.files.filter((file) => file.kind === "directory");
  const [name, setName] = useState(files.find((file) => file.name === "lines.yaml")?.name ?? files[0]?.name ?? "");
  const file = files.find((one) => one.name === name);
  return (
    <div>
      <p className="row">
        <label className="inline">{words.file}{" "}
          <select value={name} onChange={(event) => setName(event.target.value)}>{files.map((one) => <option key={one.name}>{one.name}</option>)}</select>
        </label>
      </p>
      {list(bag(file?.content)["entries"]).map((one, n) => {
        const entry = bag(one);
        const id = String(entry["id"]);
        const days = Math.floor((Date.now() - Date.parse(String(entry["checked_on"]))) / DAY_MS);
        const told = entry["number"] === undefined ? "value" : "number";
        const set = (path: (string | number)[], value: string): void => {
          if (file) void studio.edit({ file: file.name, act: "set", path: ["entries", n, ...path], value });
        };
        return (
          <details key={id} className="choice">
            <summary><code>{id}</code> {text(entry["name"])[language]} {days > OLD_DAYS && <span className="badge withdrawn">{words.days(days)}</span>}</summary>
            <Field label={words[told]} value={String(entry[told] ?? "")} onSave={(value) => set([told], value)} />
            {open.languages.map((one_) => (
              <Field key={one_} label={`${words.name} (${one_})`} value={text(entry["name"])[one_] ?? ""} lang={one_} onSave={(value) => set(["name", one_], value)} />
            ))}
            <Field label={words.source} value={String(entry["source"] ?? "")} onSave={(value) => set(["source"], value)} />
            <Field label={words.checkedOn} value={String(entry["checked_on"] ?? "")} onSave={(value) => set(["checked_on"], value)} />
            <Pick label={words.certainty} value={String(entry["certainty"] ?? "")} options={[["H", "H"], ["M", "M"]]} onSave={(value) => set(["certainty"], value)} />
          </details>
        );
      })}
    </div>
  );
}
