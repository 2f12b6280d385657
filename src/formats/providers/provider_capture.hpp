#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/usage_reading.hpp"
#include "formats/lines/kept_records.hpp"
#include "formats/providers/event_kind.hpp"
#include "formats/providers/event_shapes.hpp"
#include "formats/providers/usage_places.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/other_usages.hpp"
#include "model/observations.hpp"
#include "model/tally.hpp"

namespace usagectl {

/// A place inside an event.
inline Place below(const Place& event, std::string_view pointer) {
  return {event.file, event.line, event.pointer + std::string(pointer)};
}

/// What an answer without an id is, in a capture of several.
enum class Calls : std::uint8_t {
  one,      ///< in a stream: a state of the answer before, as long as its counts go on
  growing,  ///< in a list of events: a state of the answer before, if its output has grown
  many,     ///< on a line or in a list: a call of its own
};

/// Puts the responses or events of one capture together, so that one call gives one record however
/// often its usage is told.
class ProviderCapture {
 public:
  /// Captures with the same key, which is not empty, share a unit.
  ProviderCapture(const FileContext& file, std::string_view format, Calls calls,
                  Observations& observations, std::string unit_key = {});

  /// The next response or event. `place` is where it stands.
  void next(const Json& body, const Place& place);
  /// A call that stands by itself, whatever came before it. `tier`: of service, as what is around
  /// it shows.
  void whole(const Json& body, const Place& place, std::string_view tier = {});
  /// A call whose usage object is known, and what stands around it.
  void call(const UsageValues& values, const Place& usage, const Surroundings& about,
            const std::vector<KeySeen>& keys);
  /// A call of a line that is written as others before it. False where it has to be read in full.
  bool call_again(KeptRecords::Again& again, const Place& line);
  /// The answer that is open, if one is, has ended.
  void end_call() { close_call(); }
  /// The capture has ended.
  void finish();

 private:
  struct Call {
    Call();  // defined where clang 14 knows the members' initial values
    UsageValues values;
    std::vector<KeySeen> keys;
    Place place;
    Surroundings about;
    SumOfCalls sums;  ///< what its usage object says of itself
    std::string id;   ///< the newest one that its events had
    std::uint64_t events = 0;
    std::string usage_id;       ///< id of the response whose usage is held
    std::string usage_pointer;  ///< below its event
    std::optional<UsageValues> breakdown;
    std::vector<CallBeside> beside;
    bool has_usage = false;
    bool is_sum = false;
    bool only_began =
        false;  ///< what is known is the usage at the start, whose output is a placeholder
    bool opened = false;  ///< an event was there that only a new call begins with
    bool answered = false;
    bool refused = false;
    bool complete = false;    ///< the usage held is that of a whole answer
    bool unfinished = false;  ///< it said that it goes on
    bool finished = false;    ///< and that it ended
    bool has_start = false;
    bool has_delta = false;
    bool is_whole = false;  ///< a whole answer, not pieces of one
    bool unknown_vocabulary = false;
    std::uint64_t steps = 0;
    UsageValues steps_sum;
    Place steps_place;
    std::vector<std::string> turns;  ///< ids already added
  };

  /// A run of several steps, and those of them that were seen.
  struct RunOfSteps {
    std::vector<std::string> ids;
    std::uint64_t number = 0;
    UsageValues sum;
    std::vector<KeySeen> keys;
    Place place;
    Surroundings about;
    std::optional<UsageValues> usage;  ///< what the run says itself
    Place usage_place;
  };

  /// The newest partial event of an agent, until the event with all of the answer comes.
  struct PartialEvent {
    FoundUsage usage;
    Place place;
    Surroundings about;
  };

  /// One event, and what was found out about it.
  struct Event {
    const EventShape& shape;
    const Json& body;
    const UsagePlaces& places;
    const Place& place;
    const Surroundings& about;
    Ending ending;
  };

  /// What the output of a later state of a call must be.
  enum class Output : std::uint8_t { any, no_less, more };

  void take(FoundUsage&& usage, EventKind kind, const Place& event, const Surroundings& about);
  bool begins_another_call(const Event& event) const;
  bool may_change_its_id(const Event& event) const;
  bool goes_on(const Event& event, Output output = Output::no_less) const;
  bool is_only_a_copy(const FoundUsage& usage) const;
  void read_batch(const Json& body, UsagePlaces places, const Place& place, Surroundings about);
  void compare_copies(const UsagePlaces& places, const Place& event, const Surroundings& about);
  void compare(const UsageReading& main, const Place& main_place, const UsageReading& copy,
               const Place& copy_place);
  void compare_with_held(const FoundUsage& usage, bool complete, const Place& event,
                         const Surroundings& about);
  void check_progress(const UsageReading& before, const UsageReading& now, const Place& place,
                      Severity severity);
  void check_breakdown(const Call& call);
  void say_calls_beside(const Call& call);
  void warn(const Place& place, std::string_view cause, std::string explanation);
  void search(const Json& body, const Place& place, const Surroundings& about);
  void set_aside_unknown(const Json& body, const Place& place);
  void look_at_others(const Json& body, const std::vector<FoundUsage>& read_here,
                      const Place& place, const Surroundings& about);
  void read_session_result(const Json& result, const Place& place, const Surroundings& about);
  void doubt_resumed_session(const std::string& session, const ExactSum& output,
                             const Place& place);
  /// Where the usage that was found is that of such a result inside the document.
  bool read_wrapped_result(const Json& body, const UsagePlaces& places, const Place& place,
                           const Surroundings& about);
  void check_cost_of_models(const Json& total, const CostSum& of_models, const Place& place);
  void note_keys(const Json& body, std::vector<FoundUsage>& found) const;
  void emit(const UsageValues& values, const Place& place, const Surroundings& about,
            const std::vector<KeySeen>& keys, bool only_began = false);
  void close_call();
  void hold_step(FoundUsage&& usage, std::string_view run, const Place& event,
                 const Surroundings& about, std::string_view step);
  void check_steps(std::uint64_t number, const UsageValues& run, const UsageValues& steps,
                   const Place& place);
  void finish_runs();
  void note_step(const Json& body, const FoundUsage& usage, const Place& place,
                 const Surroundings& about);
  bool ends_steps(const Json& body, const Place& place);
  bool hold_partial(const Json& body, UsagePlaces& places, const Place& place,
                    const Surroundings& about);
  void finish_partials();
  UsageReading read(const UsageValues& values, const Place& place, const Surroundings& about) const;

  const Catalogue& catalogue_;
  bool wants_keys_;
  std::string_view format_;
  Calls calls_;
  Observations& observations_;
  std::string unit_key_;
  std::optional<UnitId> unit_;
  std::optional<Call> call_;
  std::map<std::string, RunOfSteps> runs_;
  std::map<std::string, PartialEvent> partials_;
  Tally steps_of_message_;  ///< the calls of the message that is open, where its events tell
  OtherUsages others_;
  std::string_view tier_around_;  ///< of the call that is read, as its envelope shows
  std::string pointer_;           ///< of the last call, and what it says
  bool is_below_a_sum_ = false;
  bool is_below_a_total_ = false;
  bool is_called_so_far_ = false;
  std::map<std::string, ExactSum> outputs_of_sessions_;  ///< whose results were read
  bool is_session_doubted_ = false;
};

}  // namespace usagectl
