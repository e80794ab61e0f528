/** The form of one kind of record, built from the directory. */

import { usePlace, useSaid } from "../context";
import type { CaseRecord, RecordField, RecordKind } from "../contract";
import type { Part } from "../part";

interface Given {
  kind: RecordKind;
  does: Part["does"];
  /** The record that is put right; without one a new one is kept. */
  record?: CaseRecord;
  onDone?: () => void;
}

export function RecordForm({ kind, does, record, onDone }: Given) {
  const { words, directory, staff } = usePlace();
  return (
    <form className="form" onSubmit={(event) => {
      event.preventDefault();
      const form = event.currentTarget;
      const data = new FormData(form);
      const fields: Record<string, string> = {};
      for (const field of kind.fields) {
        const value = String(data.get(field.name) ?? "").trim();
        if (value) fields[field.name] = value;
      }
      const due = String(data.get("due") ?? "");
      const body = { kind: kind.id, fields, ...(kind.owned && { owner: Number(data.get("owner")) }), ...(due && { due }) };
      void (record ? does(`/records/${record.id}/correct`, { fields }) : does("/records", body)).then((done) => {
        if (!done) return;
        onDone?.();
        form.reset();
        form.closest("details")?.removeAttribute("open");
      });
    }}>
      {kind.fields.map((field) => <Asked key={field.name} field={field} value={valueOf(record, field.name)} />)}
      {kind.owned && !record && (
        <label>{words.owner}
          <select name="owner" defaultValue={staff.id}>
            {directory.staff.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
      )}
      {kind.id === "task" && !record && <label>{words.due}<input type="date" name="due" /></label>}
      <button type="submit" className="button primary">{words.save}</button>
    </form>
  );
}

/** What stands in a field now; of an order the first printed end stands among its ends. */
function valueOf(record: CaseRecord | undefined, name: string): string {
  const ends = record?.fields["ends"];
  const value = name === "end" && Array.isArray(ends) ? (ends[0] as unknown) : record?.fields[name];
  return typeof value === "string" ? value : "";
}

function Asked({ field, value }: { field: RecordField; value: string }) {
  const { directory } = usePlace();
  const said = useSaid();
  const { name, required } = field;
  return (
    <label>
      {said(field.title)}
      {field.kind === "long" && <textarea name={name} rows={3} maxLength={4000} required={required} defaultValue={value} />}
      {field.kind === "text" && <input name={name} maxLength={200} required={required} defaultValue={value} />}
      {field.kind === "phone" && <input name={name} type="tel" maxLength={40} required={required} autoComplete="off" defaultValue={value} />}
      {field.kind === "date" && <input name={name} type="date" required={required} defaultValue={value} />}
      {field.kind === "choice" && <Choose name={name} required={required} value={value} options={Object.entries(field.options).map(([id, text]) => [id, said(text)])} />}
      {field.kind === "order" && <Choose name={name} required={required} value={value} options={inForce(directory.orders).map((one) => [one.id, said(one.name)])} />}
      {field.kind === "staff" && <Choose name={name} required={required} value={value} options={directory.staff.map((one) => [String(one.id), one.name])} />}
    </label>
  );
}

interface Offered {
  name: string;
  required: boolean;
  value: string;
  options: (readonly [string, string])[];
}

function Choose({ name, required, value, options }: Offered) {
  return (
    <select name={name} required={required} defaultValue={value}>
      <option value="">–</option>
      {options.map(([id, label]) => <option key={id} value={id}>{label}</option>)}
    </select>
  );
}

/** An order that does not exist yet is not offered. */
function inForce<T extends { valid_from: string }>(orders: readonly T[]): T[] {
  const today = new Date().toISOString().slice(0, 10);
  return orders.filter((one) => one.valid_from <= today);
}
