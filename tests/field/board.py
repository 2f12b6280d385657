"""The scoreboard as text: a table by corpus and kind, lists, and a comparison with an older run."""

from judge import RIGHT, SILENT, TOLD

WIDTH = 80
COLUMNS = ("samples", "right", "told", "silent", "accused", "warned")
LISTS = {
    "silent": lambda row: row["result"] == SILENT,
    "told": lambda row: row["result"] == TOLD,
    "wrong": lambda row: row["result"] != RIGHT,
    "accused": lambda row: row["accused"],
    "warned": lambda row: row["warned"],
    "unsaid": lambda row: row["by_reconcile_alone"],
}


def counts(rows):
    result = dict.fromkeys(COLUMNS, 0)
    for row in rows:
        result["samples"] += 1
        result[row["result"]] += 1
        result["accused"] += row["accused"]
        result["warned"] += row["warned"]
    return result


def grouped(rows, key):
    groups = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def line(label, cells):
    room = WIDTH - 9 * len(COLUMNS)
    shown = label if len(label) <= room else label[:room - 1] + "…"
    return f"{shown:<{room}}" + "".join(f"{cell:>9}" for cell in cells)


def numbers(rows, before=None):
    """Each column, and by how much it moved since `before` where it did: 24+3."""
    now = counts(rows)
    then = now if before is None else counts(before)
    return [f"{now[c]}{now[c] - then[c]:+d}" if then[c] != now[c] else (now[c] or ".")
            for c in COLUMNS]


def table(rows, every_kind=False, before=None):
    """Kinds of which everything is right share a line, unless every kind is wanted."""
    yield line("", COLUMNS)
    old_corpora = grouped(before, "corpus") if before is not None else {}
    for corpus, of_corpus in grouped(rows, "corpus").items():
        old = old_corpora.get(corpus, []) if before is not None else None
        yield line(corpus, numbers(of_corpus, old))
        old_kinds = grouped(old, "kind") if old is not None else {}
        fine = []
        for kind, of_kind in sorted(grouped(of_corpus, "kind").items()):
            then = old_kinds.get(kind, []) if old is not None else None
            moved = then is not None and counts(then) != counts(of_kind)
            if every_kind or moved or any(row["result"] != RIGHT for row in of_kind):
                yield line("  " + kind, numbers(of_kind, then))
            else:
                fine += of_kind
        if fine:
            kinds = len(grouped(fine, "kind"))
            name = f"  {kinds} kinds all right" if kinds > 1 else "  " + fine[0]["kind"]
            yield line(name, numbers(fine))
    yield line("all", numbers(rows, before))
    alone = sum(row["by_reconcile_alone"] for row in rows)
    if alone:
        yield f"{alone} of the told are told by reconcile alone: summarize prints a wrong number and"
        yield "says nothing (--list unsaid)."


def by_container(rows, before=None):
    """The same for what the files are put in, whichever corpus they are of."""
    yield line("", COLUMNS)
    old = grouped(before, "container") if before is not None else {}
    for container, of_it in sorted(grouped(rows, "container").items()):
        yield line(container, numbers(of_it, old.get(container, []) if before is not None else None))
    yield line("all", numbers(rows, before))


def listing(rows, which):
    for row in rows:
        if LISTS[which](row):
            word = f"  [{row['words'][0]}]" if row["words"] else ""
            yield f"{row['corpus']}/{row['name']}  {differing(row)}{word}"


def differing(row):
    if not row["differences"]:
        return "sound, and accused" if row["accused"] else "right"
    return ", ".join(f"{d['what']} {shown(d['got'])} for {shown(d['wanted'])}"
                     for d in row["differences"])


def shown(value):
    return "-" if value is None else str(value)


def moves(rows, before):
    """The samples whose result changed, the worst first, and those that only one run has."""
    old = {(row["corpus"], row["name"]): row for row in before}
    now = {(row["corpus"], row["name"]) for row in rows}
    for label, names in (("new", now - old.keys()), ("gone", old.keys() - now)):
        if names:
            yield f"{len(names)} samples are {label}"
    order = {SILENT: 0, TOLD: 1, RIGHT: 2}
    changed = []
    for row in rows:
        then = old.get((row["corpus"], row["name"]))
        if then is None or state(then) == state(row):
            continue
        changed.append((order[row["result"]],
                        f"{state(then)} → {state(row)}  {row['corpus']}/{row['name']}  "
                        f"{differing(row)}"))
    for _, text in sorted(changed):
        yield text


def state(row):
    return row["result"] + (" accused" if row["accused"] else "")
