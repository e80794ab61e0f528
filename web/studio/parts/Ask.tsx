/** A small window that asks for one line, such as a reason or a name. */

import { useEffect, useRef, useState, type ReactNode } from "react";
import { useWords } from "../context";

interface Asking {
  title: string;
  label: string;
  grave?: boolean;
  wide?: boolean;
  children?: ReactNode;
  onDone: (text: string) => void;
  onCancel: () => void;
}

export function Ask({ title, label, grave, wide, children, onDone, onCancel }: Asking) {
  const words = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog ref={box} className={wide ? "ask wide" : "ask"} aria-label={title} onClose={onCancel}>
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) onDone(text.trim()); }}>
        <h2>{title}</h2>
        {children}
        <label>{label}<input value={text} maxLength={300} required autoFocus onChange={(event) => setText(event.target.value)} /></label>
        <p className="row">
          <button type="submit" className={`button ${grave ? "grave" : "primary"}`}>{words.doIt}</button>
          <button type="button" className="button" onClick={() => box.current?.close()}>{words.cancel}</button>
        </p>
      </form>
    </dialog>
  );
}
