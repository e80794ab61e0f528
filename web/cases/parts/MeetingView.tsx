/** One meeting: the sheet of each case by pseudonym, minutes, decisions, the next date. */

import { day, inSeoul, useAct, useFetched, usePlace, useSaid } from "../context";
import type { Meeting, MeetingItem, Sheet } from "../contract";
import { Urgency } from "./Urgency";

export function MeetingView({ id }: { id: string }) {
  const { api, words, language } = usePlace();
  const act = useAct();
  const [meeting, again] = useFetched<Meeting>(`meetings/${id}`);
  if (!meeting) return <main className="page" tabIndex={0}><p className="empty">{words.loading}</p></main>;
  const planned = meeting.status === "planned";
  return (
    <main className="page" tabIndex={0}>
      <p className="back-link"><a href="#/meetings">← {words.meetings}</a></p>
      <h2>{day(meeting.at, language, true)} <span className={`chip ${meeting.status}`}>{words.meetingStatus[meeting.status]}</span></h2>
      <p>{meeting.participants.map((who) => `${who.name}${who.role ? ` (${who.role}${who.outside ? ` · ${words.outside}` : ""})` : ""}`).join(", ")}</p>
      <div className="acts">
        {planned && (
          <button type="button" className="button" onClick={() => void act(() => api.post(`meetings/${id}/agenda`)).then(again)}>{words.agenda}</button>
        )}
        <button type="button" className="button" onClick={() => window.print()}>{words.print}</button>
      </div>
      <p className="faint">{words.agendaHint}</p>
      <div className="stack">{meeting.items?.map((item) => <Item key={item.id} item={item} meeting={id} planned={planned} onDone={again} />)}</div>
      {meeting.note && <p dir="auto" className="no-print">{meeting.note}</p>}
      {meeting.next && <p>{words.nextMeeting}: {day(meeting.next, language, true)}</p>}
      {planned && (
        <form className="form part" onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const next = inSeoul(String(form.get("next")));
          void act(() => api.post(`meetings/${id}/hold`, { note: String(form.get("note")), ...(next && { next }) })).then(again);
        }}>
          <label>{words.note}<textarea name="note" rows={2} maxLength={4000} /></label>
          <label>{words.nextMeeting}<input type="datetime-local" name="next" /></label>
          <button type="submit" className="button primary">{words.hold_}</button>
        </form>
      )}
    </main>
  );
}

interface Given {
  item: MeetingItem;
  meeting: string;
  planned: boolean;
  onDone: () => void;
}

function Item({ item, meeting, planned, onDone }: Given) {
  const { words } = usePlace();
  if (item.destroyed) return <section className="part"><p className="note">{words.destroyed}</p></section>;
  if (item.barred) return <section className="part"><p className="note">{words.barred}</p></section>;
  return (
    <section className="part" aria-label={item.sheet?.handle}>
      {item.sheet && <Shown sheet={item.sheet} reasons={item.reasons} />}
      {item.case && <p><a href={`#/case/${item.case}`} className="link no-print">{words.goToCase}</a></p>}
      {!item.minutes && <p className="faint">{words.notKnown}</p>}
      {item.minutes?.text && <p dir="auto" className="said no-print">{item.minutes.text}</p>}
      {item.minutes?.decisions?.map((one, n) => <p key={n} className="no-print">{words.decided}: {one.what}</p>)}
      {item.minutes && planned && <Minutes item={item} meeting={meeting} onDone={onDone} />}
    </section>
  );
}

function Shown({ sheet, reasons }: { sheet: Sheet; reasons: string[] }) {
  const { words, language } = usePlace();
  const said = useSaid();
  return (
    <>
      <div className="part-head">
        <Urgency level={sheet.urgency} />
        <h3><bdi>{sheet.handle}</bdi></h3>
        <span className={`chip ${sheet.status}`}>{words.status[sheet.status]}</span>
        <span className="faint">{words.openedAt(day(sheet.since, language))}{sheet.age && ` · ${words.ages[sheet.age]}`}</span>
      </div>
      <p><strong>{reasons.map((why) => words.why[why] ?? why).join(" · ")}</strong></p>
      <p>{sheet.services.map((one) => `${said(one.name)} ${words.referralStatus[one.status]}`).join(", ")}</p>
      {sheet.orders.map((one, n) => <p key={n}>{one.name} · {one.last_day && words.lastDay(day(one.last_day, language))}</p>)}
      <p className="faint">
        {[sheet.housed && words.housed, sheet.came_back > 0 && words.cameBack(sheet.came_back), words.openTasks(sheet.open_tasks),
          sheet.has_prevention ? words.prevention : words.noPrevention].filter(Boolean).join(" · ")}
      </p>
    </>
  );
}

function Minutes({ item, meeting, onDone }: Omit<Given, "planned">) {
  const { api, words, directory, staff } = usePlace();
  const act = useAct();
  return (
    <form className="form no-print" onSubmit={(event) => {
      event.preventDefault();
      const form = event.currentTarget;
      const data = new FormData(form);
      const what = String(data.get("what")).trim();
      const due = String(data.get("due"));
      const decisions = what ? [{ what, owner: Number(data.get("owner")), ...(due && { due }) }] : [];
      void act(() => api.post(`meetings/${meeting}/items/${item.id}`, { text: String(data.get("text")), decisions })).then((done) => {
        if (!done) return;
        form.reset();
        onDone();
      });
    }}>
      <label>{words.minutes}<textarea name="text" rows={2} maxLength={4000} defaultValue={item.minutes?.text} /></label>
      <div className="inline-form">
        <label>{words.decision}<input name="what" maxLength={200} /></label>
        <label>{words.owner}
          <select name="owner" defaultValue={staff.id}>
            {directory.staff.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
        <label>{words.due}<input type="date" name="due" /></label>
      </div>
      <button type="submit" className="button primary">{words.save}</button>
    </form>
  );
}
