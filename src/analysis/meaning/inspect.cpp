#include "analysis/meaning/inspect.hpp"

#include <utility>

#include "analysis/meaning/cost_votes.hpp"

namespace usagectl {
namespace {

using ProfilesByDialect = std::map<std::string, Profile, std::less<>>;

std::vector<InspectedDialect> inspected(const ProfilesByDialect& profiles,
                                        const Catalogue& catalogue) {
  std::vector<InspectedDialect> dialects;
  for (const auto& [id, profile] : profiles)
    dialects.push_back({id, profile.records(), profile.answers(id, catalogue)});
  return dialects;
}

}  // namespace

Question Inspector::question() {
  Question question;
  question.wants_layouts = true;
  question.on_record = [this](const UsageRecord& record) {
    Capture& capture = captures_[record.place.file];
    capture.format = record.format;
    Profile& profile = capture.by_dialect[std::string(record.dialect)];
    profile.add(record, catalogue_);
    if (record.cost) profile.add(cost_votes(PriceTable::builtin(), record), record.place);
  };
  return question;
}

InspectReport Inspector::report(Books& books) const {
  InspectReport report;
  ProfilesByDialect all;
  for (const auto& [file, capture] : captures_) {
    InspectedCapture inspected_capture;
    inspected_capture.file = books.file_names[file];
    inspected_capture.format = capture.format;
    for (const auto& [id, profile] : capture.by_dialect) {
      inspected_capture.records += profile.records();
      all[id].merge(profile);
    }
    inspected_capture.dialects = inspected(capture.by_dialect, catalogue_);
    report.captures.push_back(std::move(inspected_capture));
  }
  report.dialects = inspected(all, catalogue_);
  report.inferred = std::move(books.inferred_layouts);
  report.intake = std::move(books.intake);
  report.files = books.file_names;
  return report;
}

}  // namespace usagectl
