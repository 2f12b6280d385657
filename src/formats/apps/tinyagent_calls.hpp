#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/reading/format.hpp"
#include "input/json/json.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// One message of the assistant as some part of the capture shows it.
struct TinyAgentSighting {
  Json message;
  std::string pointer;
};

/// One call, and where it was seen once it was over.
struct TinyAgentCall {
  TinyAgentSighting source;      ///< what counts; without a message while the call is streaming
  std::string_view source_name;  ///< "message_end"
  std::vector<std::pair<std::string_view, TinyAgentSighting>> copies;
  std::uint64_t streamed = 0;  ///< usage objects seen while it was streaming
  Json timestamp;
  std::string start;  ///< pointer of the first event

  bool ended() const { return source.message.present(); }
  bool from_message_end() const { return source_name == "message_end"; }
};

/// Puts the events of a capture, and what shows their messages again, together to calls.
class TinyAgentCalls {
 public:
  TinyAgentCalls(const Json& document, const FileContext& file, Observations& observations)
      : document_(document), file_(file), observations_(observations) {}

  void read();

  std::deque<TinyAgentCall>& all() { return calls_; }
  /// Usage objects of messages that are no assistant's.
  std::uint64_t strays() const { return strays_; }

 private:
  using Call = TinyAgentCall;
  using Sighting = TinyAgentSighting;

  Place at(std::string pointer) const { return {file_.id, 0, std::move(pointer)}; }
  void read_events();
  void read_message_event(std::string_view type, const Json& event, Sighting sighting);
  void start_call(const Sighting& sighting);
  void end_call(Sighting sighting);
  void end_turn(Sighting sighting);
  void pair_all(std::string_view name, const Json& messages, const std::string& list_pointer,
                std::size_t first);
  void read_final_assistant();
  static bool repeats_end(const Call& call, const Sighting& sighting);
  static void settle(Call& call, std::string_view name, Sighting sighting);
  static void see(Call& call, std::string_view name, Sighting sighting);

  const Json& document_;
  const FileContext& file_;
  Observations& observations_;
  std::deque<Call> calls_;
  std::size_t run_start_ = 0;  ///< first call since the last agent_start
  std::uint64_t strays_ = 0;
};

}  // namespace usagectl
