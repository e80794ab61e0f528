/** A window over the desk: the browser keeps the focus in it and gives it back. */

import { useEffect, useId, useRef, type ReactNode } from "react";
import { useWords } from "../context";

interface Asked {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, wide = false, onClose, children }: Asked) {
  const words = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} className={`dialog${wide ? " wide" : ""}`} aria-labelledby={heading} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={heading} dir="auto">{title}</h2>
        <button type="button" className="button quiet" onClick={() => ref.current?.close()}>
          {words.close}
        </button>
      </div>
      {children}
    </dialog>
  );
}
