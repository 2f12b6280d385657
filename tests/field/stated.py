"""Truths read off the samples by hand, for those without a truth beside them.

truths/<file> maps a path below the corpus to {"kind", "tokens", and, where it is so, "requests",
"sound", "word_wanted", "why"}; see `plain_sample`.
"""

import json
import os

from sample import plain_sample

TRUTHS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "truths")


def stated_samples(corpus, root, file_name):
    path = os.path.join(TRUTHS, file_name)
    if not os.path.isfile(path):
        return
    with open(path, encoding="utf-8") as file:
        truths = json.load(file)
    for name, truth in truths.items():
        if not os.path.exists(os.path.join(root, name)):
            continue
        yield plain_sample(corpus, truth["kind"], name, root, name, truth["tokens"],
                           truth.get("requests"), sound=truth.get("sound", True),
                           word_wanted=truth.get("word_wanted", False))
