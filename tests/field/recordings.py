"""Recorded answers of providers: <folder>/truth.json says what each file holds."""

import json
import os

from sample import COUNTERS, SUMMARIZE, Demand, of_summary, plain_sample


def samples(corpus, root):
    with open(os.path.join(root, "truth.json"), encoding="utf-8") as file:
        truths = json.load(file)
    below = "files" if os.path.isdir(os.path.join(root, "files")) else "."
    for name, truth in truths.items():
        path = os.path.normpath(os.path.join(below, name))
        family = truth["family"]
        calls = truth["calls"] if "calls" in truth else [truth["tokens"]]
        told = {counter: added_up(calls, counter) for counter in (*COUNTERS, "tool_prompt")}
        tokens = {**told, **leeway(family, told)}
        for counter, count in WITH_COMPACTION.get(name, {}).items():
            tokens[counter] = (told[counter], count)
        sample = plain_sample(corpus, family, name, root, path, tokens, len(calls) or None,
                              # What is noted as a provider's own contradiction may be accused.
                              sound=None if "note" in truth else True)
        sample.demands.append(Demand(SUMMARIZE + (path,), "tool_prompt", (told["tool_prompt"],),
                                     of_summary("tool_prompt")))
        yield sample


# Anthropic leaves the usage of a compaction out of the top level, and bills it: the truth has the
# top level, and what all iterations add up to is right as well.
WITH_COMPACTION = {
    "api.anthropic.com/b97d24915fb8.json": {"input": 55425, "cache_write": 55096, "output": 136,
                                            "total": 55561},
    "api.anthropic.com/e30d711e5fa6.json": {"input": 55416, "output": 133, "total": 55549},
}


def added_up(calls, counter):
    """The sum of the calls that have the counter, null where none has: no call tells no tokens, not
    0 of them."""
    told = [call[counter] for call in calls if call[counter] is not None]
    return sum(told) if told else None


def leeway(family, tokens):
    """More than one answer is right where a note says so."""
    if family == "chat-vercel-gateway-gemini-thinking":
        # The gateway drops thoughts from completion and total: output null, or both together.
        return {"output": (None, completion_and_thoughts(tokens)),
                "total": (tokens["total"], tokens["input"] + completion_and_thoughts(tokens))}
    if family == "chat-azure-foundry-grok-cached":
        # Cache outside prompt_tokens: the sum, or unknown; prompt_tokens alone is not right.
        return {"input": (tokens["input"], None)}
    read, generated, total = tokens["input"], tokens["output"], tokens["total"]
    if read is None:
        return {}
    if generated is None and total in (None, read):
        # An embedding or a ranking generates nothing: output is 0 as well as absent.
        return {"output": (None, 0), "total": (total, read)}
    if generated is not None and total is None:
        # No total given: the program's contract is to compute it where all parts are known.
        return {"total": (None, read + generated)}
    return {}


def completion_and_thoughts(tokens):
    return tokens["total"] - tokens["input"] + tokens["reasoning"]
