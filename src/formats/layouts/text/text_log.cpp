#include "formats/layouts/text/text_log.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/usage_words.hpp"
#include "formats/layouts/layout_reader.hpp"
#include "formats/layouts/text/text_counted.hpp"
#include "formats/layouts/text/text_course.hpp"
#include "formats/layouts/text/text_layout.hpp"
#include "formats/layouts/text/text_matches.hpp"
#include "formats/layouts/text/text_seen.hpp"
#include "input/containers/json_text.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kStartBytes = std::size_t{64} * 1024;
/// Whose meaning only all of them together show.
constexpr std::size_t kMostLinesTogether = 1'000'000;

/// The text as a number, where it is one.
std::optional<Count> number_of(std::string_view text) {
  if (text.empty() || text.size() > 18 ||
      text.find_first_not_of("0123456789") != std::string_view::npos ||
      (text.size() > 1 && text[0] == '0'))
    return std::nullopt;
  Count number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

using Members = std::vector<std::pair<std::string, std::string>>;

void append_members(const Members& members, std::string& json) {
  for (const auto& [name, value] : members) {
    if (json.back() != '{') json.push_back(',');
    append_raw_json_string(name, json);
    json.push_back(':');
    if (is_json_number(value))
      json += value;
    else
      append_raw_json_string(value, json);
  }
}

class TextLog {
 public:
  TextLog(const Layout& layout, const FileContext& file, JsonParser& parser,
          Observations& observations)
      : layout_(layout),
        file_(file),
        parser_(parser),
        observations_(observations),
        reader_(layout, file, LayoutReader::Of::lines) {}

  void read(std::string_view text) {
    const TextSeen seen =
        each_text_match(*layout_.text, text, [&](TextMatch&& match) { take(std::move(match)); });
    settle();
    reader_.finish(observations_);
    say_rounded();
    report_text_seen(seen, text, file_.id, layout_.text->known_by != nullptr, observations_);
  }

 private:
  Place place_of(std::uint64_t line) const { return {file_.id, line, {}}; }

  void take(TextMatch&& match) {
    const TextPattern& pattern = *match.pattern;
    if (!match.fault.empty()) {
      observations_.rejected(place_of(match.line), match.fault);
      return;
    }
    if (pattern.is_kept) {
      for (auto& [name, value] : match.members) keep(name, std::move(value));
      return;
    }
    if (pattern.course == TextCourse::sum) {
      compare(match);
      return;
    }
    note_rounded(match);
    if (!pattern.is_second) {
      is_any_first_ = true;
      add_up(match);
    }
    if (pattern.course == TextCourse::calls && !pattern.is_second)
      read_document({match.line, document_of(match), {}, match.label, {}, {}}, false);
    else
      hold(match);
  }

  void note_rounded(const TextMatch& match) {
    if (match.rounded.empty()) return;
    if (rounded_lines_++ == 0) first_rounded_ = match.line;
    for (const auto& [name, off_by] : match.rounded) off_by_[name] += off_by;
  }

  /// A sum of rounded counts is not exact, whatever it looks like.
  void say_rounded() {
    if (rounded_lines_ == 0) return;
    std::string parts;
    for (const auto& [name, off_by] : off_by_) {
      parts += fmt::format("{}{} by up to {}", parts.empty() ? "" : ", ", name,
                           off_by.count() ? fmt::format("{}", *off_by.count()) : "too much");
    }
    warn(first_rounded_, "rounded-counts",
         fmt::format(
             "the file has rounded counts in {}: the sums may be off, {}",
             rounded_lines_ == 1 ? std::string("1 line") : fmt::format("{} lines", rounded_lines_),
             parts));
  }

  void keep(const std::string& name, std::string&& value) {
    const auto known = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const auto& member) { return member.first == name; });
    if (known != kept_.end())
      known->second = std::move(value);
    else
      kept_.emplace_back(name, std::move(value));
  }

  std::string document_of(const TextMatch& match) const {
    const bool is_whole = match.pattern->as.empty();
    Members around;
    for (const auto& member : kept_) {
      const bool is_own =
          is_whole && std::any_of(match.members.begin(), match.members.end(),
                                  [&](const auto& own) { return own.first == member.first; });
      if (!is_own) around.push_back(member);
    }
    std::string json = "{";
    append_members(around, json);
    if (is_whole) {
      append_members(match.members, json);
    } else {
      if (json.back() != '{') json.push_back(',');
      append_raw_json_string(match.pattern->as, json);
      json += ":{";
      append_members(match.members, json);
      json.push_back('}');
    }
    json.push_back('}');
    return json;
  }

  void read_document(const HeldLine& held, bool is_total_so_far) {
    const std::uint64_t line = held.line;
    const ParsedJson parsed = parser_.parse_copy(held.document);
    if (parsed.fault) {
      observations_.rejected(place_of(line), fmt::format("cannot be read: {}", parsed.fault->what));
      return;
    }
    const std::size_t before = observations_.records().size();
    const std::size_t entries_before = observations_.entries().size();
    if (reader_.needs_every_line()) reader_.remember(parsed.root);
    reader_.read(parsed.root, 0, place_of(line), observations_);
    // A line has no places in it. Of a total so far, the calls are not known.
    for (std::size_t i = before; i < observations_.records().size(); ++i) {
      UsageRecord& record = observations_.records()[i];
      record.place.pointer.clear();
      take_label(held.label, record.sums);
      take_number_of_calls(record);
      if (!is_total_so_far || record.role != Role::request) continue;
      record.role = Role::aggregate;
      record.counts.set(Counter::requests, std::nullopt);
    }
    // What many write was found by its words: numbers beside them that are nobody's are no usage
    // that may be passed over.
    const bool is_nothing = observations_.records().size() == before &&
                            observations_.entries().size() == entries_before;
    if (is_nothing && !held.numbers.empty() && layout_.text->known_by == nullptr)
      observations_.rejected(place_of(line), "has token counts under names that no dialect knows");
  }

  /// What tells of several calls is their sum, where they stand in the log as well.
  void take_number_of_calls(UsageRecord& record) const {
    const auto requests = record.counts[Counter::requests];
    const bool is_anybodys = layout_.text->known_by == nullptr && layout_.text->named == nullptr;
    if (!is_anybodys || record.role != Role::aggregate || !requests) return;
    record.sums.calls = requests;
    record.sums.is_named_so = record.sums.is_named_so || *requests > 1;
  }

  /// Many of them are none.
  std::string_view known_writer(const std::string& writer) {
    constexpr std::size_t kMostWriters = 64;
    if (writers_.size() >= kMostWriters && !writers_.contains(writer)) return {};
    return *writers_.insert(writer).first;
  }

  void hold(const TextMatch& match) {
    std::vector<std::string> names;
    HeldLine held{match.line, document_of(match), {}, match.label, known_writer(match.writer), {}};
    std::string key = std::to_string(match.pattern - layout_.text->patterns.data());
    for (const auto& [name, value] : match.members) {
      const bool is_count = name != "time" && !is_cost_name(name);
      const auto number = is_count ? number_of(value) : std::nullopt;
      if (number) {
        key += '/' + name;
        names.push_back(name);
        held.numbers.push_back(*number);
      } else if (name == "model") {
        key += '=' + value;
      } else if (name == "request_id" || name == "response_id") {
        held.id = value;
      }
    }
    // What is called a sum is one of other lines, not the next of them.
    if (is_called_sum(match.label)) key += "=" + std::to_string(static_cast<int>(match.label));
    // What was said of them before, such as the name of a part, tells lines apart.
    for (const auto& [name, value] : kept_) {
      if (name != "time" && !number_of(value)) key += '=' + value;
    }
    if (++held_ > kMostLinesTogether) return;
    LineSeries& series = series_[key];
    series.pattern = match.pattern;
    if (series.lines.empty()) series.name_numbers(std::move(names));
    series.lines.push_back(std::move(held));
  }

  /// What a sum in the log is compared with.
  void add_up(const TextMatch& match) {
    ++calls_;
    for (const auto& [name, value] : match.members) {
      if (const auto number = number_of(value)) sums_[name] += *number;
    }
  }

  void compare(const TextMatch& match) {
    for (const auto& [name, value] : match.members) {
      const auto asserted = number_of(value);
      if (!asserted) continue;
      const ExactSum sum = sums_[name];
      if (sum == ExactSum(*asserted)) {
        observations_.held();
        continue;
      }
      if (std::exchange(is_difference_said_, true)) continue;
      observations_.finding(
          {.rule = Rule::sum,
           .severity = Severity::warning,
           .place = place_of(match.line),
           .asserted = asserted,
           .calculated = sum.count(),
           .basis = fmt::format("sum of the {} calls before it", calls_),
           .explanation = fmt::format(
               "the log gives {} as {}, and its calls add up to another number: it may not begin "
               "where the run began",
               name, *asserted)});
    }
  }

  void settle() {
    if (held_ > kMostLinesTogether) {
      observations_.unreadable(
          {file_.id, 0, {}},
          {fmt::format("has more than {} lines of which only all together say what they count",
                       kMostLinesTogether),
           {},
           {}});
      return;
    }
    std::vector<CountedLine> counted;
    for (const auto& [key, series] : series_) settle(series, counted);
    std::stable_sort(
        counted.begin(), counted.end(),
        [](const CountedLine& a, const CountedLine& b) { return a.held->line < b.held->line; });
    if (layout_.text->known_by == nullptr && layout_.text->named == nullptr) {
      leave_out_copies(counted, file_.id, observations_);
      leave_out_breakdowns(counted, observations_);
    }
    say_end_that_is_no_sum(counted, file_.id, observations_);
    for (const CountedLine& one : counted) read_document(*one.held, one.is_total_so_far);
  }

  void settle(const LineSeries& series, std::vector<CountedLine>& counted) {
    if (series.pattern->is_second && is_any_first_) {
      say_second(series);
      return;
    }
    std::vector<std::vector<Count>> numbers;
    numbers.reserve(series.lines.size());
    for (const HeldLine& held : series.lines) numbers.push_back(held.numbers);
    if (series.pattern->course == TextCourse::running) {
      const auto last = last_of_stretches(numbers);
      for (const std::size_t i : last) counted.push_back({&series.lines[i], &series, true});
      observations_.ignored(kRepeated, series.lines.size() - last.size());
      return;
    }
    // What is called a sum is judged with the calls of its file.
    if (is_called_sum(series.lines.front().label)) {
      for (const HeldLine& held : series.lines) counted.push_back({&held, &series, false});
      return;
    }
    const CourseOfLines course = course_of_lines(numbers);
    for (const std::size_t i : course.counted)
      counted.push_back({&series.lines[i], &series, course.are_running});
    observations_.ignored(kRepeated, series.lines.size() - course.counted.size());
    if (course.has_sum) observations_.held();
    if (course.are_running) {
      warn(series.lines.front().line, "running-total",
           fmt::format("{} lines grow from one to the next and are taken for totals so far: {}",
                       series.lines.size(),
                       course.counted.size() == 1
                           ? std::string("the last one counts")
                           : fmt::format("{} of them count, each before one that does not grow",
                                         course.counted.size())));
    } else if (course.may_be_running && series.names.size() == 1) {
      warn(series.lines.front().line, "running-total",
           fmt::format("{} lines are counted as one call each; as each is greater than the one "
                       "before, they may be totals so far",
                       series.lines.size()));
    }
  }

  /// Totals beside lines that give input and output.
  void say_second(const LineSeries& series) {
    observations_.ignored(kRepeated, series.lines.size());
    ExactSum sum;
    for (const HeldLine& held : series.lines) {
      for (const Count number : held.numbers) sum += number;
    }
    ExactSum whole;
    for (const auto& [name, of_calls] : sums_) {
      const auto counter = counter_named(name);
      if (counter &&
          (counter->quantity == Quantity::input || counter->quantity == Quantity::output))
        whole += of_calls;
    }
    const bool is_last_held = !series.lines.back().numbers.empty() &&
                              ExactSum(series.lines.back().numbers.back()) == whole;
    if (is_last_held || sum == whole) {
      observations_.held();
      return;
    }
    warn(series.lines.front().line, "not-counted",
         fmt::format("not counted: {} {} of total tokens beside lines with input and output, whose "
                     "sum is another",
                     series.lines.size(), series.lines.size() == 1 ? "line" : "lines"));
  }

  void warn(std::uint64_t line, std::string_view cause, std::string explanation) {
    observations_.finding({.rule = Rule::coverage,
                           .severity = Severity::warning,
                           .place = place_of(line),
                           .cause = cause,
                           .explanation = std::move(explanation)});
  }

  static constexpr std::string_view kRepeated = "repeated by a later line";

  const Layout& layout_;
  FileContext file_;
  JsonParser& parser_;
  Observations& observations_;
  LayoutReader reader_;
  Members kept_;
  std::map<std::string, LineSeries> series_;
  std::set<std::string> writers_;
  std::size_t held_ = 0;
  std::map<std::string, ExactSum, std::less<>> sums_;
  std::uint64_t calls_ = 0;
  std::uint64_t rounded_lines_ = 0;
  std::uint64_t first_rounded_ = 0;
  std::map<std::string, ExactSum> off_by_;
  bool is_any_first_ = false;
  bool is_difference_said_ = false;
};

}  // namespace

