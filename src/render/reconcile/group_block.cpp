#include "render/reconcile/group_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "render/reconcile/finding_block.hpp"
#include "render/reconcile/finding_parts.hpp"
#include "render/reconcile/reconcile_sheet.hpp"
#include "render/text/number_text.hpp"
#include "render/text/sheet.hpp"
#include "render/text/table.hpp"
#include "render/text/visible_text.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

/// Of errors every number is shown, of the rest so many.
constexpr std::size_t kShownDoubts = 5;

/// The findings of a group, and what all of them share.
struct Shared {
  std::vector<const Finding*> findings;
  bool file = true;
  bool line = true;
  bool has_numbers = false;
  std::string pointer;      ///< the beginning of every pointer, whole steps of it
  std::string explanation;  ///< the one that most of them have, as has the next
  std::string basis;
  bool is_all_of_one_basis = true;  ///< where they have one

  const Finding& first() const { return *findings.front(); }
};

/// The steps that both pointers begin with.
std::string_view shared_steps(std::string_view a, std::string_view b) {
  std::size_t end = 0;
  for (std::size_t at = 0; at <= a.size(); ++at) {
    const bool ends_step =
        (at == a.size() || a[at] == '/') && (at == b.size() || (at < b.size() && b[at] == '/'));
    if (ends_step) end = at;
    if (at == a.size() || at >= b.size() || a[at] != b[at]) break;
  }
  return a.substr(0, end);
}

/// What is said of one number, as it is said of several: "output is not the sum of its parts".
std::string explanation_of(const Finding& finding) {
  constexpr std::string_view kOne = " is not the sum of its ";
  if (finding.counter.empty() || !finding.explanation.starts_with(finding.counter))
    return finding.explanation;
  const std::string_view rest =
      std::string_view(finding.explanation).substr(finding.counter.size());
  if (!rest.starts_with(kOne)) return finding.explanation;
  return fmt::format("these are not the sums of their {}", rest.substr(kOne.size()));
}

/// The text that most of them have; the first of those that do.
template <typename TextOf>
std::string most_frequent(const std::vector<const Finding*>& findings, TextOf text_of) {
  std::map<std::string, std::size_t> times;
  for (const Finding* finding : findings) {
    const std::string text = text_of(*finding);
    if (!text.empty()) ++times[text];
  }
  std::string best;
  std::size_t most = 0;
  for (const Finding* finding : findings) {
    const std::string text = text_of(*finding);
    if (text.empty() || times[text] <= most) continue;
    most = times[text];
    best = text;
  }
  return best;
}

Shared shared_by(const FindingGroup& group, const ReconcileReport& report) {
  Shared shared;
  for (const std::size_t index : group) shared.findings.push_back(&report.findings[index]);
  const Finding& first = shared.first();
  shared.pointer = first.place.pointer;
  for (const Finding* finding : shared.findings) {
    shared.file = shared.file && finding->place.file == first.place.file;
    shared.line = shared.line && finding->place.line == first.place.line;
    shared.has_numbers =
        shared.has_numbers || finding->asserted || finding->calculated || finding->cost;
    shared.pointer = std::string(shared_steps(shared.pointer, finding->place.pointer));
  }
  if (!shared.file) shared.pointer.clear();
  shared.explanation = most_frequent(shared.findings, explanation_of);
  shared.basis =
      most_frequent(shared.findings, [](const Finding& finding) { return finding.basis; });
  for (const Finding* finding : shared.findings) {
    const bool differs = !finding->basis.empty() && finding->basis != shared.basis;
    shared.is_all_of_one_basis = shared.is_all_of_one_basis && !differs;
  }
  return shared;
}

