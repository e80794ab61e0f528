/** What a step does beside speaking: calling a counselor, waiting, the 112 card and the rest. */

import { useSpoken } from "../context";
import type { Value } from "../contract";
import { bag, list, text, type Bag } from "../steps";
import { Field, Pick } from "./Field";
import type { Change } from "../steps";

const URGENCIES = ["R0", "R1", "R2", "R3", "risk"].map((one) => [one, one] as const);
const WORDS = ["code_word", "duress_word", "cover_word"] as const;
const FLAGS = ["receipt_set", "word_set", "submitted", "verified", "returning", "offered_web"] as const;
/** Each effect as it begins; every kind that the script knows is here. */
const NEW: Record<string, Value> = {
  card: true,
  summon: { urgency: "R2", because: { ko: "…", en: "…" } },
  wait: true,
  receipt: true,
  submit: "application",
  check_in: { after: "1d" },
  remember: { language: "language" },
  keep: "code_word",
  look_up: "given_code",
  flag: "submitted",
  forget: "contact",
};

export function Effects({ step, change }: { step: Bag; change: Change }) {
  const { words } = useSpoken();
  const effects = list(step["do"]);
  return (
    <fieldset>
      <legend>{words.effects}</legend>
      <ul className="effects">
        {effects.map((one, n) => {
          const [kind = "", value] = Object.entries(bag(one))[0] ?? [];
          const name = words.effect[kind] ?? kind;
          return (
            <li key={`${n}-${kind}`} className="pair" role="group" aria-label={name}>
              <p className="row">
                <span className="grow">{name}</span>
                <button type="button" className="button quiet" aria-label={`${words.remove}: ${name}`} onClick={() => change("remove", ["do", n])}>{words.remove}</button>
              </p>
              <Details kind={kind} value={value} set={(below, now) => change("set", ["do", n, kind, ...below], now)} />
            </li>
          );
        })}
      </ul>
      <Pick label={words.addEffect} value="" options={Object.keys(NEW).map((kind) => [kind, words.effect[kind] ?? kind] as const)}
        onSave={(kind) => change("insert", ["do", effects.length], { [kind]: NEW[kind] ?? true })} />
    </fieldset>
  );
}

interface Given {
  kind: string;
  value: Value | undefined;
  set: (below: string[], value: Value) => void;
}

function Details({ kind, value, set }: Given) {
  const { words } = useSpoken();
  const told = typeof value === "string" ? value : "";
  const label = words.effectPart[kind] ?? kind;
  if (kind === "summon") {
    const because = text(bag(value)["because"]);
    return (
      <>
        <Pick label={words.urgency} value={String(bag(value)["urgency"] ?? "")} options={URGENCIES} onSave={(urgency) => set(["urgency"], urgency)} />
        {["ko", "en"].map((one) => (
          <Field key={one} label={words.because(one)} value={because[one] ?? ""} lang={one} onSave={(now) => set(["because", one], now)} />
        ))}
      </>
    );
  }
  if (kind === "check_in") return <Field label={label} value={String(bag(value)["after"] ?? "")} onSave={(after) => set(["after"], after)} />;
  if (kind === "remember") return <Field label={label} value={pairsOf(value)} onSave={(now) => set([], bagOf(now))} />;
  if (kind === "submit" || kind === "look_up") return <Field label={label} value={told} onSave={(now) => set([], now)} />;
  if (kind === "keep" || kind === "flag") {
    const options = (kind === "keep" ? WORDS : FLAGS).map((one) => [one, words.effectWord[one] ?? one] as const);
    return <Pick label={label} value={told} options={options} onSave={(now) => set([], now)} />;
  }
  return null;
}

/** A map of short words as one line: `name = value, other = value`. */
export function pairsOf(value: Value | undefined): string {
  return Object.entries(bag(value)).map(([name, one]) => `${name} = ${String(one)}`).join(", ");
}

export function bagOf(line: string): Record<string, string> {
  const pairs = line.split(/,(?![^(]*\))/).map((one) => one.split(/=(.*)/s).map((part) => part.trim()));
  return Object.fromEntries(pairs.filter(([name, one]) => name && one).map(([name = "", one = ""]) => [name, one]));
}