namespace {

bool is_of_that_name(const Layout& layout, std::string_view path) {
  const auto& named = layout.text->named;
  return named != nullptr &&
         re2::RE2::PartialMatch(re2::StringPiece(path.data(), path.size()), named->compiled());
}

}  // namespace

bool is_text_of(const Layout& layout, std::string_view text) {
  const auto& known_by = layout.text->known_by;
  const std::string_view start = text.substr(0, kStartBytes);
  if (known_by != nullptr &&
      !re2::RE2::PartialMatch(re2::StringPiece(start.data(), start.size()), known_by->compiled()))
    return false;
  return finds_any(*layout.text, text);
}

TextLogFormat text_log_format_of(std::string_view text, const FileContext& file, bool only_named,
                                 bool may_be_log) {
  for (const auto& format : file.knowledge->formats) {
    if (format->open_document || format->open_text || format->lines || !format->kept) continue;
    const auto* const layout = static_cast<const Layout*>(format->kept.get());
    const bool is_named = layout->text->known_by != nullptr;
    if (!may_be_log && !is_of_that_name(*layout, file.path)) continue;
    if (is_named == only_named && is_text_of(*layout, text)) return {layout, format.get()};
  }
  return {};
}

void read_text_log(const Layout& layout, std::string_view text, const FileContext& file,
                   JsonParser& parser, Observations& observations) {
  TextLog(layout, file, parser, observations).read(text);
}

}  // namespace usagectl