Cell text_cell(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

/// What the pointer says beyond the place of the block.
std::string_view rest_of_pointer(const Finding& finding, const Shared& shared) {
  std::string_view rest = finding.place.pointer;
  rest.remove_prefix(std::min(shared.pointer.size(), rest.size()));
  if (shared.file && !shared.pointer.empty() && rest.starts_with('/')) rest.remove_prefix(1);
  return rest;
}

/// The counter, unless the pointer names it.
std::string_view counter_of(const Finding& finding) {
  const std::string_view pointer = finding.place.pointer;
  const std::size_t key = pointer.rfind('/');
  const bool is_named = key != std::string_view::npos &&
                        pointer.substr(key).find(finding.counter) != std::string_view::npos;
  return is_named ? std::string_view() : finding.counter;
}

/// A remark that is not the one of the block.
std::string remark_of(const Finding& finding, const Shared& shared) {
  return explanation_of(finding) == shared.explanation ? std::string() : finding.explanation;
}

Sheet sheet_of(const Shared& shared, const ReconcileReport& report) {
  Sheet sheet;
  sheet.columns = {
      {"file", "file", Content::text, Weight::main},
      {"line", "line", Content::text, Weight::useful},
      {"number", shared.has_numbers ? "number" : "place", Content::pointer, Weight::main},
      {"counter", "counter", Content::text, Weight::main},
      {"asserted", "asserted", Content::number},
      {"calculated", "calculated", Content::number},
      {"difference", "difference", Content::number},
      {"from", "from", Content::sentence, Weight::useful},
      {"remark", "remark", Content::sentence, Weight::useful}};
  const bool is_error = shared.first().severity == Severity::error;
  const std::size_t shown =
      is_error ? shared.findings.size() : std::min(kShownDoubts, shared.findings.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = *shared.findings[i];
    const NumberCells number = number_cells(finding);
    const bool has_line = finding.place.line > 0 && (!shared.file || !shared.line);
    sheet.rows.push_back(
        {shared.file ? Cell() : Cell(file_and_line({finding.place.file, 0, {}}, report)),
         has_line ? Cell(std::to_string(finding.place.line)) : Cell(),
         text_cell(rest_of_pointer(finding, shared)), text_cell(counter_of(finding)),
         number.asserted, number.calculated, number.difference,
         shared.is_all_of_one_basis ? Cell() : text_cell(finding.basis),
         text_cell(remark_of(finding, shared))});
  }
  return sheet;
}

std::string indented(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.append(kIndent, ' ').append(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string table_of(const Sheet& sheet, const Style& style) {
  Style inner = style;
  if (style.width > 0) inner.width = std::max(1, style.width - static_cast<int>(kIndent));
  return indented(text_table(sheet, inner));
}

std::vector<std::string> rules_of(const Shared& shared) {
  std::vector<std::string> rules;
  for (const Finding* finding : shared.findings) {
    std::string name(name_of(finding->rule));
    if (std::find(rules.begin(), rules.end(), name) == rules.end())
      rules.push_back(std::move(name));
  }
  return rules;
}

/// Every witness once.
std::vector<Witness> witnesses_of(const Shared& shared) {
  std::vector<Witness> witnesses;
  std::set<std::pair<FileId, std::pair<std::uint64_t, std::string>>> known;
  for (const Finding* finding : shared.findings) {
    for (const Witness& witness : finding->witnesses) {
      const Place& place = witness.place;
      if (known.insert({place.file, {place.line, place.pointer}}).second)
        witnesses.push_back(witness);
    }
  }
  return witnesses;
}

std::string file_of(const Shared& shared, const ReconcileReport& report) {
  const Place& place = shared.first().place;
  if (shared.file) return file_and_line({place.file, shared.line ? place.line : 0, {}}, report);
  std::set<FileId> files;
  for (const Finding* finding : shared.findings) files.insert(finding->place.file);
  return quantity(files.size(), "file");
}

}  // namespace

std::string group_block(const FindingGroup& group, const ReconcileReport& report,
                        const Style& style) {
  if (group.size() == 1) return finding_block(report.findings[group.front()], report, style);
  const Shared shared = shared_by(group, report);
  const Finding& first = shared.first();
  std::string text = place_line(file_of(shared, report), visible_text(shared.pointer), style);
  const auto sentence = [&](std::string_view words) {
    if (words.empty()) return;
    text.append(kIndent, ' ').append(hanging(words, kIndent, style)).append("\n");
  };
  constexpr std::string_view kEquals = "equals ";  // in a block of one, the difference
  sentence((shared.explanation.starts_with(kEquals) ? "the difference " : "") +
           visible_text(shared.explanation));
  if (shared.is_all_of_one_basis && !shared.basis.empty())
    sentence(fmt::format("calculated: {}", visible_text(shared.basis)));
  const Sheet sheet = sheet_of(shared, report);
  const bool says_something = std::any_of(sheet.rows.begin(), sheet.rows.end(), [](const Row& row) {
    return std::any_of(row.begin(), row.end(),
                       [](const Cell& cell) { return cell.kind != Cell::Kind::unknown; });
  });
  if (says_something) text += table_of(sheet, style);
  if (const std::size_t more = group.size() - sheet.rows.size(); more > 0)
    sentence(fmt::format("and {} more; the JSON report has all of them", number_text(more)));
  text += rule_line(rules_of(shared), first, {}, style);
  return text + witness_lines(witnesses_of(shared), first.place, report, style);
}

}  // namespace usagectl
