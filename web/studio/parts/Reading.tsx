/** The script as a person would read it, step by step, in any language. */

import { useEffect, useRef, useState } from "react";
import { useSpoken, useStudio, useStudioState } from "../context";
import type { Node, OpenDraft } from "../contract";
import { bubbleText, choicesOf, list, stepOf, way } from "../steps";
import { FlowChoice } from "./FlowChoice";

export function Reading({ open }: { open: OpenDraft }) {
  const { words } = useSpoken();
  const chosen = useStudioState((state) => state.chosen);
  const [language, setLanguage] = useState(open.languages[0] ?? "ko");
  const flow = chosen.split("/")[0] ?? "";
  const nodes = open.picture.nodes.filter((node) => node.flow === flow);
  return (
    <div className="reading">
      <p className="row">
        <FlowChoice open={open} flow={flow} />
        <label className="inline">{words.phoneLanguage}{" "}
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            {open.languages.map((one) => <option key={one}>{one}</option>)}
          </select>
        </label>
      </p>
      <ol>{nodes.map((node) => <Page key={node.id} open={open} node={node} language={language} chosen={node.id === chosen} />)}</ol>
    </div>
  );
}

function Page({ open, node, language, chosen }: { open: OpenDraft; node: Node; language: string; chosen: boolean }) {
  const studio = useStudio();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const found = stepOf(open, node.id);
  if (!found) return null;
  const ways = way(found.step["goto"]);
  return (
    <li ref={place} className={chosen ? "page chosen" : "page"}>
      <button type="button" className="link" aria-pressed={chosen} onClick={() => studio.choose(node.id)}>{node.step}</button>
      <div lang={language}>
        {list(found.step["say"]).map((one, n) => <p key={n} className="said">{bubbleText(one).text[language] ?? "—"}</p>)}
        <ul className="answers">
          {choicesOf(found.step).map((choice) => (
            <li key={choice.id}><span className="answer">{choice.label[language] ?? "—"}</span>{typeof choice.goto === "string" && choice.goto ? ` → ${choice.goto}` : ""}</li>
          ))}
        </ul>
        <p className="faint">{typeof ways === "string" ? (ways ? `→ ${ways}` : "") : ways.map((one) => `${one.when ? `${one.when} ` : ""}→ ${one.to}`).join(" · ")}</p>
      </div>
    </li>
  );
}
