/** The script as YAML: what is wrong and what may stand there, at the cursor. */

import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { OpenDraft, SourceFile } from "../contract";
import { LONG_LINES, partOf, stepAt, suggestions, wordAt, type Part } from "../source";
import { AtCursor } from "./AtCursor";
import { Carry } from "./Carry";

export function Yaml({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const flow = useStudioState((state) => state.chosen.split("/")[0] ?? "");
  const mine = open.files.find((file) => file.flow !== "" && file.flow === flow);
  const [name, setName] = useState(mine?.name ?? open.files[0]?.name ?? "");
  useEffect(() => { if (mine) setName(mine.name); }, [mine?.name]); // eslint-disable-line -- follows the chosen flow
  const file = open.files.find((one) => one.name === name) ?? mine;
  const [whole, setWhole] = useState<boolean | null>(null);
  if (!file) return null;
  const all = whole ?? Object.values(file.lines).every((line) => line <= LONG_LINES);
  return (
    <div className="yaml">
      <div className="row">
        <label className="inline">{words.file}{" "}
          <select value={file.name} onChange={(event) => setName(event.target.value)}>
            {open.files.map((one) => <option key={one.name}>{one.name}</option>)}
          </select>
        </label>
        {file.flow && (
          <label className="inline">{words.yamlPart}{" "}
            <select value={all ? "all" : "step"} onChange={(event) => setWhole(event.target.value === "all")}>
              <option value="step">{words.yamlStep}</option>
              <option value="all">{words.yamlAll}</option>
            </select>
          </label>
        )}
        <span className="bar-gap" />
        <Carry file={file} />
      </div>
      <Source open={open} file={file} whole={all} />
    </div>
  );
}

function Source({ open, file, whole }: { open: OpenDraft; file: SourceFile; whole: boolean }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const chosen = useStudioState((state) => state.chosen);
  const proof = useStudioState((state) => state.proof);
  const step = chosen.split("/")[1] ?? "";
  const part = partOf(file, step, whole);
  const [text, setText] = useState(part.text);
  const [cursor, setCursor] = useState(-1);
  const [offers, setOffers] = useState(-1);
  const [asked, setAsked] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => setText(part.text), [file.name, part.text]);
  useEffect(() => { if (area.current) show(area.current, file, chosen, part); }, [chosen, file, part.first]);
  const before = text.slice(0, Math.max(0, cursor));
  const line = part.first + (before.match(/\n/g)?.length ?? 0);
  const problems = [...(proof?.problems ?? []), ...open.unread].filter((one) => one.file === file.name);
  const offered = cursor >= 0 && asked ? suggestions(open, file, before) : [];
  function moved(box: HTMLTextAreaElement): void {
    setCursor(box.selectionStart);
    const now = part.first + (box.value.slice(0, box.selectionStart).match(/\n/g)?.length ?? 0);
    const found = whole ? stepAt(file, now) : "";
    if (found) studio.choose(`${file.flow}/${found}`);
  }
  function take(word: string): void {
    const box = area.current;
    if (!box) return;
    box.setRangeText(word, before.length - wordAt(before).length, box.selectionEnd, "end");
    setText(box.value);
    setAsked(false);
    box.focus();
    moved(box);
  }
  function pressed(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const wanted = (event.ctrlKey && event.key === " ") || (event.altKey && event.key === "ArrowDown");
    const one = offered[offers];
    if (wanted) { setAsked(true); setOffers(0); }
    else if (event.key === "Escape" && offered.length) setAsked(false);
    else if (offered.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      setOffers((offers + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length);
    } else if (one !== undefined && (event.key === "Enter" || event.key === "Tab")) take(one);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <div className="source-place">
        <textarea ref={area} className="source" spellCheck={false} aria-label={file.name} value={text} wrap="off"
          aria-autocomplete="list" aria-controls={offered.length ? id : undefined} aria-describedby={`${id}-keys`}
          aria-activedescendant={offered.length && offers >= 0 ? `${id}-${offers}` : undefined} onKeyDown={pressed}
          onChange={(event) => { setText(event.target.value); setAsked(true); setOffers(-1); moved(event.target); }}
          onSelect={(event) => moved(event.currentTarget)} onFocus={(event) => moved(event.currentTarget)}
          onScroll={() => setAsked(false)} onBlur={() => setCursor(-1)} />
        {cursor >= 0 && <AtCursor area={area} before={before} problems={problems.filter((one) => one.line === line)} words={offered} active={offers} id={id} onTake={take} />}
      </div>
      <div className="row">
        <button type="button" className="button primary" disabled={text === part.text}
          onClick={() => void studio.write({ [file.name]: part.before + text + part.after })}>{words.apply}</button>
        {text !== part.text && <span className="faint">{words.unapplied}</span>}
        <span className="faint">{words.lineOf(file.name, line)}</span>
        <span id={`${id}-keys`} className="faint small">{words.yamlKeys}</span>
      </div>
      <ul className="line-problems" aria-label={words.lineProblems}>
        {problems.slice(0, 5).map((one, n) => <li key={n}>{words.lineOf(one.file, one.line)}: {one.reason} → {one.remedy}</li>)}
      </ul>
    </>
  );
}

/** Bring the chosen step into sight, and mark its line, unless she is writing just now. */
function show(area: HTMLTextAreaElement, file: SourceFile, chosen: string, part: Part): void {
  const [flow = "", step = ""] = chosen.split("/");
  const line = file.flow === flow ? file.lines[`steps.${step}`] : undefined;
  if (!line || document.activeElement === area) return;
  const lines = part.text.split("\n");
  const at = line - part.first;
  const start = lines.slice(0, at).join("\n").length + (at ? 1 : 0);
  area.setSelectionRange(start, start + (lines[at]?.length ?? 0));
  area.scrollTop = Math.max(0, (at - 2) * parseFloat(getComputedStyle(area).lineHeight));
}
