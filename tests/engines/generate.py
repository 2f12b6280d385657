"""Writes logs of made-up calls, with planted faults, in a folder for each node.

Usage: generate.py CALLS NODES FOLDER

The same arguments write the same bytes. Three of five calls are in logs of one call a line, one of five in
documents that state the sums over their details, one of five in rollouts with running totals. Each node also
has the last calls of the log of the node before it, as two collectors of one log would have them.
"""
import os
import sys

MODELS = ("made-up-small", "made-up-large", "made-up-other")
CALLS_OF_DOCUMENT = 500
CALLS_OF_ROLLOUT = 250
SHARED_LINES = 100


class Numbers:
    """A linear congruential generator: the same numbers in every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def time_of(number):
    # A call every five seconds or so, over as many days as they need.
    second = number * 5
    day = second // 86400
    return "2026-%02d-%02dT%02d:%02d:%02dZ" % (
        1 + day // 28 % 12, 1 + day % 28, second // 3600 % 24, second // 60 % 60, second % 60,
    )


def line_of(number):
    numbers = Numbers(number)
    prompt = 100 + numbers.below(4000)
    cached = numbers.below(prompt)
    output = 1 + numbers.below(900)
    reasoning = numbers.below(output)
    total = prompt + output
    if number % 20011 == 7:
        cached = prompt + 3  # a part that exceeds its whole
    if number % 10007 == 5:
        total += 11  # a total that its parts do not give
    return (
        '{"time":"%s","id":"chatcmpl-made-up-%012d","object":"chat.completion","model":"%s","usage":'
        '{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,"prompt_tokens_details":'
        '{"cached_tokens":%d},"completion_tokens_details":{"reasoning_tokens":%d}}}\n'
        % (time_of(number), number, MODELS[number % 3], prompt, output, total, cached, reasoning)
    )


def write_log(path, first, calls):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(max(0, first - SHARED_LINES), first):
            file.write(line_of(number))
        for number in range(first, first + calls):
            file.write(line_of(number))
            if number % 5003 == 3:
                file.write(line_of(number))  # a call that is logged twice
            if number % 30011 == 9:
                # The id of a call with the numbers of another one.
                file.write(line_of(number + 1).replace("%012d" % (number + 1), "%012d" % number))


def write_document(path, number, calls):
    numbers = Numbers(number * 7919 + 1)
    details = []
    sums = [0, 0, 0]
    for call in range(1, calls + 1):
        prompt = 100 + numbers.below(4000)
        output = 1 + numbers.below(900)
        reasoning = numbers.below(output)
        sums = [a + b for a, b in zip(sums, (prompt, output, reasoning))]
        details.append(
            '{"request_num":%d,"input_tokens":%d,"output_tokens":%d,"reasoning_tokens":%d,"total_tokens":%d,'
            '"num_completions":1}' % (call, prompt, output, reasoning, prompt + output)
        )
    requests = calls
    if number % 41 == 3:
        sums[1] += 1000  # a sum that was changed
    if number % 43 == 4:
        requests += 2  # a wrong number of requests
    if number % 47 == 5:
        del details[len(details) // 2]  # a detail that is lost
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '{"before":{},"after":{"%s":{"input_tokens":%d,"output_tokens":%d,"reasoning_tokens":%d,"requests":%d,'
            '"completions":%d,"per_request_details":[%s]}}}\n'
            % (MODELS[number % 3], *sums, requests, requests, ",".join(details))
        )


def usage_of(counts):
    return (
        '{"input_tokens":%d,"cached_input_tokens":%d,"output_tokens":%d,"reasoning_output_tokens":%d,'
        '"total_tokens":%d}' % (*counts, counts[0] + counts[2])
    )


def write_rollout(path, number, calls):
    numbers = Numbers(number * 104729 + 2)
    session = "made-up-%08d" % number
    at = number * calls
    total = [0, 0, 0, 0]
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '{"timestamp":"%s","type":"session_meta","payload":{"id":"%s","timestamp":"%s","cwd":"/made-up",'
            '"originator":"codex_cli_rs","cli_version":"0.63.0","source":"cli","model_provider":"openai"}}\n'
            '{"timestamp":"%s","type":"turn_context","payload":{"cwd":"/made-up","model":"%s"}}\n'
            % (time_of(at), session, time_of(at), time_of(at), MODELS[number % 3])
        )
        for call in range(calls):
            prompt = 100 + numbers.below(4000)
            output = 1 + numbers.below(900)
            step = [prompt, numbers.below(prompt), output, numbers.below(output)]
            total = [a + b for a, b in zip(total, step)]
            if number % 53 == 2 and call == calls // 2:
                total[0] -= 20000  # a running total that falls
            if number % 59 == 3 and call == calls // 3:
                step[2] += 17  # a step that is not the growth
            file.write(
                '{"timestamp":"%s","type":"event_msg","payload":{"type":"token_count","info":'
                '{"total_token_usage":%s,"last_token_usage":%s,"model_context_window":272000},"rate_limits":null}}\n'
                % (time_of(at + call), usage_of(total), usage_of(step))
            )


def write_node(folder, node, calls):
    """The calls of one node; their numbers go on from those of the node before it."""
    documents = calls // 5 // CALLS_OF_DOCUMENT
    rollouts = calls // 5 // CALLS_OF_ROLLOUT
    lines = calls - documents * CALLS_OF_DOCUMENT - rollouts * CALLS_OF_ROLLOUT
    for name in ("documents", "rollouts"):
        os.makedirs(os.path.join(folder, name))
    write_log(os.path.join(folder, "calls.jsonl"), node * lines, lines)
    for number in range(documents):
        place = os.path.join(folder, "documents", "%06d" % number)
        os.mkdir(place)
        write_document(os.path.join(place, "token_usage.json"), node * documents + number, CALLS_OF_DOCUMENT)
    for number in range(rollouts):
        place = os.path.join(folder, "rollouts", "rollout-%06d.jsonl" % number)
        write_rollout(place, node * rollouts + number, CALLS_OF_ROLLOUT)


def generate(calls, nodes, folder):
    for node in range(nodes):
        write_node(os.path.join(folder, "node-%02d" % node), node, calls // nodes)


if __name__ == "__main__":
    generate(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
