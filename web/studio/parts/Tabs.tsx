/** A row of tabs, by mouse and by arrow keys. */

import type { KeyboardEvent } from "react";

interface TabRow<T extends string> {
  names: readonly T[];
  labels: Record<T, string>;
  chosen: T;
  onChoose: (name: T) => void;
}

export function Tabs<T extends string>({ names, labels, chosen, onChoose }: TabRow<T>) {
  function pressed(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = names[(names.indexOf(chosen) + step + names.length) % names.length];
    if (!step || !next) return;
    onChoose(next);
    const row = event.currentTarget;
    window.requestAnimationFrame(() => row.querySelector<HTMLElement>("[aria-selected=true]")?.focus());
  }
  return (
    <div role="tablist" className="tabs" onKeyDown={pressed}>
      {names.map((name) => (
        <button key={name} type="button" role="tab" className="tab" aria-selected={name === chosen}
          tabIndex={name === chosen ? 0 : -1} onClick={() => onChoose(name)}>{labels[name]}</button>
      ))}
    </div>
  );
}
