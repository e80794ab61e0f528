/** The script as YAML: errors of the line under the cursor, and what may stand there. */

import { useEffect, useRef, useState, type ChangeEvent } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft, SourceFile } from "../contract";
import { goals } from "../steps";

const STEP_KEYS = ["title", "say", "simpler", "choices", "several", "answers", "text", "review", "save", "private", "optional", "depends", "link", "do", "set", "call", "goto", "end"];
const CHOICE_KEYS = ["id", "label", "accepts", "when", "goto", "alone"];
const MOST = 12;

export function Yaml({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const chosen = useStudioState((state) => state.chosen);
  const proof = useStudioState((state) => state.proof);
  const mine = open.files.find((file) => file.flow !== "" && file.flow === chosen.split("/")[0]);
  const [name, setName] = useState(mine?.name ?? open.files[0]?.name ?? "");
  const file = open.files.find((one) => one.name === name) ?? mine;
  const [text, setText] = useState(file?.text ?? "");
  const [line, setLine] = useState(1);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { if (mine) setName(mine.name); }, [mine?.name]); // eslint-disable-line -- follows the chosen flow
  useEffect(() => setText(file?.text ?? ""), [file?.name, file?.text]);
  useEffect(() => { if (file && area.current) show(area.current, file, chosen); }, [chosen, file]);
  if (!file) return null;
  const problems = [...(proof?.problems ?? []), ...open.unread].filter((one) => one.file === file.name);
  const here = problems.filter((one) => one.line === line);
  function moved(): void {
    const box = area.current;
    if (!box || !file) return;
    const now = text.slice(0, box.selectionStart).split("\n").length;
    setLine(now);
    const step = stepAt(file, now);
    if (step) studio.choose(`${file.flow}/${step}`);
  }
  function take(word: string): void {
    const box = area.current;
    if (!box) return;
    const before = text.slice(0, box.selectionStart).replace(/[\w/]*$/, "");
    setText(before + word + text.slice(box.selectionEnd));
    box.focus();
  }
  return (
    <div className="yaml">
      <div className="row">
        <label className="inline">{words.file}{" "}
          <select value={file.name} onChange={(event) => setName(event.target.value)}>
            {open.files.map((one) => <option key={one.name}>{one.name}</option>)}
          </select>
        </label>
        <button type="button" className="button primary" disabled={text === file.text} onClick={() => void studio.write({ [file.name]: text })}>{words.apply}</button>
        {text !== file.text && <span className="faint">{words.unapplied}</span>}
        <span className="bar-gap" />
        <Carry file={file} />
      </div>
      <textarea ref={area} className="source" spellCheck={false} aria-label={file.name} value={text} wrap="off"
        onChange={(event) => { setText(event.target.value); moved(); }} onSelect={moved} />
      <p className="faint">{words.lineOf(file.name, line)}</p>
      <ul className="line-problems" aria-label={words.lineProblems}>
        {(here.length ? here : problems.slice(0, 5)).map((one, n) => (
          <li key={n}>{words.lineOf(one.file, one.line)}: {one.reason} → {one.remedy}</li>
        ))}
      </ul>
      <p className="row" role="group" aria-label={words.suggestions}>
        {suggestions(open, file, text.split("\n")[line - 1] ?? "").map((word) => (
          <button key={word} type="button" className="button quiet small" onClick={() => take(word)}>{word}</button>
        ))}
      </p>
    </div>
  );
}

function show(area: HTMLTextAreaElement, file: SourceFile, chosen: string): void {
  const [flow = "", step = ""] = chosen.split("/");
  const line = file.flow === flow ? file.lines[`steps.${step}`] : undefined;
  if (!line || document.activeElement === area) return;
  const lines = file.text.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + 1;
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / Math.max(1, lines.length);
  area.scrollTop = Math.max(0, (line - 3) * height);
}

function stepAt(file: SourceFile, line: number): string {
  const before = Object.entries(file.lines).filter(([place, at]) => place.startsWith("steps.") && at <= line);
  return before.sort((a, b) => b[1] - a[1])[0]?.[0].slice("steps.".length) ?? "";
}

function suggestions(open: OpenDraft, file: SourceFile, line: string): string[] {
  const word = /[\w/]*$/.exec(line.trimEnd())?.[0] ?? "";
  if (/(goto|to):/.test(line)) return goals(open, file.flow).filter((one) => one.startsWith(word)).slice(0, MOST);
  const keys = line.startsWith("      ") ? CHOICE_KEYS : STEP_KEYS;
  return keys.map((key) => `${key}: `).filter((key) => key.startsWith(word)).slice(0, MOST);
}

function Carry({ file }: { file: SourceFile }) {
  const { words } = useSpoken();
  const studio = useStudio();
  function save(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "application/yaml" }));
    link.download = file.name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  async function bring(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const files: Record<string, string> = {};
    for (const one of event.target.files ?? []) files[one.name] = await one.text();
    if (Object.keys(files).length) await studio.write(files);
  }
  return (
    <>
      <button type="button" className="button quiet" onClick={save}>{words.exportFile}</button>
      <label className="button quiet file-button">{words.importFiles}
        <input type="file" className="hidden" accept=".yaml,.yml" multiple onChange={(event) => void bring(event)} />
      </label>
    </>
  );
}
