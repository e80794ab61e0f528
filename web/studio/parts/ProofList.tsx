/** The checks: every problem with its place and remedy, every saved dialogue played again. */

import { useSpoken, useStudio, useStudioState } from "../context";
import type { Problem, Replayed } from "../contract";

export function ProofList() {
  const { words } = useSpoken();
  const proof = useStudioState((state) => state.proof);
  const checking = useStudioState((state) => state.checking);
  if (!proof) return <p role="status">{checking ? words.checking : ""}</p>;
  const good = proof.dialogues.filter((one) => one.ok).length;
  return (
    <div className="proof">
      <p className={proof.problems.length ? "state bad" : "state"}>
        {proof.problems.length ? words.problems(proof.problems.length) : words.allGood} <span className="faint">{words.inMs(proof.ms)}</span>
      </p>
      <ul className="problems">{proof.problems.map((problem, n) => <Line key={n} problem={problem} />)}</ul>
      {proof.dialogues.length > 0 && <p>{words.dialoguesPlayed(good, proof.dialogues.length)}</p>}
      <ul className="problems">{proof.dialogues.filter((one) => !one.ok).map((one) => <Went key={one.name} one={one} />)}</ul>
    </div>
  );
}

function Line({ problem }: { problem: Problem }) {
  const { words } = useSpoken();
  const studio = useStudio();
  const flows = useStudioState((state) => state.open?.picture.flows);
  const [top, step] = problem.place.split(".");
  const flow = flows?.find((one) => one.file === problem.file)?.flow;
  const goal = flow && top === "steps" && step ? `${flow}/${step}` : "";
  const place = `${words.lineOf(problem.file, problem.line)} · ${problem.place}`;
  return (
    <li>
      {goal ? <button type="button" className="link" onClick={() => studio.choose(goal)}>{place}</button> : <span className="faint">{place}</span>}
      <p>{problem.reason}</p>
      <p className="faint">→ {problem.remedy}</p>
    </li>
  );
}

function Went({ one }: { one: Replayed }) {
  const { words } = useSpoken();
  return (
    <li>
      <strong>{one.title}</strong>
      <p><span className="faint">{words.expected}</span> {one.expected}</p>
      <p><span className="faint">{words.found}</span> {one.found}</p>
    </li>
  );
}
