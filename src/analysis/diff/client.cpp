#include "analysis/diff/client.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/diff/client_ways.hpp"

namespace usagectl {
namespace {

/// Whether there are calls, and all of them are of such kinds.
template <typename Test>
bool all_calls(const Side& side, Test&& test) {
  const std::vector<CallKind>& kinds = side.calls.kinds();
  return !kinds.empty() && std::all_of(kinds.begin(), kinds.end(), test);
}

bool speaks_as_client(const CallKind& kind) { return kind.is_of_client; }
bool speaks_as_provider(const CallKind& kind) { return !kind.is_of_client; }
bool was_sent(const CallKind& kind) { return kind.format.starts_with("provider."); }

/// One number in all pairs.
class NumberReader {
 public:
  NumberReader(const NumberWays& ways, const std::vector<SentAndGot>& calls)
      : ways_(ways), calls_(calls) {}

  ClientNumber read() {
    number_.number = ways_.number;
    find_calls();
    if (told_.empty()) {
      say_missing();
      return number_;
    }
    number_.calls = told_.size();
    find_ways();
    std::vector<std::size_t> strayed;
    for (const std::size_t call : told_) {
      if (!fits(ways_.ways.front(), calls_[call])) strayed.push_back(call);
    }
    show(strayed.empty() ? told_.front() : strayed.front());
    if (strayed.empty()) {
      number_.brief = fmt::format("{} = {}", ways_.number, ways_.ways.front().words);
      number_.did = number_.brief;
      say_untested();
    } else {
      say_strayed(strayed);
    }
    say_partly_missing();
    return number_;
  }

 private:
  static bool fits(const Way& way, const SentAndGot& call) {
    const auto value = way.value(call);
    return value && call.got && *value == ExactSum(*call.got);
  }

  void find_calls() {
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      if (calls_[i].got && (calls_[i].is_sent || ways_.may_be_made)) told_.push_back(i);
    }
  }

  void show(std::size_t call) {
    number_.example = calls_[call].pair;
    number_.got = calls_[call].got;
    const auto sent = ways_.ways.front().value(calls_[call]);
    if (sent) number_.sent = sent->count();
  }

  /// The client leaves the number out, which matters where the provider sent more than 0.
  void say_missing() {
    for (const SentAndGot& call : calls_) {
      const auto sent = ways_.ways.front().value(call);
      if (call.got || !call.is_sent || !sent || !(ExactSum() < *sent)) continue;
      number_.brief = fmt::format("{} is left out", ways_.number);
      number_.did =
          fmt::format("{}: the provider said {}", number_.brief, sent->count().value_or(0));
      number_.is_as_sent = ways_.may_be_left_out;
      number_.is_left_out = true;
      number_.is_explained = !ways_.may_be_left_out;
      number_.cause = ways_.may_be_left_out ? std::string_view() : ways_.cause_of_loss;
      number_.example = call.pair;
      number_.sent = sent->count();
      number_.calls = ways_.may_be_left_out ? 0 : calls_.size();
      return;
    }
  }

  /// The client has the number in some calls, and leaves out what the provider sent in others.
  void say_partly_missing() {
    std::size_t sent_calls = 0;
    std::vector<std::size_t> lost;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      const auto sent = ways_.ways.front().value(calls_[i]);
      if (!calls_[i].is_sent || !sent || !(ExactSum() < *sent)) continue;
      ++sent_calls;
      if (!calls_[i].got) lost.push_back(i);
    }
    if (lost.empty()) return;
    const std::string words =
        fmt::format("{} is left out in {} of {} calls", ways_.number, lost.size(), sent_calls);
    const bool was_as_sent = number_.is_as_sent;
    number_.brief = was_as_sent ? words : fmt::format("{}; {}", number_.brief, words);
    number_.did = was_as_sent ? words : fmt::format("{}; {}", number_.did, words);
    number_.untested.clear();
    if (ways_.may_be_left_out) {
      number_.is_left_out = true;
      return;
    }
    number_.is_as_sent = false;
    if (!was_as_sent) return;
    number_.is_explained = true;
    number_.cause = ways_.cause_of_loss;
    number_.example = calls_[lost.front()].pair;
    const auto sent = ways_.ways.front().value(calls_[lost.front()]);
    number_.sent = sent->count();
    number_.got = std::nullopt;
    number_.did += fmt::format(": the provider said {}", sent->count().value_or(0));
  }

  void find_ways() {
    for (const Way& way : ways_.ways) {
      const bool fits_all = std::all_of(told_.begin(), told_.end(),
                                        [&](std::size_t call) { return fits(way, calls_[call]); });
      if (fits_all) number_.ways.push_back(way.id);
    }
  }

  /// Another way that gives the same numbers everywhere was not tested.
  void say_untested() {
    for (const Way& way : ways_.ways) {
      const bool is_other = way.id != ways_.ways.front().id && !way.untested.empty();
      if (!is_other) continue;
      if (std::find(number_.ways.begin(), number_.ways.end(), way.id) == number_.ways.end())
        continue;
      number_.untested = way.untested;
      return;
    }
  }

