// Reports of this program, which end up in the folders that they are about: what they tell of
// stands elsewhere, so that counting them would count it twice.
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kRule = "report of usagectl";

/// In the words of this program's own reports: {"name": {"tokens": {…}}, …}
bool speaks_as_reports_do(const Json& document) {
  bool speaks = document.is_object() && document.size() > 0;
  std::size_t members = 0;
  document.each_member([&](std::string_view, const Json& member) {
    if (!speaks || ++members > 4) return;
    const Json tokens = member["tokens"];
    speaks = tokens.has("cache_read") && tokens.has("cache_write") && tokens.has("tool_prompt") &&
             tokens.has("reasoning");
  });
  return speaks;
}

bool is_report(const Json& document, const FileContext&) {
  return document["schema"].text().starts_with("usagectl.") || speaks_as_reports_do(document);
}

void read_report(const Json&, const FileContext&, Observations& observations) {
  observations.ignored(kRule);
}

/// A row of `usagectl summarize --format csv`, which says of each counter how many records know it.
bool is_summary_row(const Json& value) {
  return value.has("known_tool_prompt") && value.has("known_cache_write") &&
         value.has("known_reasoning");
}

/// A line of `usagectl records`, or a row of its table.
bool is_record(const Json& value, const FileContext&) {
  if (is_summary_row(value)) return true;
  constexpr std::string_view kRoles[] = {"request", "aggregate", "cumulative", "copy"};
  const std::string_view role = value["role"].text();
  bool is_role = false;
  for (const std::string_view known : kRoles) is_role = is_role || role == known;
  return is_role && value["format"].is_text() && value["dialect"].present() &&
         value["pointer"].present() && (value["tokens"].is_object() || value["file"].is_text());
}

class Reader final : public LineReader {
 public:
  explicit Reader(const FileContext&) {}
  void line(const Json&, const Place&, Observations& observations) override {
    observations.ignored(kRule);
  }
};

}  // namespace

extern const Format format_usagectl_report;
const Format format_usagectl_report{
    .id = "usagectl.report",
    .description = "what this program wrote: set aside, as it is about other files",
    .open_document = open_document<[](const Json& document, const FileContext& file) {
      return is_report(document, file) || is_record(document, file);
    },
                                   read_report>,
    .lines = LineFormat{.recognises = is_record,
                        .open = open_reader<Reader>,
                        .are_independent = true,
                        .recognises_every_line = true},
};

}  // namespace usagectl
