/** The takeover card: what a counselor must know before the first word. */

import { admit } from "../acts";
import { Refusal } from "../api";
import type { Conversation, Row, Staff } from "../contract";
import { useDesk, useDeskState, useSpoken } from "../context";
import { dayAndTime } from "../clock";
import { isMine } from "../order";
import { useRow } from "../rows";
import { plainName } from "../safe";
import { told } from "../told";
import { Fields } from "./Fields";
import { Conflict, Relay, SafeTimes } from "./ForHer";
import { HandBack } from "./HandBack";
import { Lowering, UrgencyChange } from "./UrgencyChange";
import { Urgency } from "./Urgency";

export function Card({ id, staff }: { id: string; staff: Staff }) {
  const desk = useDesk();
  const { words } = useSpoken();
  const conversation = useDeskState((state) => state.talks[id]?.conversation ?? null);
  const row = useRow(id);
  return (
    <aside className="card" aria-label={words.card} onKeyDown={(event) => event.key === "Escape" && desk.store.change({ card: false })}>
      <div className="card-head">
        <h2>{words.card}{row && <> · <bdi>{plainName(row.handle)}</bdi></>}</h2>
        <button type="button" className="button quiet" aria-label={words.hideCard} onClick={() => desk.store.change({ card: false })}>×</button>
      </div>
      <div className="card-body" tabIndex={0} role="group" aria-label={words.card}>
        {!conversation && <p className="empty">{words.loading}</p>}
        {conversation?.joining && row && isMine(row, staff) && <Joining row={row} />}
        {row?.changed && row.changed.length > 0 && <p className="part joining" role="alert">{words.work.changedHint(row.changed)}</p>}
        {row?.lower && <Lowering row={row} staff={staff} />}
        {conversation && <Known id={id} conversation={conversation} />}
        {conversation && row && <UrgencyChange key={`u${id}`} row={row} />}
        {conversation && row && (
          <section className="part hand-back" key={`f${id}`}>
            <h3>{words.work.forHer}</h3>
            {isMine(row, staff) && <Relay row={row} />}
            {isMine(row, staff) && <SafeTimes row={row} conversation={conversation} />}
            <Conflict row={row} />
          </section>
        )}
        {conversation && row && isMine(row, staff) && <HandBack key={id} row={row} conversation={conversation} staff={staff} />}
      </div>
    </aside>
  );
}

function Joining({ row }: { row: Row }) {
  const desk = useDesk();
  const { words } = useSpoken();
  return (
    <section className="part joining" role="alert">
      <p>{words.joining}</p>
      <button type="button" className="button primary" onClick={() => void admit(desk, row, words)}>{words.admit}</button>
    </section>
  );
}

function Known({ id, conversation }: { id: string; conversation: Conversation }) {
  const { words, language } = useSpoken();
  const stopped = told(language, conversation.step_title, conversation.step_title_en);
  const answers = conversation.answers.filter((answer) => !answer.contact);
  return (
    <>
      <Risk risk={conversation.risk} />
      <ContactPart conversation={conversation} />
      <section className="part">
        <h3>{words.stopped}</h3>
        <p dir="auto">{stopped || words.none}</p>
        <p className="faint">{words.version(conversation.flow_version)}</p>
      </section>
      <section className="part">
        <h3>{words.answers}</h3>
        {answers.length ? <Fields fields={answers} /> : <p className="faint">{words.noAnswers}</p>}
      </section>
      <ApplicationPart application={conversation.application} />
      {conversation.application && <OpenCase id={id} />}
      <Before conversation={conversation} />
    </>
  );
}

/** When, how and under which name she may be contacted. */
function ContactPart({ conversation }: { conversation: Conversation }) {
  const { words } = useSpoken();
  const fields = [...conversation.answers, ...(conversation.application?.fields ?? [])];
  const rules = [...new Map(fields.filter((one) => one.contact).map((one) => [one.title, one])).values()];
  return (
    <section className="part">
      <h3>{words.work.contact}</h3>
      {rules.length ? <Fields fields={rules} /> : <p className="faint">{words.work.noContact}</p>}
    </section>
  );
}

/** Who spoke with her before, and which numbers she was told. */
function Before({ conversation }: { conversation: Conversation }) {
  const { words, language } = useSpoken();
  const { earlier = [], told: numbers = [] } = conversation;
  return (
    <>
      <section className="part">
        <h3>{words.work.earlier}</h3>
        {earlier.length === 0 && <p className="faint">{words.work.noEarlier}</p>}
        <ul>{earlier.map((talk, n) => (
          <li key={n}><bdi>{talk.by ?? ""}</bdi> · {dayAndTime(talk.from, language)} · {words.work.words(talk.count)}</li>
        ))}</ul>
      </section>
      <section className="part">
        <h3>{words.work.told}</h3>
        {numbers.length === 0 && <p className="faint">{words.work.nothingTold}</p>}
        <ul>{numbers.map(({ what, at }) => <li key={what}><span dir="auto">{what}</span> · {dayAndTime(at, language)}</li>)}</ul>
      </section>
    </>
  );
}

function Risk({ risk }: { risk: Conversation["risk"] }) {
  const { words, language } = useSpoken();
  const because = told(language, risk.because, risk.because_en);
  return (
    <section className={`part risk u${risk.urgency}`}>
      <h3>{words.risk}</h3>
      <p><Urgency level={risk.urgency} /> {words.urgencyLong[risk.urgency]}</p>
      {because.length > 0 && (
        <ul aria-label={words.because}>{because.map((why, n) => <li key={n} dir="auto">{why}</li>)}</ul>
      )}
      {risk.provisional && <p className="provisional">{words.provisional}</p>}
    </section>
  );
}

/** From here on she is followed as a case. */
function OpenCase({ id }: { id: string }) {
  const desk = useDesk();
  const { words } = useSpoken();
  async function open(): Promise<void> {
    try {
      const opened = await desk.api.openCase(id);
      location.assign(`/cases#/case/${opened.case}`);
    } catch (error) {
      desk.notify(error instanceof Refusal && error.message ? error.message : words.refused, true);
    }
  }
  return (
    <section className="part">
      <button type="button" className="button" data-does="case" onClick={() => void open()}>{words.openCase}</button>
    </section>
  );
}

function ApplicationPart({ application }: { application: Conversation["application"] }) {
  const { words, language } = useSpoken();
  return (
    <section className="part">
      <h3>{words.application}</h3>
      {!application && <p className="faint">{words.noApplication}</p>}
      {application && (
        <>
          <p><strong>{words.applicationStatus[application.status] ?? application.status}</strong> · {words.receipt(application.receipt_tail)}</p>
          {application.submitted_at && <p className="faint">{words.submittedAt(dayAndTime(application.submitted_at, language))}</p>}
          <Fields fields={application.fields} />
        </>
      )}
    </section>
  );
}