  void say_strayed(const std::vector<std::size_t>& strayed) {
    number_.is_as_sent = false;
    const Way* best = nullptr;
    std::size_t most = 0;
    for (std::size_t i = 1; i < ways_.ways.size(); ++i) {
      const auto number = static_cast<std::size_t>(
          std::count_if(strayed.begin(), strayed.end(),
                        [&](std::size_t call) { return fits(ways_.ways[i], calls_[call]); }));
      if (number > most) {
        most = number;
        best = &ways_.ways[i];
      }
    }
    const std::string example =
        fmt::format("{}, and the provider said {}", number_.got.value_or(0),
                    number_.sent ? fmt::format("{}", *number_.sent) : "nothing");
    if (best == nullptr) {
      number_.cause = "contract-broken";
      number_.brief = fmt::format("{} fits nothing that the provider said", ways_.number);
      number_.did = fmt::format("{} in {} of {} calls: {}", number_.brief, strayed.size(),
                                told_.size(), example);
      return;
    }
    // A sentence says what deviates; a formula holds for all calls that it fits.
    const bool fits_all =
        best->sentence.empty() &&
        std::find(number_.ways.begin(), number_.ways.end(), best->id) != number_.ways.end();
    number_.cause = best->cause;
    number_.brief = best->sentence.empty() ? fmt::format("{} = {}", ways_.number, best->words)
                                           : std::string(best->sentence);
    const std::string where =
        told_.size() == 1
            ? std::string()
            : fmt::format(" in {} of {} calls", fits_all ? told_.size() : most, told_.size());
    number_.did = fmt::format("{}{}: {}", number_.brief, where, example);
    number_.is_explained = most == strayed.size();
    if (most < strayed.size())
      number_.did +=
          fmt::format("; {} more fit nothing that the provider said", strayed.size() - most);
  }

  const NumberWays& ways_;
  const std::vector<SentAndGot>& calls_;
  std::vector<std::size_t> told_;  ///< calls in which both sides have the number
  ClientNumber number_;
};

ClientNumber compare_cost(const Side& raw, const Side& client, const Pairs& pairs, bool raw_is_a) {
  ClientNumber number;
  number.number = "cost";
  std::size_t alike = 0;
  std::size_t rounded = 0;
  std::size_t lost = 0;
  if (raw.cost.known == 0 || client.cost.known == 0) return number;
  for (const auto& pair : pairs.calls) {
    const auto sent = raw.calls[raw_is_a ? pair.first : pair.second].cost;
    const auto got = client.calls[raw_is_a ? pair.second : pair.first].cost;
    if (!sent || !got) continue;
    ++number.calls;
    if (!number.example) number.example = pair;
    alike += are_same(*sent, *got) ? 1 : 0;
    rounded += compare(*sent, *got) == CostMatch::as_rounded ? 1 : 0;
    lost += got->amount.money.is_zero() && sent->amount.money > Money() ? 1 : 0;
  }
  if (number.calls == 0) return number;
  number.is_as_sent = alike == number.calls;
  if (number.is_as_sent) {
    number.did = "cost as sent";
  } else if (lost > 0) {
    number.did = fmt::format("cost is 0 although the provider sent one in {} of {} calls", lost,
                             number.calls);
  } else if (alike + rounded == number.calls) {
    number.did = fmt::format("cost is rounded in {} of {} calls", rounded, number.calls);
  } else {
    number.did =
        fmt::format("cost is another one in {} of {} calls", number.calls - alike, number.calls);
  }
  number.brief = lost > 0 ? "cost is 0" : number.did;
  return number;
}

}  // namespace

RawSide raw_side(const Side& a, const Side& b) {
  if (all_calls(a, speaks_as_provider) && all_calls(b, speaks_as_client)) return RawSide::a;
  if (all_calls(b, speaks_as_provider) && all_calls(a, speaks_as_client)) return RawSide::b;
  if (!all_calls(a, speaks_as_provider) || !all_calls(b, speaks_as_provider))
    return RawSide::neither;
  const auto is_log = [](const CallKind& kind) { return !was_sent(kind); };
  if (all_calls(a, was_sent) && all_calls(b, is_log)) return RawSide::a;
  if (all_calls(b, was_sent) && all_calls(a, is_log)) return RawSide::b;
  return RawSide::neither;
}

ClientReport compare_with_raw(const Side& a, const Side& b, const Pairs& pairs, RawSide raw) {
  ClientReport report;
  report.raw = raw;
  if (raw == RawSide::neither || pairs.calls.empty()) return report;
  const bool raw_is_a = raw == RawSide::a;
  const Side& sender = raw_is_a ? a : b;
  const Side& client = raw_is_a ? b : a;
  for (const NumberWays& ways : all_ways()) {
    std::vector<SentAndGot> calls;
    for (const auto& pair : pairs.calls) {
      calls.push_back(sent_and_got(ways, sender.calls[raw_is_a ? pair.first : pair.second],
                                   client.calls[raw_is_a ? pair.second : pair.first]));
      calls.back().pair = pair;
    }
    ClientNumber number = NumberReader(ways, calls).read();
    if (!number.did.empty()) report.numbers.push_back(std::move(number));
  }
  ClientNumber cost = compare_cost(sender, client, pairs, raw_is_a);
  if (!cost.did.empty()) report.numbers.push_back(std::move(cost));
  return report;
}

PartVerdict judge_client(const ClientReport& client) {
  PartVerdict part{Likeness::same, {}};
  std::vector<std::string_view> did;
  for (const ClientNumber& number : client.numbers) {
    if (number.is_as_sent && !number.is_left_out) continue;
    did.push_back(number.brief);
    const bool is_changed = !number.is_as_sent && number.is_explained;
    part.verdict = worse(part.verdict, is_changed ? Likeness::different : Likeness::undetermined);
  }
  if (!did.empty())
    part.sentence = fmt::format("{} is not what the provider sent: {}",
                                client.raw == RawSide::a ? "B" : "A", fmt::join(did, ", "));
  return part;
}

std::vector<std::string_view> ways_of(std::string_view number) {
  std::vector<std::string_view> ids;
  for (const NumberWays& ways : all_ways()) {
    if (ways.number != number) continue;
    for (const Way& way : ways.ways) ids.push_back(way.id);
  }
  return ids;
}

}  // namespace usagectl
