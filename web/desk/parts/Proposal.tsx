/** What was learned, for the application: proposed here, confirmed by her in masked form. */

import { useId } from "react";
import type { Proposable } from "../contract";
import { useSpoken } from "../context";
import { told } from "../told";

interface Shown {
  proposable: Proposable[];
  fields: Record<string, string>;
  onChange: (fields: Record<string, string>) => void;
}

export function Proposal({ proposable, fields, onChange }: Shown) {
  const { words, language } = useSpoken();
  const { work } = words;
  const id = useId();
  const left = proposable.filter((one) => !(one.name in fields));

  function add(name: string): void {
    if (name) onChange({ ...fields, [name]: "" });
  }

  return (
    <fieldset className="proposal">
      <legend>{work.propose}</legend>
      <p className="faint">{work.proposeHint}</p>
      {proposable.filter((one) => one.name in fields).map((one) => (
        <div key={one.name} className="proposal-field">
          <label htmlFor={`${id}${one.name}`}>{told(language, one.title, one.title_en)}</label>
          {one.options.length > 0 ? (
            <select id={`${id}${one.name}`} multiple={one.several}
              value={one.several ? (fields[one.name] ?? "").split(",") : (fields[one.name] ?? "")}
              onChange={(event) => onChange({ ...fields, [one.name]: [...event.target.selectedOptions].map((each) => each.value).join(",") })}>
              {!one.several && <option value="" />}
              {one.options.map((option) => <option key={option.id} value={option.id}>{told(language, option.label, option.label_en)}</option>)}
            </select>
          ) : (
            <input id={`${id}${one.name}`} type="text" value={fields[one.name] ?? ""} maxLength={500}
              onChange={(event) => onChange({ ...fields, [one.name]: event.target.value })} />
          )}
        </div>
      ))}
      <label className="hidden" htmlFor={`${id}add`}>{work.proposeField}</label>
      <select id={`${id}add`} value="" onChange={(event) => add(event.target.value)}>
        <option value="">{work.proposeField} +</option>
        {left.map((one) => <option key={one.name} value={one.name}>{told(language, one.title, one.title_en)}</option>)}
      </select>
    </fieldset>
  );
}
