#include "render/reconcile/group_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "render/reconcile/finding_parts.hpp"
#include "render/reconcile/reconcile_sheet.hpp"
#include "render/text/words.hpp"

namespace usagectl {
namespace {

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

Cell text_cell(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

/// What the pointer says beyond the place of the block.
std::string_view rest_of_pointer(const Finding& finding, const SharedParts& shared) {
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
std::string remark_of(const Finding& finding, const SharedParts& shared) {
  return explanation_of(finding) == shared.explanation ? std::string() : finding.explanation;
}

}  // namespace

SharedParts shared_by(const FindingGroup& group, const ReconcileReport& report) {
  SharedParts shared;
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

Sheet numbers_sheet(const SharedParts& shared, const ReconcileReport& report, std::size_t most) {
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
      is_error ? shared.findings.size() : std::min(most, shared.findings.size());
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

std::vector<std::string> rules_of(const SharedParts& shared) {
  std::vector<std::string> rules;
  for (const Finding* finding : shared.findings) {
    std::string name(name_of(finding->rule));
    if (std::find(rules.begin(), rules.end(), name) == rules.end())
      rules.push_back(std::move(name));
  }
  return rules;
}

std::vector<Witness> witnesses_of(const SharedParts& shared) {
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

std::string file_of(const SharedParts& shared, const ReconcileReport& report) {
  const Place& place = shared.first().place;
  if (shared.file) return file_and_line({place.file, shared.line ? place.line : 0, {}}, report);
  std::set<FileId> files;
  for (const Finding* finding : shared.findings) files.insert(finding->place.file);
  return quantity(files.size(), "file");
}

}  // namespace usagectl
