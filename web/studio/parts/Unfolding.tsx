/** Something folded away; what is inside is drawn when it is opened. */

import { useState, type ReactNode } from "react";

interface Given {
  summary: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Unfolding({ summary, className = "", children }: Given) {
  const [open, setOpen] = useState(false);
  return (
    <details className={className} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}
