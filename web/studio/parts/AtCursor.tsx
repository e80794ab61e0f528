/** Hangs below the cursor of the text: what is wrong on its line, and what may stand there. */

import { useLayoutEffect, useState, type RefObject } from "react";
import { useSpoken } from "../context";
import type { Problem } from "../contract";

interface Given {
  area: RefObject<HTMLTextAreaElement | null>;
  /** The text up to the cursor. */
  before: string;
  problems: Problem[];
  words: string[];
  active: number;
  id: string;
  onTake: (word: string) => void;
}

export function AtCursor({ area, before, problems, words: offered, active, id, onTake }: Given) {
  const { words } = useSpoken();
  const [spot, setSpot] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => { if (area.current) setSpot(spotOf(area.current, before)); }, [area, before]);
  if (!spot || (!problems.length && !offered.length)) return null;
  return (
    <div className="at-cursor" style={spot}>
      {problems.map((one, n) => <p key={n} className="at-cursor-problem">{one.reason} → {one.remedy}</p>)}
      {offered.length > 0 && (
        <ul id={id} role="listbox" aria-label={words.suggestions}>
          {offered.map((word, n) => (
            <li key={word} id={`${id}-${n}`} role="option" aria-selected={n === active}
              onMouseDown={(event) => { event.preventDefault(); onTake(word); }}>{word}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Where the cursor stands within its box, in pixels: the line's words are measured in the same letters. */
function spotOf(area: HTMLTextAreaElement, before: string): { left: number; top: number } {
  const style = getComputedStyle(area);
  const ruler = document.createElement("span");
  ruler.className = "ruler";
  ruler.style.font = style.font;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  ruler.textContent = line;
  document.body.append(ruler);
  const wide = ruler.getBoundingClientRect().width;
  ruler.remove();
  const row = before.split("\n").length * parseFloat(style.lineHeight) + parseFloat(style.paddingTop) - area.scrollTop;
  const left = area.offsetLeft + parseFloat(style.paddingLeft) + wide - area.scrollLeft;
  return {
    left: Math.max(0, Math.min(left, area.offsetLeft + area.clientWidth - 240)),
    top: area.offsetTop + Math.max(0, Math.min(row, area.clientHeight)) + 4,
  };
}
