/** The list of shortcuts, and the switch that turns the one-letter ones off. */

import { useState } from "react";
import { useWords } from "../context";
import { singleKeys } from "../shortcuts";
import { Dialog } from "./Dialog";

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const [on, setOn] = useState(singleKeys.on());
  function turn(): void {
    singleKeys.turn(!on);
    setOn(!on);
  }
  return (
    <Dialog title={words.shortcuts} onClose={onClose}>
      <dl className="keys">
        {words.keys.map(([key, does]) => (
          <div key={key}><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>
        ))}
      </dl>
      <label className="check">
        <input type="checkbox" checked={on} onChange={turn} /> {words.singleKeys}
      </label>
    </Dialog>
  );
}
