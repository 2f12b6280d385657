#include "capture/beside/lines_as_list.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "capture/places.hpp"
#include "capture/read_lines.hpp"
#include "formats/reading/left_open.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

/// How much is not sure of what was found.
struct LeftOpen {
  std::size_t unrelated = 0;   ///< usage that is not counted, as nothing relates it to other usage
  std::size_t unreadable = 0;  ///< what cannot be read in any way
  std::size_t rejected = 0;
  std::size_t doubts = 0;  ///< all that is said
};

LeftOpen left_open(const Observations& found) {
  LeftOpen open;
  for (const auto& entry : found.entries()) {
    if (const auto* const rejected = std::get_if<RejectedObject>(&entry.what)) {
      ++open.doubts;
      ++open.rejected;
      if (says_unrelated(rejected->problem)) ++open.unrelated;
    } else if (const auto* const finding = std::get_if<Finding>(&entry.what)) {
      if (finding->severity == Severity::note) continue;
      ++open.doubts;
      if (finding->cause == kNotCounted) ++open.unrelated;
    } else if (std::holds_alternative<UnreadablePlace>(entry.what)) {
      ++open.unreadable;
    } else if (std::holds_alternative<Trouble>(entry.what)) {
      ++open.doubts;
    }
  }
  return open;
}

/// Whether no line held anything that somebody knows, be it to leave it out.
bool is_all_unknown(const Observations& found) {
  const auto& ignored = found.objects_ignored();
  return found.records().empty() && found.duplicates() == 0 &&
         std::all_of(ignored.begin(), ignored.end(),
                     [](const auto& rule) { return rule.first == "JSON without usage"; });
}

bool may_speak_of_usage(std::string_view text) {
  return text.find("oken") != std::string_view::npos ||
         text.find("\"usage\"") != std::string_view::npos;
}

/// Lines as the items of a list.
struct ListOfLines {
  std::string text = "[";
  std::vector<std::uint64_t> lines;  ///< of each item
};

ListOfLines list_of(std::string_view text) {
  ListOfLines list;
  list.text.reserve(text.size() + 2);
  each_line(text, [&](std::uint64_t number, std::string_view line) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    if (!list.lines.empty()) list.text += ',';
    list.text += line;
    list.lines.push_back(number);
  });
  list.text += ']';
  return list;
}

/// "/3/usage" of the list is "/usage" of a line.
void place_in_line(const ListOfLines& list, Place& place) {
  if (!place.pointer.starts_with('/')) return;
  std::size_t item = 0;
  const char* const begin = place.pointer.data() + 1;
  const auto [end, error] =
      std::from_chars(begin, place.pointer.data() + place.pointer.size(), item);
  if (error != std::errc() || item >= list.lines.size()) return;
  place.line = list.lines[item];
  place.pointer.erase(0, static_cast<std::size_t>(end - place.pointer.data()));
}

}  // namespace

void settle_as_list(std::string_view text, const FileContext& file, JsonParser& parser,
                    Observations& found, FileReading& reading) {
  if (reading.format != &any_lines()) return;
  const LeftOpen by_lines = left_open(found);
  // Words that no dialect knows may be read in a list, too.
  const bool is_nothing_read = is_all_unknown(found) && may_speak_of_usage(text);
  if ((by_lines.unrelated == 0 && !is_nothing_read) || by_lines.unreadable > 0) return;
  const ListOfLines list = list_of(text);
  const ParsedJson parsed = parser.parse_copy(list.text);
  // A line may hold several values.
  if (parsed.fault || parsed.root.size() != list.lines.size()) return;
  Observations again;
  const FileReading as_list = read_document(parsed.root, file, again);
  const bool is_inferred = std::any_of(
      again.entries().begin(), again.entries().end(),
      [](const auto& entry) { return std::holds_alternative<InferredLayout>(entry.what); });
  const LeftOpen by_list = left_open(again);
  const bool is_better =
      is_nothing_read ? !again.records().empty() : by_list.doubts < by_lines.doubts;
  if (!is_inferred || by_list.rejected > 0 || by_list.unreadable > 0 || !is_better) return;
  each_place(again, [&](Place& place) { place_in_line(list, place); });
  for (auto& entry : again.entries()) {
    // A layout of the list is none of the lines.
    if (auto* const layout = std::get_if<InferredLayout>(&entry.what)) layout->layout.clear();
  }
  found = std::move(again);
  reading = as_list;
}

}  // namespace usagectl
