/** What is different, in plain words, what matters most first. */

import { useSpoken } from "../context";
import type { Compared, Hidden } from "../contract";

export function Changes({ found }: { found: Compared }) {
  const { words, language } = useSpoken();
  const shown = (count: Hidden): string => (count === null ? words.few : String(count));
  const kinds = [...new Set(found.changes.map((change) => change.about))];
  return (
    <div className="changes">
      {found.people && <p>{words.people(shown(found.people.open), shown(found.people.inside))}</p>}
      {kinds.length === 0 && <p className="faint">{words.nothingChanged}</p>}
      {kinds.map((kind) => (
        <section key={kind} aria-label={words.about[kind] ?? kind}>
          <h3 className={kind === "risk" ? "change-kind risky" : "change-kind"}>{words.about[kind] ?? kind}</h3>
          <ul>
            {found.changes.filter((change) => change.about === kind).map((change, n) => (
              <li key={n}><code>{change.place}</code> {change[language]}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
