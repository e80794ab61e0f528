"""A version with one very large flow, as a center may write over years."""

from flows.bundle import Sources, shipped

FAR = 7


def large(steps: int) -> Sources:
    """Return what we ship with one more flow of so many steps, led to from the check-in."""
    base = shipped()
    asked = steps - 1
    questions = "".join(_question(n, asked) for n in range(asked))
    end = f"  q{asked}: {{say: [{{ko: 끝이에요., en: The end.}}], goto: opening/menu}}\n"
    head = "gyeot: 1\nflow: large\ntitle: {ko: 큰 것, en: Large}\nstart: q0\nsteps:\n"
    way = "      - {id: large, label: {ko: 큰 것, en: Large}, goto: large/q0}\n"
    known = base.scripts["check_in.yaml"]
    check_in = known.replace("    save: check_in_answer\n", f"{way}    save: check_in_answer\n")
    more = {"check_in.yaml": check_in, "large.yaml": head + questions + end}
    return Sources({**base.scripts, **more}, base.directory, base.start)


def _question(n: int, last: int) -> str:
    return (
        f"  q{n}:\n"
        f'    say: [{{ko: "질문 q{n}이에요?", en: "Question q{n}?"}}]\n'
        f"    choices:\n"
        f"      - {{id: yes_{n}, label: {{ko: 네 q{n}, en: Yes q{n}}}}}\n"
        f"      - {{id: no_{n}, label: {{ko: 아니요 q{n}, en: No q{n}}}}}\n"
        f"    goto:\n"
        f"      - {{when: \"q{n} == 'yes_{n}'\", to: q{n + 1}}}\n"
        f"      - {{to: q{min(last, n + FAR)}}}\n"
    )
