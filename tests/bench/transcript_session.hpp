#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "filler.hpp"
#include "output_file.hpp"
#include "random.hpp"
#include "truth.hpp"

namespace usagectl {

/// Where the people of the transcripts worked; the folder of a project is named after its path.
struct TranscriptProject {
  std::string_view folder;
  std::string_view path;
};

/// The first lines of a session, which another session may repeat when it resumes this one.
struct SessionOpening {
  std::string session_id;
  std::vector<std::string> lines;
  std::size_t bytes = 0;
};

/// One session as Claude Code writes it down: a line for each content block of an answer, each with
/// the id and the usage of the whole answer.
class TranscriptSession {
 public:
  TranscriptSession(const TranscriptProject& project, std::string session_id, Random random,
                    const Filler& filler, Truth& truth, OutputFile& file);

  /// Repeats the lines under this session's id, as resuming does. Their calls are known already.
  void resume(const SessionOpening& opening);
  void write(std::uint64_t bytes);

  const SessionOpening& opening() const { return opening_; }

 private:
  struct Answer {
    std::string_view model;
    std::string id;
    std::string request_id;
    TrueCounts used;
    std::uint64_t cache_1h = 0;
    bool streamed = false;
  };

  void write_line(std::string_view line);
  /// A line around `body`, the members "type" and "message"; `after` follows the timestamp.
  void entry(std::string_view body, std::string_view after = {});
  std::string text(unsigned low_bits, unsigned high_bits, FillerKind kind);
  std::string words(std::size_t most);
  static std::string usage(const Answer& answer, bool unfinished);

  void summary();
  void snapshot();
  void system();
  void prompt();
  void turn();
  void call(std::string_view model, bool last);
  Answer invented_answer(std::string_view model);
  void block(const Answer& answer, bool last_block, std::string_view content);
  std::string thinking();
  std::string tool_use(const std::string& id);
  void tool_result(const std::string& id);
  void delegate();

  TranscriptProject project_;
  Random random_;
  const Filler& filler_;
  Truth& truth_;
  OutputFile& file_;
  std::string session_id_;
  std::string version_;
  std::string_view model_;
  std::uint64_t time_;
  std::uint64_t bytes_ = 0;
  std::string parent_ = "null";
  std::string agent_;  // the members that mark a line of a subagent
  Answer last_answer_;
  SessionOpening opening_;
  std::string line_;
};

}  // namespace usagectl
