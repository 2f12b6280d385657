#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <string>

#include "data_sets.hpp"
#include "output_file.hpp"
#include "transcript_session.hpp"

namespace usagectl {
namespace {

constexpr std::array<TranscriptProject, 6> kProjects = {
    {{"-home-ada-projects-lantern", "/home/ada/projects/lantern"},
     {"-home-ada-projects-harbour-api", "/home/ada/projects/harbour-api"},
     {"-home-ada-projects-tide-tables", "/home/ada/projects/tide-tables"},
     {"-home-ada-work-orrery", "/home/ada/work/orrery"},
     {"-home-ada-work-seedbank", "/home/ada/work/seedbank"},
     {"-srv-checkouts-windmill", "/srv/checkouts/windmill"}}};

/// Sessions differ in size: the largest has some fifty times the bytes of the smallest.
std::uint64_t weight(const Random& random, std::uint64_t session) {
  return random.fork(session).skewed(4, 9);
}

}  // namespace

Truth write_transcripts(const DataSetPlan& plan, bool one_file) {
  Truth truth({.reasoning = true});
  Random shape = plan.random.fork(0);
  std::uint64_t weights = 0;
  for (std::uint64_t i = 0; i < plan.files; ++i) weights += weight(plan.random, i + 1);

  std::optional<OutputFile> file;
  const auto close = [&] {
    file->close();
    truth.add_file(*file);
    file.reset();
  };
  std::map<std::string_view, SessionOpening> openings;
  for (std::uint64_t i = 0; i < plan.files; ++i) {
    const TranscriptProject& project = shape.pick(kProjects);
    const std::string id = shape.uuid();
    if (!file)
      file.emplace(plan.folder / "projects" / project.folder / fmt::format("{}.jsonl", id));
    TranscriptSession session(project, id, plan.random.fork(1000000 + i), plan.filler, truth,
                              *file);
    // Every tenth session takes up an earlier one.
    const auto earlier = openings.find(project.folder);
    if (earlier != openings.end() && shape.one_in(10)) session.resume(earlier->second);
    session.write(plan.bytes * weight(plan.random, i + 1) / weights);
    openings.insert_or_assign(project.folder, session.opening());
    if (!one_file) close();
  }
  if (file) close();
  return truth;
}

}  // namespace usagectl
