/** The chosen step as a form: what it says, its answers, where it leads, what it does. */

import { useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Edit, OpenDraft } from "../contract";
import { bubbleText, conditionOf, fresh, goals, list, stepOf, text, type Change } from "../steps";
import { Ask } from "./Ask";
import { Choices } from "./Choices";
import { Effects } from "./Effects";
import { Field } from "./Field";
import { Waits } from "./Waits";
import { Ways } from "./Ways";

export function StepForm({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const chosen = useStudioState((state) => state.chosen);
  const found = stepOf(open, chosen);
  if (!found) return <p className="faint">{words.loading}</p>;
  const { file, step, path } = found;
  const flow = chosen.split("/")[0] ?? "";
  const change: Change = (act, below, value) =>
    void studio.edit({ file: file.name, act, path: [...path, ...below], ...(value === undefined ? {} : { value }) });
  const languages = open.languages;
  const shortName = text(step["title"]);
  const simpler = text(step["simpler"]);
  return (
    <div className="form" key={chosen}>
      <StepHead open={open} file={file.name} />
      <fieldset>
        <legend>{words.bubbles}</legend>
        {list(step["say"]).map((one, n) => {
          const { text: said, below } = bubbleText(one);
          return (
            <div key={n} className="pair">
              {languages.map((language) => (
                <Field key={language} label={words.bubble(n + 1, language)} value={said[language] ?? ""} lang={language} limit="text" lines={3}
                  onSave={(value) => change(value ? "set" : "remove", ["say", n, ...below, language], value || undefined)} />
              ))}
              <Field label={words.bubbleWhen(n + 1)} value={conditionOf(one)} onSave={(when) => change(when ? "set" : "remove", ["say", n, "when"], when || undefined)} />
              <button type="button" className="button quiet" aria-label={`${words.remove}: ${words.bubble(n + 1, "")}`} onClick={() => change("remove", ["say", n])}>{words.remove}</button>
            </div>
          );
        })}
        <button type="button" className="button" onClick={() => change("insert", ["say", list(step["say"]).length], fresh(languages))}>{words.addBubble}</button>
      </fieldset>
      <Choices step={step} open={open} flow={flow} change={change} />
      <fieldset>
        <legend>{words.goto}</legend>
        <Ways name={words.goto} value={step["goto"]} goals={goals(open, flow)} path={["goto"]} change={change} optional={step["end"] !== undefined || list(step["choices"]).length > 0} />
      </fieldset>
      <Effects step={step} change={change} />
      <Waits step={step} open={open} change={change} />
      <details>
        <summary>{words.stepTitle("…")}</summary>
        {languages.map((language) => (
          <Field key={language} label={words.stepTitle(language)} value={shortName[language] ?? ""} lang={language} onSave={(value) => change("set", ["title", language], value)} />
        ))}
        {languages.map((language) => (
          <Field key={`s-${language}`} label={words.simpler(language)} value={simpler[language] ?? ""} lang={language} limit="text" lines={2} onSave={(value) => change("set", ["simpler", language], value)} />
        ))}
      </details>
    </div>
  );
}

function StepHead({ open, file }: { open: OpenDraft; file: string }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const chosen = useStudioState((state) => state.chosen);
  const [asks, setAsks] = useState<"" | "add" | "rename" | "duplicate">("");
  const [flow = "", name = ""] = chosen.split("/");
  async function named(given: string): Promise<void> {
    const act = asks || "add";
    setAsks("");
    const edit: Edit = act === "add"
      ? { file, act, path: ["steps", given], value: { after: name, step: { say: [fresh(open.languages)], goto: name } } }
      : { file, act, path: ["steps", name], value: given };
    if (await studio.edit(edit)) studio.choose(`${flow}/${given}`);
  }
  const titles = { "": "", add: words.addStep, rename: words.rename, duplicate: words.duplicate };
  return (
    <div className="step-head">
      <h2><code>{name}</code></h2>
      <p className="row">
        <button type="button" className="button" onClick={() => setAsks("add")}>{words.addStep}</button>
        <button type="button" className="button quiet" onClick={() => setAsks("rename")}>{words.rename}</button>
        <button type="button" className="button quiet" onClick={() => setAsks("duplicate")}>{words.duplicate}</button>
        <button type="button" className="button quiet" onClick={() => void studio.edit({ file, act: "remove", path: ["steps", name] })}>{words.remove}</button>
      </p>
      {asks && <Ask title={titles[asks]} label={words.newName} onCancel={() => setAsks("")} onDone={(given) => void named(given)} />}
    </div>
  );
}
