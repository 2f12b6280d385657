#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layouts/text/text_label.hpp"
#include "formats/layouts/text/text_layout.hpp"
#include "model/count.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// A match that waits for those after it.
struct HeldLine {
  std::uint64_t line = 0;
  std::string document;
  std::vector<Count> numbers;
  TextLabel label = TextLabel::none;
  std::string_view writer;  ///< kept as long as the log is read
  std::string id;           ///< of the call; empty = not said
};

/// Lines of one pattern that count the same, one after another.
struct LineSeries {
  const TextPattern* pattern = nullptr;
  std::vector<HeldLine> lines;
  std::vector<std::string> names;  ///< of the numbers of each line
  /// Which of the numbers are input and output.
  std::optional<std::size_t> input;
  std::optional<std::size_t> output;

  void name_numbers(std::vector<std::string>&& of_lines);
};

/// A line of a series that counts.
struct CountedLine {
  const HeldLine* held = nullptr;
  const LineSeries* series = nullptr;
  bool is_total_so_far = false;
};

bool is_called_sum(TextLabel label);

/// Leaves out calls that a second writer logs again in words of its own, as a gateway does, and
/// says so. The lines are in the order of the log.
void leave_out_copies(std::vector<CountedLine>& counted, FileId file, Observations& observations);

/// Leaves out lines of a report that break the usage of others down by something else: by day, what
/// stands above it by model. Lines right below each other are one breakdown.
void leave_out_breakdowns(std::vector<CountedLine>& counted, Observations& observations);

/// Says of one line in words of its own that it says that it is the end, and is not the sum of
/// those before it: it may be a sum or a last call.
void say_end_that_is_no_sum(const std::vector<CountedLine>& counted, FileId file,
                            Observations& observations);

}  // namespace usagectl
