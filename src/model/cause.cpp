#include "model/cause.hpp"

#include <algorithm>
#include <iterator>

namespace usagectl {
namespace {

constexpr Cause kCauses[] = {
    // Found by comparing numbers: smallest change first, see analysis/causes/.
    {"detail-missing",
     "the difference is one plausible call that the list lacks, or a gap in the numbering is "
     "there"},
    {"detail-repeated", "the difference is a detail that appears twice"},
    {"sum-added-again", "the aggregate is twice or three times the sum: all of it was added again"},
    {"aggregate-stale",
     "the aggregate is the sum of the first details: it was saved before the last calls"},
    {"aggregate-includes-earlier", "the aggregate is the sum and the snapshot before"},
    {"cumulative-summed", "the aggregate is the sum of running totals, not the last one"},
    {"reasoning-added", "output or total is too large by exactly the reasoning"},
    {"reasoning-left-out", "output or total is too small by exactly the reasoning"},
    {"cache-added",
     "input or total is too large by exactly what was read from the cache, written to it, or both"},
    {"cache-left-out",
     "input or total is too small by exactly what was read from the cache, written to it, or both"},
    {"inferred-reasoning",
     "the parts hold the raw output, and what their totals hold beyond it was added as reasoning"},
    {"completions-per-request", "completions are the requests, although some had several"},
    {"failed-call-counted", "the aggregate holds failed calls that are not among its parts"},
    {"failed-call-left-out", "the aggregate lacks exactly the failed calls"},
    {"usage-repeated-stale", "a failed call repeats the usage of the call before"},
    {"stream-chunks-summed", "the reports of one call were added up, not replaced by the last"},
    {"call-logged-twice",
     "the same id, or the same counts within moments, under two names or results"},
    {"replayed-prefix", "a file begins with the records of another"},
    {"counter-reset", "a running total starts anew"},
    {"part-missing", "the difference is a part that is not there, such as an entity"},
    {"part-newer", "the parts are newer than the aggregate: the writer stopped between two files"},
    {"old-format-part", "the difference is what parts in an older format hold, or do not hold"},
    {"number-wrapped", "a number is off by 2^32 or 2^31: it did not fit in 32 bits"},
    {"number-rounded", "a number is rounded as a double beyond 2^53"},
    {"digits-changed",
     "two digits are swapped, or one is dropped or doubled, in the one number that differs"},
    {"total-recomputed", "the given total was replaced by input + output"},
    // Found by pricing the counts of a call, see analysis/prices/wrong_costs.cpp.
    {"batch-discount-missed", "a cost is that of the call outside of a batch, which it was in"},
    {"cache-lifetime-priced",
     "a cost is right if what was written to the cache for an hour costs what five minutes do"},
    {"cache-not-priced", "a cost lacks what was read from the cache, written to it, or both"},
    {"cache-priced-as-fresh",
     "a cost is right if what was read from the cache, written to it, or both is fresh input"},
    {"cache-priced-twice", "a cost has the cache twice: as input, and as what it is"},
    {"per-thousand-price", "a cost is 1,000 times what it should be, or a thousandth of that"},
    {"price-of-another-time",
     "a cost is that of a price that was not valid on the day of the call"},
    {"reasoning-not-priced", "a cost lacks the reasoning"},
    {"reasoning-priced-twice", "a cost has the reasoning twice: in the output, and beside it"},
    {"short-prompt-priced", "a cost is that of a shorter prompt: longer ones have another price"},
    {"wrong-currency", "a cost in one currency is the number that it is in another"},
    // Seen where the counts stand.
    {"all-zero", "every count is 0, although there was an answer"},
    {"answer-from-cache",
     "an answer is said to come from a gateway's cache: the provider used nothing for it"},
    {"breakdown", "a count is not the sum of the list that breaks it down"},
    {"batch-unlogged",
     "the provider's report has more by exactly what it has billed as a batch: its results are in "
     "no log"},
    {"broken-line", "a line begins like JSON but isn't JSON"},
    {"cache-key-precedence",
     "of two keys for one cache count that disagree, the one in the details was taken"},
    {"cache-lifetimes", "what was written to the cache is not the sum of its lifetimes"},
    {"cache-read-dropped", "the provider sent what was read from the cache, the client says 0"},
    {"cache-write-dropped", "the provider sent what was written to the cache, the client says 0"},
    {"calls-unlogged", "the provider's report has more calls, and more output, than the logs"},
    {"call-unpaired", "a call is in one of two captures only"},
    {"contract-broken", "the counts do not mean what the contract asks for"},
    {"copies-disagree", "one usage is reported twice, with different numbers"},
    {"counted-twice", "the last running total holds the last request twice"},
    {"counter-fell", "a part of a running total fell while the total grew"},
    {"detail-exceeds-whole", "a detail exceeds the count that it is a part of"},
    {"duplicate-key", "a key appears twice in one object"},
    {"earlier-steps", "a running total begins with steps that the file does not have"},
    {"event-repeated", "an event appears twice"},
    {"failed-call", "the call failed, and its tokens may not be counted elsewhere"},
    {"file-cut", "no line break ends the file: it may be cut in its last number"},
    {"fresh-input", "the fresh input is not what remains of input without the cache"},
    {"id-repeated", "a request is answered twice"},
    {"key-on-one-side", "a key of usage objects is in one of two captures only"},
    {"last-is-not-the-step", "the reported step is not what the running total has grown by"},
    {"late-arrival", "a call began in one bucket of the provider's report and ended in the next"},
    {"log-missing", "the provider's report has a bucket in which nothing was logged"},
    {"meaning-differs", "a count means one thing in one capture and another in the other"},
    {"meaning-refuted", "a part exceeds what is said to hold it"},
    {"meaning-undetermined", "nothing shows which of two meanings the counts have"},
    {"mixed-meaning", "the counts of one capture have two meanings"},
    {"model-alias", "the logs and the provider's report call one model by different names"},
    {"model-not-billed", "the provider's report has nothing of a model that the logs name"},
    {"no-usage", "there was an answer, and no usage is reported"},
    {"normalized-counts", "the cache is beside input, as in counts that were rewritten"},
    {"not-a-count", "a number is negative, fractional or out of range"},
    {"not-counted",
     "a total or a list reports the same usage as another with different numbers: the other one "
     "counts"},
    {"not-read", "a file may hold usage, and nothing reads files of its kind"},
    {"order-unknown", "nothing says in which order two files were written"},
    {"request-missing", "a running total grew between two reports: a request was not captured"},
    {"retries-unlogged",
     "the provider's report has more requests and the same output: failed or repeated calls"},
    {"rounded-counts", "a file has rounded counts, such as 1.2k, so that their sum is not exact"},
    {"running-total",
     "lines of a log grow from one to the next: that alone shows, or suggests, that they are "
     "totals "
     "so far"},
    {"several-usages", "another usage object is beside the one that is counted"},
    {"spellings-disagree", "two spellings of one count do not agree"},
    {"steps", "the usage of a run is not the sum of its steps"},
    {"steps-exceed-total", "steps add up to more than the running total has grown by"},
    {"stream-cut", "a stream breaks off before its final usage"},
    {"text", "a count is written as a string"},
    {"total-fell", "a total of the later of two captures is smaller than in the earlier one"},
    {"unexplained", "a total holds more than the counts beside it, and nothing says what"},
    {"unknown-key", "a number in a usage object has a name that is not understood"},
    {"unrelated-usage",
     "two places count tokens, and nothing shows whether they report the same usage"},
    {"usage-repeated", "two answers have the same usage"},
    {"value-differs", "a number differs between two captures beyond the tolerance"},
    {"visible-output", "the visible output is not what remains of output without reasoning"},
    {"window-cut", "the logs begin or end within the time of a bucket"},
    {"zero-prompt", "the model answered a prompt of 0 tokens"},
    {"zero-usage", "a request reports no tokens"},
    {"zone-shifted", "logs in local time: moved by some hours they agree with the report"},
};

/// What was counted may be too much or too little, whatever else was checked.
constexpr std::string_view kOpen[] = {
    "answer-from-cache", "batch-unlogged",       "calls-unlogged", "model-not-billed",
    "log-missing",       "meaning-undetermined", "not-counted",    "not-read",
    "replayed-prefix",   "retries-unlogged",     "rounded-counts", "unexplained",
    "unknown-key",       "unrelated-usage",      "window-cut"};

}  // namespace

bool leaves_open(std::string_view cause) {
  return std::find(std::begin(kOpen), std::end(kOpen), cause) != std::end(kOpen);
}

std::span<const Cause> causes() { return kCauses; }

}  // namespace usagectl
