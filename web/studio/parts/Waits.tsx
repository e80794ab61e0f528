/** What a step waits for beside buttons, what it keeps, and what it calls or ends. */

import { useSpoken } from "../context";
import type { OpenDraft, Value } from "../contract";
import { bag, list, text, type Bag } from "../steps";
import { bagOf, pairsOf } from "./Effects";
import { Field, Pick, Tick } from "./Field";
import type { Change } from "../steps";
import { Unfolding } from "./Unfolding";

const KINDS = ["text", "number", "date", "phone", "word", "code"] as const;
const ENDS = ["return", "close"] as const;
const SWITCHES = ["several", "optional", "private"] as const;
const NUMBERS = ["chars", "min", "max"] as const;
const LISTS = ["review", "depends"] as const;
const NAMES = ["save", "answers"] as const;

interface Given {
  step: Bag;
  open: OpenDraft;
  change: Change;
}

export function Waits({ step, open, change }: Given) {
  const { words } = useSpoken();
  const asked = bag(step["text"]);
  const kind = step["text"] === undefined ? "" : String(asked["kind"] ?? "text");
  const link = text(step["link"]);
  const put = (key: string, value: Value | undefined): void => {
    if (value !== undefined && value !== "") change("set", [key], value);
    else if (step[key] !== undefined) change("remove", [key]);
  };
  return (
    <Unfolding className="choice" summary={words.waits}>
      <Pick label={words.waitsFor} value={kind} options={[["", words.nothingTyped], ...KINDS.map((one) => [one, words.typed[one]] as const)]}
        onSave={(now) => put("text", now ? { ...asked, kind: now } : undefined)} />
      {kind && NUMBERS.map((key) => (
        <Field key={key} label={words.stepPart[key]} value={asked[key] === undefined ? "" : String(asked[key])}
          onSave={(now) => (now.trim() && !Number.isNaN(Number(now)) ? change("set", ["text", key], Number(now)) : asked[key] !== undefined && change("remove", ["text", key]))} />
      ))}
      {SWITCHES.map((key) => (
        <Tick key={key} label={words.stepPart[key]} value={step[key] === true} onSave={(on) => put(key, on || undefined)} />
      ))}
      {NAMES.map((key) => <Field key={key} label={words.stepPart[key]} value={String(step[key] ?? "")} onSave={(now) => put(key, now.trim())} />)}
      {LISTS.map((key) => (
        <Field key={key} label={words.stepPart[key]} value={list(step[key]).map(String).join(", ")}
          onSave={(now) => { const names = now.split(",").map((one) => one.trim()).filter(Boolean); put(key, names.length ? names : undefined); }} />
      ))}
      <Field label={words.stepPart.set} value={pairsOf(step["set"])} onSave={(now) => put("set", now.trim() ? bagOf(now) : undefined)} />
      {open.languages.map((one) => (
        <Field key={one} label={words.linkOf(one)} value={link[one] ?? ""} lang={one} limit="label"
          onSave={(now) => (now ? change("set", ["link", one], now) : change("remove", Object.keys(link).length > 1 ? ["link", one] : ["link"]))} />
      ))}
      <Pick label={words.stepPart.call} value={String(step["call"] ?? "")} options={[["", "—"], ...open.picture.flows.map((one) => [one.flow, one.flow] as const)]}
        onSave={(now) => put("call", now)} />
      <Pick label={words.stepPart.end} value={String(step["end"] ?? "")} options={[["", "—"], ...ENDS.map((one) => [one, words.ends[one]] as const)]}
        onSave={(now) => { if (now && step["goto"] !== undefined) change("remove", ["goto"]); put("end", now); }} />
    </Unfolding>
  );
}
