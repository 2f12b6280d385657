#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layouts/text/text_matches.hpp"
#include "formats/reading/format.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// The messages of loggers that write JSON lines, as structlog, pino, zap, slog and log4j do:
/// {"level": "info", "msg": "call done prompt_tokens=12 completion_tokens=3"}. Their words count
/// what those of a text log count.
class LoggedWords {
 public:
  explicit LoggedWords(const FileContext& file) : file_(file) {}

  /// The message of a line, where it may count tokens; empty where it does not.
  static std::string_view message_of(const Json& line);
  /// What the message counts, as rows that each tell a call. False where it counts nothing.
  bool read(const Json& line, std::string_view message, const Place& place,
            std::vector<std::string>& rows, Observations& observations);
  /// Says what was not counted, after the last line.
  void finish(Observations& observations);

 private:
  void take_objects(std::string_view message, std::vector<std::string>& rows, const Place& place);
  void take_match(const TextMatch& match, const std::string& about, const Place& place,
                  std::vector<std::string>& rows, Observations& observations);
  const TextLayout* layout();

  struct Noted {
    std::uint64_t lines = 0;
    Place first;
    void add(const Place& place) {
      if (lines++ == 0) first = place;
    }
  };

  FileContext file_;
  JsonParser parser_;
  const TextLayout* layout_ = nullptr;
  bool is_layout_looked_for_ = false;
  bool is_any_call_ = false;  ///< with input and output
  Noted no_calls_;
  Noted totals_;
  Noted rounded_;
};

}  // namespace usagectl
