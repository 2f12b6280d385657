#include "capture/cut_end.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "input/unfinished.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

/// The last line that holds something, and its number.
struct LastLine {
  std::string_view text;
  std::uint64_t number = 1;
};

LastLine last_line_of(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(kWhiteSpace) + 1);
  const auto line_break = text.rfind('\n');
  LastLine last{line_break == std::string_view::npos ? text : text.substr(line_break + 1), 1};
  last.number += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return last;
}

/// "key: 12" and "- 12".
bool ends_with_number(std::string_view line) {
  const auto begin = line.find_last_not_of("0123456789_");
  return begin != std::string_view::npos && begin + 1 < line.size() && line[begin] == ' ';
}

/// The keys that have a value; a bracket behind those of an object or list.
std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  object.each_member([&](std::string_view key, const Json& value) {
    if (value.is_null()) return;
    keys.emplace_back(key);
    if (value.is_object() || value.is_array()) keys.back().push_back('[');
  });
  return keys;
}

/// The list that the document is, or that its last member is.
Json last_list_of(const Json& document) {
  Json last = document;
  document.each_member([&](std::string_view, const Json& value) { last = value; });
  return last;
}

/// Whether all items of the list but the last one have a key in common that it lacks.
bool lacks_a_key_in_last(const Json& list) {
  const std::size_t items = list.size();
  if (!list.is_array() || items < 2) return false;
  std::vector<std::string> common;
  std::vector<std::string> last;
  list.each_item([&](std::size_t index, const Json& item) {
    std::vector<std::string> keys = keys_of(item);
    if (index + 1 == items) {
      last = std::move(keys);
    } else if (index == 0) {
      common = std::move(keys);
    } else {
      std::erase_if(common, [&](const std::string& key) {
        return std::find(keys.begin(), keys.end(), key) == keys.end();
      });
    }
  });
  return std::any_of(common.begin(), common.end(), [&](const std::string& key) {
    return std::find(last.begin(), last.end(), key) == last.end();
  });
}

/// What the recorder of a cassette writes behind all interactions, or in the last one, and is not
/// there. vcrpy: vcr/serialize.py, keys in their order; Ruby VCR: cassette.rb, recorded_with last;
/// go-vcr: cassette.go, the code of a response near its end (seen 2026-11-26).
std::optional<std::string> missing_at_end(const Json& document) {
  const bool is_ruby = document["http_interactions"].is_array();
  const Json list = is_ruby ? document["http_interactions"] : document["interactions"];
  if (!list.is_array() || list.size() == 0) return {};
  const Json first = list.item(0);
  if (!first["request"].is_object()) return {};
  const Json last = list.item(list.size() - 1);
  if (!last["response"].is_object()) return "the last interaction has no response";
  bool is_go = false;
  bool is_first_key = true;
  document.each_member([&](std::string_view key, const Json&) {
    is_go = is_go || (is_first_key && key == "version");
    is_first_key = false;
  });
  if (is_go && !last["response"].has("code")) return "the last response has no code";
  const std::string_view key = is_ruby ? "recorded_with" : "version";
  if (document.has(key)) return {};
  return "the key " + std::string(key) + ", which the recorder writes last, is missing";
}

}  // namespace

void report_open_end(const Place& place, bool is_likely, const std::string& what,
                     Observations& observations) {
  Finding finding;
  finding.rule = Rule::coverage;
  finding.severity = is_likely ? Severity::warning : Severity::note;
  finding.place = place;
  finding.cause = "file-cut";
  finding.explanation = what;
  observations.finding(std::move(finding));
}

void report_cut_yaml(std::string_view text, const Json& document, const FileContext& file,
                     Observations& observations) {
  const bool is_ended = text.ends_with('\n');
  const LastLine last = last_line_of(text);
  const Place place{file.id, last.number, {}};
  const auto warn = [&](const std::string& what) {
    report_open_end(place, true, what + ": the file is still being written to, or was cut",
                    observations);
  };
  if (auto missing = missing_at_end(document)) {
    warn(*missing);
  } else if (!is_ended && last.text.ends_with(':')) {
    warn("no line break ends the file, and its last key has no value");
  } else if (is_ended) {
    return;
  } else if (lacks_a_key_in_last(last_list_of(document))) {
    warn("no line break ends the file, and its last item lacks what all others have");
  } else if (ends_with_number(last.text)) {
    report_open_end(place, false,
                    "no line break ends the file: if it was cut, its last number had more digits",
                    observations);
  }
}

}  // namespace usagectl
