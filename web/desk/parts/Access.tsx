/** Who read what, where from, and what is unusual in it; never what was said. */

import { useEffect, useState } from "react";
import type { Access as Log, AccessLine } from "../contract";
import { useDesk, useSpoken } from "../context";
import { dayAndTime } from "../clock";
import { plainName } from "../safe";

export function Access() {
  const desk = useDesk();
  const { words } = useSpoken();
  const { work } = words;
  const [log, setLog] = useState<Log | null>(null);
  useEffect(() => {
    void desk.api.access().then(setLog).catch(() => desk.notify(words.noAnswer, true));
  }, [desk, words]);
  if (!log) return <p className="empty">{words.loading}</p>;
  return (
    <div className="access">
      <h2>{work.access}</h2>
      <section>
        <h3>{work.unusual}</h3>
        {log.unusual.length === 0 && <p className="faint">{work.noUnusual}</p>}
        <ul className="alarms">
          {log.unusual.map((one, n) => <li key={n}><bdi>{plainName(one.who)}</bdi>: {work.unusualKinds[one.why] ?? one.why} ({one.count})</li>)}
        </ul>
      </section>
      <Lines lines={log.lines} />
    </div>
  );
}

export function Lines({ lines }: { lines: AccessLine[] }) {
  const { words, language } = useSpoken();
  const { work } = words;
  return (
    <div className="table" tabIndex={0} role="group" aria-label={work.access}>
      <table>
        <thead><tr><th>{work.accessWhen}</th><th>{work.accessWho}</th><th>{work.accessWhat}</th><th>{work.accessWhose}</th><th>{work.accessWhere}</th></tr></thead>
        <tbody>
          {lines.map((line, n) => (
            <tr key={n} className={line.night ? "night" : ""}>
              <td>{dayAndTime(line.at, language)}</td><td><bdi>{plainName(line.who || "–")}</bdi></td>
              <td>{work.actions[line.action] ?? line.action}</td><td>{line.whose}</td><td>{line.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
