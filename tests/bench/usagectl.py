"""What is measured: the commands of usagectl, each with a look at its answer."""

import json

import answers
from measure import Contestant


class Usagectl:
    def __init__(self, program):
        self.program = program

    def command(self, name, words, data, check, threads=None):
        limit = ["--threads", str(threads)] if threads else []
        return Contestant(name, [self.program, *words.split(), *limit, str(data.path)], check)

    def summarize(self, name, data, threads=None):
        return self.command(name, "summarize --by model --format json", data,
                            answers.groups(data.expected), threads)

    def sessions(self, name, data):
        def check(output):
            counted = json.loads(output)["total"]["requests"]
            return None if counted == data.calls else f"{counted} calls instead of {data.calls}"

        return self.command(name, "summarize --by session --format json", data, check)

    def diff_with_itself(self, name, data):
        def check(output):
            report = json.loads(output)
            pairs = report["records"]["pairs"]
            if report["verdict"] != "same" or pairs != data.calls:
                return f"{report['verdict']}, {pairs} pairs of {data.calls} calls"
            return None

        found = self.command(name, "diff --format json", data, check)
        found.command.append(str(data.path))
        return found

    def reconcile(self, name, data, threads=None):
        def check(output):
            report = json.loads(output)
            if report["verdict"] != "pass" or not report["checks"]["passed"]:
                return f"verdict {report['verdict']}"
            return None

        return self.command(name, "reconcile --format json", data, check, threads)

    def records(self, name, data):
        return self.command(name, "records --format json", data,
                            answers.once(answers.record_lines(data.expected)))

    def records_table(self, name, data):
        return self.command(name, "records --format csv", data,
                            answers.once(answers.record_table(data.expected)))

    def inspect(self, name, data):
        def check(output):
            counted = sum(dialect["records"] for dialect in json.loads(output)["dialects"])
            return None if counted == data.calls else f"{counted} calls instead of {data.calls}"

        return self.command(name, "inspect --format json", data, check)

    def summary_page(self, name, data):
        total = data.expected["all"]["total"]
        return self.command(name, "summarize --by model --format html", data,
                            answers.page(f"usagectl summarize: {total:,} tokens",
                                         *data.expected["models"]))

    def sessions_page(self, name, data):
        total = data.expected["all"]["total"]
        return self.command(name, "summarize --by session --format html", data,
                            answers.page(f"usagectl summarize: {total:,} tokens",
                                         f"{data.calls:,} counted"))

    def verdict_page(self, name, data):
        return self.command(name, "reconcile --format html", data,
                            answers.page("usagectl reconcile: pass", f"{data.calls:,} counted"))
