/** The registers that the law asks for, and the list as a file with the reason for it. */

import { day, useAct, useFetched, usePlace, useSaid } from "../context";
import type { Cell, Registers as Found } from "../contract";
import { Review } from "./Review";

const COLUMNS = {
  consents: ["at", "case", "service", "agency", "status"],
  provisions: ["at", "case", "recipient", "purpose", "basis", "items", "form", "keeping", "by", "recalled_at"],
  destructions: ["at", "case", "why", "by", "proven_at"],
} as const;

export function Registers() {
  const { words, staff } = usePlace();
  const [found] = useFetched<Found>("registers");
  return (
    <main className="page" tabIndex={0}>
      <h2>{words.nav.registers}</h2>
      {staff.role === "supervisor" && <Download />}
      <Review />
      {(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => (
        <section key={name} className="part">
          <h3>{words.registers[name]}</h3>
          {found && found[name].length === 0 && <p className="faint">{words.empty}</p>}
          {found && found[name].length > 0 && <Table columns={COLUMNS[name]} rows={found[name]} label={words.registers[name]} />}
        </section>
      ))}
    </main>
  );
}

function Table({ columns, rows, label }: { columns: readonly string[]; rows: Record<string, Cell>[]; label: string }) {
  const { words, language } = usePlace();
  const said = useSaid();
  function told(column: string, value: Cell): string {
    if (!value) return "–";
    if (typeof value !== "string") return said(value);
    if (column === "at" || column.endsWith("_at")) return day(value, language, true);
    if (column === "status") return words.referralStatus[value] ?? value;
    return column === "basis" ? words.basis[value] ?? value : value;
  }
  return (
    <div className="table-place" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead><tr>{columns.map((one) => <th key={one}>{words.columns[one]}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, n) => <tr key={n}>{columns.map((one) => <td key={one}>{told(one, row[one] ?? null)}</td>)}</tr>)}
        </tbody>
      </table>
    </div>
  );
}

function Download() {
  const { api, words } = usePlace();
  const act = useAct();
  return (
    <form className="inline-form part" onSubmit={(event) => {
      event.preventDefault();
      const reason = String(new FormData(event.currentTarget).get("reason"));
      void act(async () => {
        const address = URL.createObjectURL(await api.download(reason));
        const link = document.createElement("a");
        link.href = address;
        link.download = "cases.csv";
        link.click();
        URL.revokeObjectURL(address);
      });
    }}>
      <label>{words.downloadReason}<input name="reason" minLength={5} maxLength={500} required /></label>
      <button type="submit" className="button">{words.download}</button>
    </form>
  );
}
