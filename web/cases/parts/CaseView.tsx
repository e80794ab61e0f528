/** One case: its head, and its parts behind tabs. */

import { useState, type KeyboardEvent } from "react";
import { day, useAct, useFetched, usePlace } from "../context";
import type { Whole } from "../contract";
import type { Part } from "../part";
import { Consents } from "./Consents";
import { Overview } from "./Overview";
import { PlacePart } from "./PlacePart";
import { Records } from "./Records";
import { Referrals } from "./Referrals";
import { Urgency } from "./Urgency";

const TABS = ["overview", "referrals", "work", "safety", "places", "consents"] as const;
type Tab = (typeof TABS)[number];

export function CaseView({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { api, words } = usePlace();
  const act = useAct();
  const [whole, again] = useFetched<Whole>(`cases/${id}`);
  const [tab, setTab] = useState<Tab>("overview");
  async function does(path: string, body: object = {}): Promise<boolean> {
    const done = await act(() => api.post(`cases/${id}${path}`, body));
    again();
    onChanged();
    return done;
  }
  if (!whole) return <p className="empty">{words.loading}</p>;
  const both = () => {
    again();
    onChanged();
  };
  const part = { whole, does, again: both };
  return (
    <article className="case">
      <Head whole={whole} does={does} />
      <Tabs tab={tab} onTab={setTab} />
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0} className="panel">
        {tab === "overview" && <Overview {...part} onTab={setTab} />}
        {tab === "referrals" && <Referrals {...part} />}
        {tab === "work" && <Records {...part} kinds={["task", "note", "people"]} />}
        {tab === "safety" && <Records {...part} kinds={["order", "risk", "recurrence", "prevention", "police_report", "police"]} checkIns />}
        {tab === "places" && <PlacePart {...part} />}
        {tab === "consents" && <Consents {...part} />}
      </div>
    </article>
  );
}

function Head({ whole, does }: Omit<Part, "again">) {
  const { words, language } = usePlace();
  const [asked, setAsked] = useState("");
  const { case: row } = whole;
  return (
    <header className="case-head">
      <p className="back-link"><a href="#/cases">← {words.back}</a></p>
      <p className="case-title">
        <Urgency level={row.urgency} />
        <strong role="heading" aria-level={2}><bdi>{row.handle}</bdi></strong>
        <span className={`chip ${row.status}`}>{words.status[row.status]}</span>
        <span className="faint">{words.door[row.door]} · {words.openedAt(day(row.opened_at, language))}</span>
        {row.conversation && <a href={`/desk#/conversation/${row.conversation}`} className="link">{words.conversation}</a>}
      </p>
      {row.destroy_at && row.closed_at && (
        <p className="note">{words.closedAt(day(row.closed_at, language))} · {words.destroyAt(day(row.destroy_at, language))}</p>
      )}
      <div className="acts">
        {row.events.map((event) => (
          <button key={event} type="button" className={`button${event === "begin" ? " primary" : ""}`} aria-expanded={asked === event}
            onClick={() => setAsked(asked === event ? "" : event)}>
            {words.caseEvents[event]}
          </button>
        ))}
      </div>
      {asked && (
        <form className="inline-form" onSubmit={(event) => {
          event.preventDefault();
          const reason = String(new FormData(event.currentTarget).get("reason"));
          void does("/move", { event: asked, reason }).then((done) => done && setAsked(""));
        }}>
          <label>{words.caseReason}<input name="reason" maxLength={4000} autoFocus /></label>
          <button type="submit" className="button primary">{words.caseEvents[asked]}</button>
        </form>
      )}
    </header>
  );
}

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const { words } = usePlace();
  function key(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? "overview";
    onTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  }
  return (
    <div role="tablist" aria-label={words.tabsLabel} className="tabs" onKeyDown={key}>
      {TABS.map((one) => (
        <button key={one} id={`tab-${one}`} type="button" role="tab" aria-selected={one === tab} aria-controls="panel"
          tabIndex={one === tab ? 0 : -1} className="tab" onClick={() => onTab(one)}>
          {words.tabs[one]}
        </button>
      ))}
    </div>
  );
}
