"""provider_shapes: the same answers of providers in other wrappings and orders."""

import json
import os

from sample import plain_sample
from stated import stated_samples


def samples(corpus, root):
    for folder in ("shapes", "concatenated"):
        with open(os.path.join(root, f"{folder}_truth.json"), encoding="utf-8") as file:
            truths = json.load(file)
        for name, (calls, tokens_in, tokens_out) in truths.items():
            # Requests, input and output are all that is stated.
            yield plain_sample(corpus, folder, f"{folder}/{name}", root, f"{folder}/{name}",
                               {"input": tokens_in, "output": tokens_out}, calls, sound=True)
    yield from stated_samples(corpus, root, "provider_shapes.json")
