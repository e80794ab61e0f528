/** The services of a case: each with its own consent, its link, its answer. */

import { useState } from "react";
import { day, useAct, usePlace, useSaid } from "../context";
import type { Referral } from "../contract";
import type { Part } from "../part";
import { ConsentForm } from "./ConsentForm";
import { ReferralEvent } from "./ReferralEvent";

interface Link {
  url: string;
  pin: string;
  referral: Referral;
}

export function Referrals({ whole, does, again }: Part) {
  const { api } = usePlace();
  const act = useAct();
  const [link, setLink] = useState<Link | null>(null);
  async function send(one: Referral): Promise<void> {
    await act(async () => setLink(await api.post<Link>(`cases/${whole.case.id}/referrals/${one.id}/send`)));
    again();
  }
  return (
    <div className="stack">
      {whole.referrals.map((one) => (
        <Card key={one.id} one={one} does={does} onSend={() => void send(one)} chat={whole.case.conversation !== null} link={link?.referral.id === one.id ? link : null} />
      ))}
      <Propose does={does} />
    </div>
  );
}

interface Given {
  one: Referral;
  does: Part["does"];
  onSend: () => void;
  chat: boolean;
  link: Link | null;
}

function Card({ one, does, onSend, link, chat }: Given) {
  const { words, language } = usePlace();
  const said = useSaid();
  const [asked, setAsked] = useState("");
  const consent = one.body.consent;
  function press(event: string): void {
    if (event === "send" || event === "resend") onSend();
    else if (event === "withdraw" || event === "recall") void does(`/referrals/${one.id}/move`, { event });
    else setAsked(asked === event ? "" : event);
  }
  return (
    <section className="part referral" aria-label={said(one.service_name)}>
      <div className="part-head">
        <h3>{said(one.service_name)}</h3>
        <span className={`chip ${one.status}`}>{words.referralStatus[one.status]}</span>
        <span className="faint">{day(one.changed_at, language, true)}</span>
      </div>
      <p>{said(one.agency_name)} <span className="faint">· {said(one.reach)}</span>{one.demo && <> <span className="chip demo">{words.demo}</span></>}</p>
      {one.status === "proposed" && one.body.asked && <p className="note">{words.askedInChat(day(one.body.asked.at, language, true))}</p>}
      {consent && (
        <p className="faint">
          {consent.channel ? words.tapped(day(consent.at, language, true)) : words.how[consent.how]} · {words.givenItems(consent.items.length + consent.sensitive.length)}
        </p>
      )}
      {one.body.appointment && <p>{words.appointment}: {day(one.body.appointment, language, true)}</p>}
      {one.body.answers?.map((told, n) => (
        <p key={n} className="faint">
          {words.referralEvents[told.event]?.replace(/ \(.*\)/u, "")} · {told.by === "agency" ? words.saidBy.agency : words.saidBy.staff}
          {told.text && <> · <span dir="auto">{told.text}</span></>}
        </p>
      ))}
      {one.body.withdrawn && (
        <p className="note warn">
          {!consent && one.body.asked ? words.refusedInChat : one.body.withdrawn.recalled.length ? words.recalled(one.body.withdrawn.recalled.length) : words.withdrawnNothing}
        </p>
      )}
      {link && one.status === "sent" && <Once link={link} />}
      <div className="acts">
        {one.events.map((event) => (
          <button key={event} type="button" className={`button${MAIN.has(event) ? " primary" : ""}`} onClick={() => press(event)}
            aria-expanded={asked === event || undefined}>
            {event === "withdraw" && one.status === "proposed" ? words.notWanted : words.referralEvents[event]}
          </button>
        ))}
      </div>
      {asked === "consent" && <ConsentForm one={one} chat={chat} does={does} onDone={() => setAsked("")} />}
      {asked && asked !== "consent" && <ReferralEvent one={one} event={asked} does={does} onDone={() => setAsked("")} />}
    </section>
  );
}

const MAIN = new Set(["consent", "send", "accept", "appoint", "deliver"]);

/** The link and the number, shown this once. */
function Once({ link }: { link: Link }) {
  const { words } = usePlace();
  const said = useSaid();
  const [copied, setCopied] = useState(false);
  return (
    <div className="note once">
      <p><strong>{words.linkFor(said(link.referral.agency_name))}</strong></p>
      <p className="once-url"><code>{link.url}</code></p>
      <p>{words.pin}: <strong className="pin">{link.pin}</strong></p>
      <p>{words.linkOnce}</p>
      <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(link.url).then(() => setCopied(true))}>
        {copied ? words.copied : words.copy}
      </button>
    </div>
  );
}

function Propose({ does }: { does: Part["does"] }) {
  const { words, directory } = usePlace();
  const said = useSaid();
  const [service, setService] = useState(directory.services[0]?.id ?? "");
  const agencies = directory.agencies.filter((one) => !one.ended && one.services.includes(service));
  return (
    <details className="part">
      <summary>{words.newReferral}</summary>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        const agency = String(new FormData(event.currentTarget).get("agency"));
        void does("/referrals", { service, agency });
      }}>
        <label>{words.service}
          <select value={service} onChange={(event) => setService(event.target.value)}>
            {directory.services.map((one) => <option key={one.id} value={one.id}>{said(one.name)}</option>)}
          </select>
        </label>
        <label>{words.agency}
          <select name="agency">
            {agencies.map((one) => <option key={one.id} value={one.id}>{said(one.name)} · {said(one.hours)}</option>)}
          </select>
        </label>
        <button type="submit" className="button primary" disabled={!agencies.length}>{words.propose}</button>
      </form>
    </details>
  );
}
