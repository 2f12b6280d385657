"""Holds the program's answers against what a sample wants.

A word counts as said whichever number it is about: what a warning means cannot be read off it. So
`told` may be too kind, and `warned` shows where a program warns of what is right.
"""

from containers import container_of

RIGHT, TOLD, SILENT = "right", "told", "silent"


class Judgement:
    def __init__(self, sample, answers):
        self.corpus, self.kind, self.name = sample.corpus, sample.kind, sample.name
        self.container = container_of(sample)
        self.differences = []  # (what, wanted, got)
        is_summary_wrong = False
        for demand in sample.demands:
            got = demand.look(answers[demand.command])
            if got not in demand.accepted:
                self.differences.append((demand.what, demand.wanted, got))
                is_summary_wrong = is_summary_wrong or demand.command[0] == "summarize"
        self.words = [word for answer in answers.values() for word in answer.words()]
        # Whoever only summarizes reads a wrong number here without a word; reconcile has it.
        summaries = [answer for command, answer in answers.items() if command[0] == "summarize"]
        self.by_reconcile_alone = is_summary_wrong and not any(
            answer.words() for answer in summaries)
        self.accused = bool(sample.sound) and any(
            answer.exit_code == 1 and answer.findings("error") for answer in answers.values())
        if sample.word_wanted and not self.words:
            self.differences.append(("a warning or finding", "one", "none"))
        if sample.word_suffices and self.differences and warned_in_summary(answers):
            self.differences = []
        if not self.differences and not self.accused:
            self.result = RIGHT
        else:
            self.result = TOLD if self.words else SILENT
        # Right, and yet it warned: not a fault in itself, but a program that always warns would
        # never be silent, so it is counted.
        self.warned = self.result == RIGHT and bool(sample.sound) and bool(self.words)

    def as_json(self):
        return {"corpus": self.corpus, "kind": self.kind, "name": self.name,
                "container": self.container, "result": self.result,
                "accused": self.accused, "warned": self.warned,
                "by_reconcile_alone": self.result == TOLD and self.by_reconcile_alone,
                "differences": [{"what": what, "wanted": wanted, "got": got}
                                for what, wanted, got in self.differences],
                "words": self.words}


def warned_in_summary(answers):
    return any(word != "exit 1" for command, answer in answers.items() if command[0] == "summarize"
               for word in answer.words())
