/** The place of those who read no conversation: accounts, opening hours, the access log. */

import type { Staff } from "../contract";
import { Access } from "./Access";
import { Accounts } from "./Accounts";
import { Factor } from "./Factor";
import { Notices } from "./Notices";
import { OpeningHours } from "./OpeningHours";
import { Planning } from "./Planning";
import { TopBar } from "./TopBar";

export function Office({ staff }: { staff: Staff }) {
  return (
    <div className="office">
      <TopBar staff={staff} onHelp={null} />
      <main className="office-body">
        {staff.role === "auditor" && <Access />}
        {staff.role === "admin" && <><Accounts mine={staff.id ?? 0} /><Planning /><OpeningHours /></>}
        <Factor />
      </main>
      <Notices />
    </div>
  );
}
