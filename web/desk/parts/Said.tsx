/** A text as it was written: its own direction, nothing in it can reach outside, long ones folded. */

import { useState } from "react";
import { useWords } from "../context";
import { isInvisible } from "../safe";

const FOLDED = 1_500;

export function Said({ text }: { text: string }) {
  const words = useWords();
  const [whole, setWhole] = useState(false);
  if (isInvisible(text)) return <p className="said faint">{words.invisible}</p>;
  const long = text.length > FOLDED * 1.2;
  return (
    <>
      <p className="said" dir="auto">{long && !whole ? `${text.slice(0, FOLDED)}…` : text}</p>
      {long && (
        <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.lessText : words.wholeText}
        </button>
      )}
    </>
  );
}
