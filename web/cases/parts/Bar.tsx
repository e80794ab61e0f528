/** Where one is, where one can go, and who works here. */

import { usePlace } from "../context";
import { useAddress } from "../address";

const PARTS = ["cases", "places", "meetings", "contact", "network", "registers"] as const;

export function Bar({ onLanguage, onOut, only }: { onLanguage: () => void; onOut: () => void; only?: string }) {
  const { words, staff } = usePlace();
  const [first = "cases"] = useAddress();
  const here = only ?? (first === "case" ? "cases" : first);
  const mine = PARTS.filter((part) => (only ? part === only : part !== "registers" || staff.role === "supervisor"));
  return (
    <header className="bar">
      <h1 className="bar-name">{words.product}</h1>
      <nav aria-label={words.navLabel} className="bar-nav">
        {mine.map((part) => (
          <a key={part} href={`#/${part}`} className="button quiet" aria-current={part === here ? "page" : undefined}>
            {words.nav[part]}
          </a>
        ))}
        {!only && <a href="/desk" className="button quiet">{words.desk}</a>}
      </nav>
      <span className="bar-gap" />
      <button type="button" className="button quiet" onClick={onLanguage}>{words.otherLanguage}</button>
      <span className="bar-staff"><bdi>{staff.pseudonym}</bdi></span>
      <button type="button" className="button quiet" onClick={onOut}>{words.signOut}</button>
    </header>
  );
}
