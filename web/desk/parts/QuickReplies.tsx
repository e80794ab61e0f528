/** Prepared answers: type to search, Enter takes the first, Escape goes back. */

import { useState, type KeyboardEvent } from "react";
import { useDeskState, useWords } from "../context";
import { goTo } from "../shortcuts";

interface Asked {
  onPick: (text: string, place: ParentNode) => void;
  onClose: () => void;
}

export function QuickReplies({ onPick, onClose }: Asked) {
  const words = useWords();
  const canned = useDeskState((state) => state.canned);
  const [search, setSearch] = useState("");
  const looked = search.trim().toLowerCase();
  const found = canned.filter((one) => `${one.title} ${one.text}`.toLowerCase().includes(looked));

  function pressed(event: KeyboardEvent<HTMLElement>): void {
    const place = event.currentTarget.closest("section") ?? document;
    if (event.key === "Escape") {
      onClose();
      goTo("composer", place);
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (found[0]) onPick(found[0].text, place);
    }
  }

  return (
    <div className="quick" onKeyDown={pressed} role="group" aria-label={words.quick}>
      <input type="search" value={search} autoFocus aria-label={words.quickSearch} placeholder={words.quickSearch}
        onChange={(event) => setSearch(event.target.value)} />
      <ul>
        {found.map((one, n) => (
          <li key={n}>
            <button type="button" onClick={(event) => onPick(one.text, event.currentTarget.closest("section") ?? document)}>
              <strong>{one.title}</strong><span dir="auto">{one.text}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="empty">{canned.length ? words.nothingFound : words.quickEmpty}</p>}
    </div>
  );
}
