/** Where a counselor writes; or why she cannot write here now. */

import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Conversation, Row, Staff } from "../contract";
import { useDesk, useWords } from "../context";
import { isMine } from "../order";
import { does } from "../acts";
import { leaks, plainName } from "../safe";
import { goTo } from "../shortcuts";
import type { Words } from "../words/ko";
import { NoteBox } from "./NoteBox";
import { QuickReplies } from "./QuickReplies";

const MOST_CHARS = 4_000;

interface Shown {
  row: Row;
  conversation: Conversation;
  draft: string;
  staff: Staff;
}

export function Composer({ row, conversation, draft, staff }: Shown) {
  const words = useWords();
  if (isMine(row, staff)) return <Writing row={row} conversation={conversation} draft={draft} staff={staff} />;
  return (
    <footer className="composer closed">
      <p>{whyNot(row, words)}</p>
      {draft && <p className="faint">{words.draftKept}</p>}
      <NoteBox row={row} staff={staff} />
    </footer>
  );
}

function whyNot(row: Row, words: Words): string {
  if (row.status === "live") return words.notMine(row.counselor?.pseudonym ?? "");
  return row.status === "closed" ? words.isClosed : words.mustTake;
}

function Writing({ row, conversation, draft, staff }: Shown) {
  const desk = useDesk();
  const words = useWords();
  const [doubt, setDoubt] = useState(false);
  const [quick, setQuick] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (desk.typesNext !== row.id) return;
    desk.typesNext = "";
    box.current?.focus();
  }, [desk, row.id]);
  const tooLong = draft.length > MOST_CHARS;

  function send(sure: boolean): void {
    const text = draft.trim();
    if (!text || tooLong) return;
    if (!sure && row.channel !== "web" && leaks(text, conversation)) return setDoubt(true);
    setDoubt(false);
    desk.say(row.id, text);
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === "Escape") return event.currentTarget.closest("section")?.querySelector<HTMLElement>(".log")?.focus();
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send(false);
  }

  function pick(text: string, place: ParentNode): void {
    desk.compose(row.id, text);
    setQuick(false);
    goTo("composer", place);
  }

  return (
    <footer className="composer">
      {conversation.collects && <p className="composer-note">{words.collects}</p>}
      {doubt && <Doubt onSend={() => send(true)} onBack={() => setDoubt(false)} />}
      {quick && <QuickReplies id={row.id} onPick={pick} onClose={() => setQuick(false)} />}
      <textarea ref={box} data-place="composer" rows={2} dir="auto" value={draft} placeholder={words.placeholder}
        aria-label={words.composer(plainName(row.handle))} aria-keyshortcuts="m" aria-invalid={tooLong}
        onChange={(event) => desk.write(row.id, event.target.value)} onKeyDown={pressed} />
      <div className="composer-foot">
        <button type="button" className="button quiet" data-does="quick" aria-expanded={quick} onClick={() => setQuick(!quick)}>
          {words.quick}
        </button>
        <button type="button" className="button quiet" data-does="settle"
          onClick={() => void does(desk, row, "settle", {}, words.work.settled, words)}>
          {words.work.settle}
        </button>
        <NoteBox row={row} staff={staff} />
        <Length chars={draft.length} words={words} />
        <button type="button" className="button primary" disabled={!draft.trim() || tooLong} onClick={() => send(false)}>
          {words.send}
        </button>
      </div>
    </footer>
  );
}

/** Enter that ends a Hangul syllable must not send; Safari says so only by key code 229. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

function Length({ chars, words }: { chars: number; words: Words }) {
  if (chars < MOST_CHARS * 0.8) return <span />;
  const over = chars > MOST_CHARS;
  return <span className={`length${over ? " over" : ""}`} role={over ? "alert" : undefined}>{words.tooLong(chars, MOST_CHARS)}</span>;
}

function Doubt({ onSend, onBack }: { onSend: () => void; onBack: () => void }) {
  const words = useWords();
  return (
    <div className="doubt" role="alert">
      <p>{words.leak}</p>
      <button type="button" className="button primary" onClick={onBack}>{words.leakBack}</button>
      <button type="button" className="button" onClick={onSend}>{words.leakSend}</button>
    </div>
  );
}
