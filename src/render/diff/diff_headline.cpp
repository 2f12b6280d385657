#include "render/diff/diff_headline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "render/text/number_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// The sides that hold nothing to compare, or an empty text.
std::string empty_sides(const DiffReport& report) {
  const bool a = report.a.records() == 0;
  const bool b = report.b.records() == 0;
  if (a && b) return "neither A nor B holds usage: there is nothing to compare";
  if (!a && !b) return {};
  std::string text = fmt::format("{} holds no usage: there is nothing to compare", a ? "A" : "B");
  const auto total = (a ? report.b : report.a).sums.total.sum_of(Counter::total);
  if (total) text += fmt::format("; {} holds {} tokens", a ? "B" : "A", number_text(*total));
  return text;
}

std::string meaning_text(const DiffReport& report) {
  const PartVerdict& part = report.part(DiffPart::meaning);
  if (std::string did = judge_client(report.client).sentence; !did.empty()) return did;
  switch (part.verdict) {
    case Likeness::same: return "same meaning";
    case Likeness::undetermined: {
      const bool is_said = report.verdict == Likeness::undetermined;
      return (is_said ? "" : "undetermined meaning: ") + part.sentence;
    }
    case Likeness::different: break;
  }
  return part.sentence;
}

std::string keys_text(const DiffReport& report) {
  const PartVerdict& part = report.part(DiffPart::keys);
  if (part.verdict == Likeness::same) return "same keys";
  if (part.verdict == Likeness::undetermined) return part.sentence;
  std::vector<std::string> only;
  for (const bool in_a : {true, false}) {
    const auto number = std::count_if(
        report.keys.begin(), report.keys.end(),
        [&](const KeyDifference& key) { return (in_a ? key.b : key.a).records == 0; });
    if (number > 0) only.push_back(fmt::format("{} only in {}", number, in_a ? "A" : "B"));
  }
  return fmt::format("other keys ({})", joined(only, ", "));
}

bool lacks_calls(const DiffReport& report) {
  return !report.records.unpaired_a.empty() || !report.records.unpaired_b.empty();
}

/// "1 call of A is not in B", or an empty text.
std::string lacking_calls(std::size_t number, std::string_view of, std::string_view in) {
  if (number == 0) return {};
  return fmt::format("{} of {} {} not in {}", quantity(number, "call"), of,
                     number == 1 ? "is" : "are", in);
}

std::string records_text(const DiffReport& report) {
  const std::string& sentence = report.part(DiffPart::records).sentence;
  std::vector<std::string> texts = {lacking_calls(report.records.unpaired_a.size(), "A", "B"),
                                    lacking_calls(report.records.unpaired_b.size(), "B", "A"),
                                    sentence.substr(0, sentence.find("; "))};
  std::erase(texts, "");
  return joined(texts, ", ");
}

std::string values_text(const DiffReport& report) {
  const PartVerdict& part = report.part(DiffPart::values);
  if (part.verdict == Likeness::same) return "the numbers agree";
  if (part.verdict == Likeness::undetermined) return part.sentence;
  const ValueDifference* shown = nullptr;
  for (const ValueDifference& value : report.values.totals) {
    // The total says most; without one, the first that differs.
    if (value.is_beyond && (shown == nullptr || value.counter == Counter::total)) shown = &value;
  }
  if (shown == nullptr) return part.sentence;
  return fmt::format("other numbers: {} {} in A, {} in B", name_of(shown->counter),
                     number_text(shown->a), number_text(shown->b));
}

std::string text_of(const DiffReport& report, DiffPart part) {
  switch (part) {
    case DiffPart::records: return records_text(report);
    case DiffPart::keys: return keys_text(report);
    case DiffPart::meaning: return meaning_text(report);
    case DiffPart::proof: return report.part(part).sentence;
    case DiffPart::values: return values_text(report);
  }
  return {};
}

/// "but for 3 accepted differences: ", or an empty text.
std::string accepted_text(const DiffReport& report) {
  if (report.accepted == 0) return {};
  return fmt::format("but for {}: ", quantity(report.accepted, "accepted difference"));
}

std::string parity_text(const DiffReport& report) {
  if (report.accepted > 0) return {};
  if (!report.fails()) return "parity holds: ";
  return report.verdict == Likeness::different ? "no parity: " : "parity is not proved: ";
}

}  // namespace

std::string diff_reasons(const DiffReport& report) {
  if (std::string text = empty_sides(report); !text.empty()) return text;
  std::vector<DiffPart> parts = {DiffPart::meaning, DiffPart::proof, DiffPart::keys,
                                 DiffPart::records, DiffPart::values};
  if (report.judgement.of(DiffPart::proof) == Weighed::shown) std::erase(parts, DiffPart::proof);
  // What decides comes first.
  std::stable_partition(parts.begin(), parts.end(), [&](DiffPart part) {
    return report.fails(part) || (report.judgement.of(part) != Weighed::shown &&
                                  report.part(part).verdict != Likeness::same);
  });
  // Where nothing fails, the calls that lack come first.
  if (lacks_calls(report) && !report.fails())
    std::stable_partition(parts.begin(), parts.end(),
                          [](DiffPart part) { return part == DiffPart::records; });
  std::vector<std::string> texts;
  for (const DiffPart part : parts) texts.push_back(text_of(report, part));
  const Continuation& continuation = report.continuation;
  if (continuation.is_proved || continuation.key == "entity") {
    const std::string& sentence = continuation.sentence;
    if (!sentence.empty()) texts.push_back(sentence.substr(0, sentence.find(": ")));
  }
  return accepted_text(report) +
         (report.judgement.is_parity ? parity_text(report) : std::string()) + joined(texts, "; ");
}

std::string diff_headline(const DiffReport& report) {
  if (report.is_empty()) return diff_reasons(report);
  return fmt::format("{}  {}", name_of(report.verdict), diff_reasons(report));
}

}  // namespace usagectl
