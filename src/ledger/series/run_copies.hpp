#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "model/usage_record.hpp"

namespace usagectl {

struct Books;

/// Finds units that are an older copy of another: a run that goes on in steps, saved more than
/// once. Each step that two copies tell of has the same numbers in both.
class RunCopies {
 public:
  /// A record that is counted, or repeats one.
  void note(const UsageRecord& record);
  /// Units all of whose usage another unit tells as well. Where two units hold one run and that is
  /// not proved, a warning says so.
  std::set<UnitId> older_copies(Books& books) const;

 private:
  struct Run {
    std::string name;                          ///< empty = not said
    std::map<std::string, std::size_t> steps;  ///< what each tells, hashed
    bool has_parts = false;                    ///< of a simulation, not of one job
  };
  struct SharedSteps {
    std::size_t alike = 0;
    std::size_t other = 0;
  };
  static SharedSteps shared_steps(const Run& a, const Run& b);
  static void warn(Books& books, UnitId older, UnitId newer, const std::string& run,
                   const SharedSteps& shared);

  std::unordered_map<UnitId, Run> runs_;
};

}  // namespace usagectl
