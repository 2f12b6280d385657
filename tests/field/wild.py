"""wild/files with wild/truth.json: logs as people keep them; wild/small: their shapes, cut down."""

import json
import os

from sample import SUMMARIZE, Demand, of_summary, plain_sample
from stated import stated_samples

NOTHING = {"input": None, "output": None, "total": None}


def samples(corpus, root):
    with open(os.path.join(root, "truth.json"), encoding="utf-8") as file:
        truths = json.load(file)
    for name, truth in truths.items():
        tokens = {counter: truth[counter] for counter in ("input", "output", "total")}
        control = tokens == NOTHING and truth["calls"] is None
        kind = "negative control" if control else truth["kind"]
        # What these truths do not list (cache, reasoning) is not stated, so not judged; a null for
        # input or output beside a known total is: the file tells only totals.
        sample = plain_sample(
            corpus, kind, f"files/{name}", root, f"files/{name}", tokens, truth["calls"],
            sound=truth["sound"], word_wanted=truth["sound"] is False)
        if "cached" in truth:
            # Zero of a cache may be told as zero or as nothing.
            sample.demands.append(Demand(SUMMARIZE + (f"files/{name}",), "cache_read",
                                         (truth["cached"], None), of_summary("cache_read")))
        if name == "HaxxorCialtion__AnimeAIwolf__llm_calls.jsonl":
            # All zero though answered: what was used is not known, and 0 needs a word.
            sample.word_wanted = True
        yield sample
    yield from stated_samples(corpus, root, "wild_small.json")
