/** The answers of a step: buttons, the words that mean them, and where each leads. */

import { useState } from "react";
import { useSpoken } from "../context";
import type { OpenDraft } from "../contract";
import { bag, choicesOf, conditionOf, goals, list, type Bag } from "../steps";
import { Ask } from "./Ask";
import { Field, Tick } from "./Field";
import { Unfolding } from "./Unfolding";
import { fresh, type Change } from "../steps";
import { Ways } from "./Ways";

interface Given {
  step: Bag;
  open: OpenDraft;
  flow: string;
  change: Change;
}

export function Choices({ step, open, flow, change }: Given) {
  const { words } = useSpoken();
  const [asks, setAsks] = useState(false);
  const choices = choicesOf(step);
  const names = goals(open, flow);
  if (choices.length === 0 && !step["say"]) return null;
  return (
    <fieldset>
      <legend>{words.choices}</legend>
      {choices.map((choice, n) => (
        <Unfolding key={choice.id} className="choice" summary={<><code>{choice.id}</code> {choice.label["ko"] ?? Object.values(choice.label)[0]}</>}>
          {open.languages.map((language) => (
            <Field key={language} label={words.choiceLabel(choice.id, language)} value={choice.label[language] ?? ""} lang={language} limit="label"
              onSave={(value) => change("set", ["choices", n, "label", language], value)} />
          ))}
          <Field label={words.accepts(choice.id)} value={(choice.accepts ?? []).join(", ")}
            onSave={(value) => change("set", ["choices", n, "accepts"], value.split(",").map((one) => one.trim()).filter(Boolean))} />
          <Field label={words.choiceWhen(choice.id)} value={conditionOf(list(step["choices"])[n])}
            onSave={(when) => change(when ? "set" : "remove", ["choices", n, "when"], when || undefined)} />
          <Tick label={words.choiceAlone(choice.id)} value={bag(list(step["choices"])[n])["alone"] === true}
            onSave={(on) => change(on ? "set" : "remove", ["choices", n, "alone"], on || undefined)} />
          <Ways name={words.choiceGoto(choice.id)} value={bag(list(step["choices"])[n])["goto"]} goals={names} path={["choices", n, "goto"]} change={change} optional />
          <p className="row">
            <button type="button" className="button quiet" aria-label={`${words.up}: ${choice.id}`} disabled={n === 0} onClick={() => change("move", ["choices", n], -1)}>{words.up}</button>
            <button type="button" className="button quiet" aria-label={`${words.down}: ${choice.id}`} disabled={n === choices.length - 1} onClick={() => change("move", ["choices", n], 1)}>{words.down}</button>
            <button type="button" className="button quiet" aria-label={`${words.remove}: ${choice.id}`} onClick={() => change("remove", ["choices", n])}>{words.remove}</button>
          </p>
        </Unfolding>
      ))}
      <button type="button" className="button" onClick={() => setAsks(true)}>{words.addChoice}</button>
      {asks && (
        <Ask title={words.addChoice} label={words.newChoice} onCancel={() => setAsks(false)}
          onDone={(id) => { setAsks(false); change("insert", ["choices", choices.length], { id, label: fresh(open.languages) }); }} />
      )}
    </fieldset>
  );
}
