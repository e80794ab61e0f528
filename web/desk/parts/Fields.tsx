/** Titles and values; what identifies her stays covered until it is asked for. */

import { useState } from "react";
import type { Field } from "../contract";
import { useWords } from "../context";

export function Fields({ fields }: { fields: readonly Field[] }) {
  return (
    <dl className="fields">
      {fields.map((field, n) => (
        <div key={n}>
          <dt dir="auto">{field.title}</dt>
          <dd>{field.private && field.value ? <Covered field={field} /> : <Value value={field.value} />}</dd>
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
