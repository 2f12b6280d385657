"""cases/<case>/input with truth.json: one situation of one tool each."""

import json
import os

from sample import plain_sample

# Where the truth's null means "one of these, the case does not settle it", not "must be null".
OPEN = {
    # 263 fresh tokens beside 6000 read prove that the cache is not inside: 7200 + 6000, or unknown.
    "cline_cli": {"input": (None, 13200), "total": (None, 13613)},
    # The vendor does not say whether the running totals hold the cache.
    "claude_statusline_dumps": {"cache_read": (None, 5000), "cache_write": (None, 5300)},
    # The file says "reasoning_tokens": 0 of each call.
    "trae_agent": {"reasoning": (0, None)},
    # The replayed calls of an absent parent count once, or not at all.
    "codex_two_children_parent_absent": {
        "input": (59500, 18500), "output": (670, None), "total": (60170, None),
        "cache_read": (29100, None), "reasoning": (160, None)},
}


def samples(corpus, root):
    for name in sorted(os.listdir(root)):
        path = os.path.join(root, name, "truth.json")
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)
        finding = truth["expect"] == "finding"
        yield plain_sample(
            corpus, truth["kind"], name, os.path.join(root, name), "input",
            {**truth["tokens"], **OPEN.get(name, {})}, truth.get("requests"),
            sound=None if finding else True, word_wanted=finding)
