/** The facilities: which place is free, held or lived in, and who waits. No address. */

import { day, useFetched, usePlace, useSaid } from "../context";
import type { Facility } from "../contract";

export function Places() {
  const { words } = usePlace();
  const [facilities] = useFetched<Facility[]>("places");
  return (
    <main className="page" tabIndex={0}>
      <h2>{words.nav.places}</h2>
      <p className="faint">{words.noAddress}</p>
      {!facilities && <p className="empty">{words.loading}</p>}
      <div className="columns">{facilities?.map((one) => <One key={one.id} facility={one} />)}</div>
    </main>
  );
}

function One({ facility }: { facility: Facility }) {
  const { words, language } = usePlace();
  const said = useSaid();
  const free = facility.rooms.filter((one) => one.status === "free").length;
  const rooms = [...new Set(facility.rooms.map((one) => one.room))];
  return (
    <section className="part" aria-label={said(facility.name)}>
      <div className="part-head">
        <h3>{said(facility.name)}</h3>
        <span>{words.freePlaces(free, facility.rooms.length)}</span>
        {facility.families && <span className="faint">{words.families}</span>}
        {facility.demo && <span className="chip demo">{words.demo}</span>}
      </div>
      <ul className="rooms">
        {rooms.map((room) => (
          <li key={room} className="room">
            {facility.rooms.filter((one) => one.room === room).map((one) => (
              <div key={one.place} className={`bed ${one.status}`}>
                <strong>{one.place}</strong>
                <span>{words.stayStatus[one.status]}</span>
                {one.stay
                  ? <><a href={`#/case/${one.stay.case}`}>{one.stay.handle}</a>{one.stay.until && <span className="faint">{words.until(day(one.stay.until, language))}</span>}</>
                  : one.status !== "free" && <span className="faint">{words.hiddenStay}</span>}
              </div>
            ))}
          </li>
        ))}
      </ul>
      <p className="faint">{words.waits(facility.waits)}</p>
      <ul className="lines">{facility.waiting.map((one) => <li key={one.party}><a href={`#/case/${one.case}`}>{one.handle}</a></li>)}</ul>
    </section>
  );
}
