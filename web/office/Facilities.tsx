/** Protection facilities: whom they take, rooms and places. No address stands here. */

import { useContext, useState } from "react";
import { post, type Staff } from "./calls";
import { Field, Form, Spoken, Trouble, useDoing, useLoaded, useWords } from "./pieces";

type Text = Record<string, string>;

interface Facility {
  id: string;
  name: Text;
  takes: string;
  families: boolean;
  hold_hours: number;
  stay_days: number;
  rooms: Record<string, number>;
  programs: string[];
  source: string;
  checked_on: string;
  demo: boolean;
  ended: boolean;
  taken: string[];
}

const PATH = "/cases/api/facilities";

export function Facilities({ staff }: { staff: Staff }) {
  const words = useWords();
  const { data, trouble, again } = useLoaded<Facility[]>(PATH);
  const edits = staff.role === "admin";
  return (
    <>
      <p>{words.facilitiesHint}</p>
      <Trouble text={trouble} />
      {edits && data && (
        <details className="box">
          <summary>{words.newFacility}</summary>
          <Edit again={again} />
        </details>
      )}
      {data?.map((one) => <Card key={one.id} one={one} edits={edits} again={again} />)}
    </>
  );
}

function Card({ one, edits, again }: { one: Facility; edits: boolean; again: () => void }) {
  const words = useWords();
  const language = useContext(Spoken);
  const name = one.name[language] ?? one.name["ko"] ?? "";
  const rooms = Object.entries(one.rooms);
  const places = rooms.reduce((sum, [, many]) => sum + many, 0);
  const facts: [string, string][] = [
    [words.takes, `${one.takes === "women" ? words.women : words.men} · ${one.families ? words.families : words.noFamilies}`],
    [words.rooms, rooms.map(([room, many]) => `${room}: ${many}`).join(", ")],
    [words.places, `${places} (${words.takenNow} ${one.taken.length})`],
    [words.holdHours, String(one.hold_hours)],
    [words.stayDays, String(one.stay_days)],
    [words.programs, one.programs.join(", ")],
    [words.checked, `${one.checked_on} · ${one.source}`],
  ];
  return (
    <section className="box" aria-label={name}>
      <h2 className="breaks">{name}</h2>
      {(one.demo || one.ended) && <p><strong>{one.ended ? words.facilityEnded : words.demo}</strong></p>}
      <dl className="facts">
        {facts.map(([title, value]) => (
          <div key={title}><dt>{title}</dt><dd className="breaks">{value || "–"}</dd></div>
        ))}
      </dl>
      {edits && (
        <details>
          <summary>{words.edit}</summary>
          <Edit one={one} again={again} />
        </details>
      )}
    </section>
  );
}

function Edit({ one, again }: { one?: Facility; again: () => void }) {
  const words = useWords();
  const { busy, trouble, run } = useDoing();
  const [rows, setRows] = useState<[string, number][]>(one ? Object.entries(one.rooms) : [["1", 1]]);
  return (
    <>
      <Form onSend={(given) => run(async () => { await post(`${PATH}/${one?.id ?? given["id"]}`, body(given, rows.length)); again(); })}>
        {!one && <Field name="id" label={words.agencyId} />}
        <span className="pair">
          <Field name="name.ko" label={`${words.agencyName} (한국어)`} value={one?.name["ko"] ?? ""} />
          <Field name="name.en" label={`${words.agencyName} (English)`} value={one?.name["en"] ?? ""} />
        </span>
        <label className="field">
          <span>{words.takes}</span>
          <select name="takes" defaultValue={one?.takes ?? "women"}>
            <option value="women">{words.women}</option>
            <option value="men">{words.men}</option>
          </select>
        </label>
        <label><input type="checkbox" name="families" defaultChecked={one?.families} /> {words.families}</label>
        {rows.map(([room, many], at) => (
          <span key={at} className="pair">
            <Field name={`room.${at}`} label={`${words.room} ${at + 1}`} value={room} required={false} />
            <Field name={`many.${at}`} label={words.places} type="number" value={String(many)} required={false} />
          </span>
        ))}
        <p className="small">{words.roomsHint}</p>
        <button type="button" className="button quiet" onClick={() => setRows([...rows, ["", 1]])}>{words.addRoom}</button>
        <Field name="hold_hours" label={words.holdHours} type="number" value={String(one?.hold_hours ?? 24)} />
        <Field name="stay_days" label={words.stayDays} type="number" value={String(one?.stay_days ?? 30)} />
        <Field name="programs" label={words.programsHint} value={one?.programs.join(", ") ?? ""} required={false} />
        <Field name="source" label={words.source} value={one?.source ?? ""} />
        <Field name="checked_on" label={words.checkedOn} type="date" value={one?.checked_on ?? ""} />
        <label><input type="checkbox" name="ended" defaultChecked={one?.ended} /> {words.facilityEnded}</label>
        <button type="submit" className="button primary" disabled={busy}>{words.save}</button>
      </Form>
      <Trouble text={trouble} />
    </>
  );
}

/** What the form says, as an entry of the directory; a room without a name is taken away. */
function body(given: Record<string, string>, rows: number): object {
  const rooms: Record<string, number> = {};
  for (let at = 0; at < rows; at++) {
    const room = given[`room.${at}`];
    if (room) rooms[room] = (rooms[room] ?? 0) + Number(given[`many.${at}`]);
  }
  return {
    name: { ko: given["name.ko"], en: given["name.en"] },
    takes: given["takes"],
    families: Boolean(given["families"]),
    rooms,
    hold_hours: Number(given["hold_hours"]),
    stay_days: Number(given["stay_days"]),
    programs: (given["programs"] ?? "").split(",").map((part) => part.trim()).filter(Boolean),
    source: given["source"],
    checked_on: given["checked_on"],
    certainty: "H",
    demo: false,
    ended: Boolean(given["ended"]),
  };
}
