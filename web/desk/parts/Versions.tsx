/** What she had written before she edited it. */

import { timeOfDay } from "../clock";
import type { Entry } from "../contract";
import { useSpoken } from "../context";
import { Said } from "./Said";

export function Versions({ versions }: { versions: Entry["versions"] }) {
  const { words, language } = useSpoken();
  if (versions.length === 0) return null;
  return (
    <details className="versions">
      <summary>{words.edited(versions.length)}</summary>
      <ol>
        {versions.map((version, n) => (
          <li key={n}>
            <time dateTime={version.at}>{timeOfDay(version.at, language)}</time>
            <Said text={version.text} />
          </li>
        ))}
      </ol>
    </details>
  );
}
