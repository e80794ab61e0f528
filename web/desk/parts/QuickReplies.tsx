/** Prepared answers: type to search, Enter takes the first, Escape goes back. */

import { useEffect, useState, type KeyboardEvent } from "react";
import { useDesk, useDeskState, useSpoken } from "../context";
import { goTo } from "../shortcuts";
import { changeTalk } from "../store";
import { told } from "../told";

interface Asked {
  id: string;
  onPick: (text: string, place: ParentNode) => void;
  onClose: () => void;
}

export function QuickReplies({ id, onPick, onClose }: Asked) {
  const { words, language } = useSpoken();
  const canned = useReplies(id);
  const [search, setSearch] = useState("");
  const looked = search.trim().toLowerCase();
  const found = canned.filter((one) => `${one.title} ${one.title_en ?? ""} ${one.text}`.toLowerCase().includes(looked));

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
              <strong>{told(language, one.title, one.title_en)}</strong>
              {one.untranslated && <em className="faint"> · {words.work.untranslated}</em>}
              <span dir="auto">{one.text}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="empty">{canned.length ? words.nothingFound : words.quickEmpty}</p>}
    </div>
  );
}

/** The library in her language with her answers filled in; until it has come, as it is kept. */
function useReplies(id: string) {
  const desk = useDesk();
  const kept = useDeskState((state) => state.canned);
  const filled = useDeskState((state) => state.talks[id]?.replies ?? null);
  useEffect(() => {
    void desk.api.replies(id).then((replies) => changeTalk(desk.store, id, () => ({ replies }))).catch(() => undefined);
  }, [desk, id]);
  return filled ?? kept;
}
