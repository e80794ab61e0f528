/** Titles and values; what identifies her stays covered until it is asked for. */

import { useState } from "react";
import type { Field } from "../contract";
import { useSpoken, useWords } from "../context";
import { told } from "../told";

export function Fields({ fields }: { fields: readonly Field[] }) {
  const { language } = useSpoken();
  return (
    <dl className="fields">
      {fields.map((field, n) => (
        <div key={n}>
          <dt dir="auto">{told(language, field.title, field.title_en)}</dt>
          <dd>{field.private && field.value ? <Covered field={field} /> : <Value value={told(language, field.value, field.value_en)} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: string }) {
  const words = useWords();
  return value ? <span dir="auto">{value}</span> : <span className="faint">{words.none}</span>;
}

function Covered({ field }: { field: Field }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      {open ? <span dir="auto">{field.value}</span> : <span aria-label={words.hidden(field.title)} role="img">●●●●●</span>}{" "}
      <button type="button" className="link" aria-expanded={open} aria-label={`${field.title} ${open ? words.hide : words.reveal}`}
        onClick={() => setOpen(!open)}>
        {open ? words.hide : words.reveal}
      </button>
    </>
  );
}
