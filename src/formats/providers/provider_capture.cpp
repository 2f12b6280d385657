#include "formats/providers/provider_capture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dialects/recognise.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/providers/token_names.hpp"
#include "formats/reading/call_status.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/row_tree.hpp"
#include "formats/reading/take_cost.hpp"
#include "formats/reading/usage_parts.hpp"
#include "formats/reading/violations.hpp"

namespace usagectl {
namespace {

constexpr View kResponses{0, "responses"};

/// The event of a Responses stream that tells its usage for good.
bool ends_response(const Json& body) {
  const std::string_view type = body["type"].text();
  return type.starts_with("response.") && ending_of(body, EventKind::chunk) != Ending::untold;
}

}  // namespace

ProviderCapture::Call::Call() = default;

ProviderCapture::ProviderCapture(const FileContext& file, std::string_view format, Calls calls,
                                 Observations& observations, std::string unit_key)
    : catalogue_(file.catalogue()),
      wants_keys_(file.wants_keys),
      format_(format),
      calls_(calls),
      observations_(observations),
      unit_key_(std::move(unit_key)) {}

/// Keeps the keys as they were written, before the document is gone.
void ProviderCapture::note_keys(const Json& body, std::vector<FoundUsage>& found) const {
  if (!wants_keys_) return;
  for (FoundUsage& usage : found) usage.keys = key_paths(value_at(body, usage.pointer));
}

void ProviderCapture::next(const Json& body, const Place& place) {
  if (!usage_by_model(body).empty()) {
    read_session_result(body, place, surroundings_of(catalogue_, body));
    return;
  }
  if (ends_steps(body, place)) return;
  const EventShape* const known = shape_of(body);
  const EventShape shape = known == nullptr ? EventShape() : *known;
  const EventKind kind = shape.kind;
  if (kind == EventKind::no_call) {
    observations_.ignored(shape.rule);
    return;
  }
  Surroundings about = surroundings_of(catalogue_, body);
  if (about.tier.empty()) about.tier = tier_around_;
  if (shape.has_other_id) about.id.clear();
  UsagePlaces places = find_usage(catalogue_, body);
  if (read_wrapped_result(body, places, place, about)) return;
  if (reject_repeated(body, {"usage"}, place, observations_)) return;
  if (hold_partial(body, places, place, about)) return;
  if (kind == EventKind::batch) {
    read_batch(body, std::move(places), place, about);
    return;
  }
  const bool is_in_stream = call_ && !call_->is_whole;
  if (kind == EventKind::step && calls_ != Calls::one && !is_in_stream && !places.found.empty() &&
      body["run_id"].is_text()) {
    note_keys(body, places.found);
    hold_step(std::move(places.found.front()), body["run_id"].text(), place, about,
              body["id"].text());
    return;
  }
  // A message of a thread, asked for by itself, is no call.
  if (kind == EventKind::chunk && shape.has_other_id && calls_ != Calls::one && !call_) {
    observations_.ignored("JSON without usage");
    return;
  }
  if (places.found.empty() && kind == EventKind::response) {
    // Not in a documented place: then wherever the one usage object of the response stands.
    std::vector<FoundUsage> rest = search_usage(catalogue_, body);
    if (rest.size() > 1 && !is_in_stream) {
      search(body, place, about);
      return;
    }
    // An answer that counts tokens in words of its own is not one without usage.
    if (rest.empty() && counts_tokens(body)) places.unknown_vocabulary = true;
    if (rest.size() == 1) places.found = std::move(rest);
  }
  const bool is_whole_answer =
      kind == EventKind::response || (kind == EventKind::unknown && !is_in_stream);
  about.is_failure =
      !places.found.empty() && has_failed_without_usage(body, places.found.front().values);
  if (!places.found.empty() && is_whole_answer) look_at_others(body, places.found, place, about);
  note_keys(body, places.found);
  if (kind == EventKind::unknown && places.found.empty() && !is_in_stream) {
    search(body, place, about);
    return;
  }
  const Ending ending = ending_of(body, kind);
  if (call_ && begins_another_call({shape, body, places, place, about, ending})) close_call();
  if (!call_) call_.emplace().is_whole = !is_piece(kind);
  ++call_->events;
  if (!about.id.empty()) call_->id = about.id;
  if (call_->place.line == 0 && call_->place.pointer.empty()) call_->place = place;
  call_->opened = call_->opened || shape.opens_call;
  call_->answered = call_->answered || says_that_it_answered(body);
  call_->refused = call_->refused || kind == EventKind::error || ending == Ending::failed;
  call_->unfinished = call_->unfinished || ending == Ending::unfinished;
  call_->finished = call_->finished || ending == Ending::finished;
  call_->has_start = call_->has_start || kind == EventKind::start;
  call_->has_delta = call_->has_delta || kind == EventKind::delta;
  call_->unknown_vocabulary = call_->unknown_vocabulary || places.unknown_vocabulary;
  for (const auto& [rule, objects] : places.parts) observations_.ignored(rule, objects);
  if (!places.found.empty()) note_step(body, places.found.front(), place, about);
  if (!places.found.empty() && is_only_a_copy(places.found.front())) {
    observations_.duplicate();
  } else if (!places.found.empty()) {
    compare_copies(places, place, about);
    if (call_->has_usage && (kind == EventKind::response || kind == EventKind::chunk)) {
      const bool complete = kind == EventKind::response || ends_response(body);
      compare_with_held(places.found.front(), complete, place, about);
      call_->complete = complete;
    } else {
      call_->complete = kind == EventKind::response || ends_response(body);
    }
    take(std::move(places.found.front()), kind, place, about);
  }
  Surroundings newest = about;
  newest.cost.replace_with(about.cost.empty() ? call_->about.cost : about.cost);
  if (kind == EventKind::delta && call_->has_start) newest.type.clear();
  newest.complete_with(call_->about);
  if (!call_->about.type.empty() && kind != EventKind::start) newest.type = call_->about.type;
  call_->about = std::move(newest);
  if (kind == EventKind::done_chunk) close_call();
}

/// A batch sums up its calls once they are done; until then it reports zeros.
void ProviderCapture::read_batch(const Json& body, UsagePlaces places, const Place& place,
                                 Surroundings about) {
  close_call();
  note_keys(body, places.found);
  if (places.found.empty() || all_zero(read(places.found.front().values, place, about).counts)) {
    observations_.ignored("batch without usage so far");
    return;
  }
  const FoundUsage& usage = places.found.front();
  about.sums.calls = read_count(body["request_counts"]["completed"]).count;
  emit(usage.values, below(place, usage.pointer), about, usage.keys);
}

/// What Amazon measured of an answer whose model has reported its usage itself.
bool ProviderCapture::is_only_a_copy(const FoundUsage& usage) const {
  return call_->has_delta && call_->has_usage && usage.is_of_the_host;
}

/// Whether an event belongs to another call than the one before. Only what a provider says of a
/// piece joins it to a stream: its id, or counts that go on. A call ends where the next begins.
bool ProviderCapture::begins_another_call(const Event& event) const {
  const Call& call = *call_;
  const EventKind kind = event.shape.kind;
  const bool is_whole = !is_piece(kind) && kind != EventKind::error;
  if (kind == EventKind::turn || !call.turns.empty()) return is_whole;
  const bool is_same = !event.about.id.empty() && event.about.id == call.id;
  if (event.shape.opens_call)
    return call.opened || call.finished || (!is_same && (call.has_usage || call.answered));
  // Of rows of somebody's own, an attempt that failed has the same id, and other numbers.
  const bool is_row = kind == EventKind::unknown || event.shape.is_anybodys;
  const bool is_row_of_list = is_row && call.is_whole && calls_ == Calls::many;
  if (is_same) return is_row_of_list && (!goes_on(event) || goes_on(event, Output::more));
  if (kind == EventKind::error) return call.is_whole;
  if (kind == EventKind::unknown && event.places.found.empty()) return false;
  const bool is_other = !event.about.id.empty() && !call.id.empty();
  if (is_whole || call.is_whole)
    return calls_ == Calls::many || is_other ||
           !goes_on(event, calls_ == Calls::growing ? Output::more : Output::no_less);
  if (is_other && !may_change_its_id(event)) return true;
  // A log may keep of an answer nothing that shows where it ends; a stream has pieces around it.
  const bool is_bare = calls_ != Calls::one && kind == EventKind::chunk && !call.opened &&
                       !call.has_start && !call.answered && !call.unfinished &&
                       !says_that_it_answered(event.body);
  if (is_other || !call.has_usage || !(call.finished || is_bare)) return false;
  // Without ids, only times and numbers show the next answer: the one before has ended, and this
  // one has another prompt or less output. Old Gemini streams say of every piece that it ends.
  if (event.places.found.empty()) return event.body["choices"].item(0)["delta"]["role"].is_text();
  const bool is_at_another_time =
      !event.about.time.empty() && !call.about.time.empty() && event.about.time != call.about.time;
  if (is_at_another_time) return true;
  return !goes_on(event, call.finished ? Output::no_less : Output::any);
}

/// Routers send a first chunk of their own before those of the provider, and Perplexity ends a
/// stream with a summary under another id.
bool ProviderCapture::may_change_its_id(const Event& event) const {
  const Call& call = *call_;
  if (call.finished) return false;
  if (!call.has_usage) return call.events == 1;
  return event.about.object.starts_with("chat.completion") && !event.places.found.empty() &&
         goes_on(event);
}

/// Whether the usage of an event may be a later state of the call: the same prompt, and no less
/// output; more of it where nothing else speaks for a stream.
bool ProviderCapture::goes_on(const Event& event, Output output) const {
  const Call& call = *call_;
  if (!call.has_usage || event.places.found.empty()) return output != Output::more;
  const FoundUsage& usage = event.places.found.front();
  const UsageReading before = read(call.values, call.place, call.about);
  const UsageReading now = read(usage.values, below(event.place, usage.pointer), event.about);
  const Count was = before.counts[Counter::output].value_or(0);
  const Count is = now.counts[Counter::output].value_or(0);
  return now.counts[Counter::input] == before.counts[Counter::input] &&
         (output == Output::any || (output == Output::more ? is > was : is >= was));
}

void ProviderCapture::take(FoundUsage&& usage, EventKind kind, const Place& event,
                           const Surroundings& about) {
  Call& call = *call_;
  const Place place = below(event, usage.pointer);
  if (kind == EventKind::step) {
    if (call.steps++ == 0) {
      call.steps_sum = std::move(usage.values);
      call.steps_place = place;
    } else {
      static_cast<void>(call.steps_sum.add(usage.values));
    }
    return;
  }
  if (kind == EventKind::turn) {
    // A turn bills its own tokens; the same turn told again does not.
    const bool repeated = !about.id.empty() && (about.id == call.usage_id ||
                                                std::find(call.turns.begin(), call.turns.end(),
                                                          about.id) != call.turns.end());
    if (repeated) {
      observations_.duplicate();
      return;
    }
    if (!about.id.empty()) call.turns.push_back(about.id);
    if (call.has_usage) {
      static_cast<void>(call.values.add(usage.values));
      call.is_sum = true;
      observations_.ignored("turn within a counted session");
      call.place = place;
      return;
    }
  } else if (call.has_usage) {
    if (kind == EventKind::delta) {
      UsageValues newest = call.values;
      newest.replace_with(usage.values);
      check_progress(read(call.values, call.place, call.about), read(newest, place, call.about),
                     place, call.only_began ? Severity::warning : Severity::error);
      call.values = std::move(newest);
      call.only_began = false;
      call.breakdown = std::move(usage.breakdown);
      call.beside = std::move(usage.beside);
      add_keys(call.keys, usage.keys);
      call.place = place;
      observations_.duplicate();
      return;
    }
    observations_.duplicate();
  }
  call.values = std::move(usage.values);
  call.breakdown = std::move(usage.breakdown);
  call.beside = std::move(usage.beside);
  call.usage_pointer = std::move(usage.pointer);
  call.keys = std::move(usage.keys);
  call.place = place;
  call.sums = usage.about.sums;
  call.usage_id = about.id;
  call.only_began = kind == EventKind::start;
  call.has_usage = true;
}

void ProviderCapture::warn(const Place& place, std::string_view cause, std::string explanation) {
  observations_.finding({.rule = Rule::coverage,
                         .severity = Severity::warning,
                         .place = place,
                         .cause = cause,
                         .explanation = std::move(explanation)});
}

void ProviderCapture::whole(const Json& body, const Place& place, std::string_view tier) {
  close_call();
  tier_around_ = tier;
  next(body, place);
  close_call();
  tier_around_ = {};
}

void ProviderCapture::close_call() {
  if (!call_) return;
  const Call call = *std::exchange(call_, std::nullopt);
  if (call.has_usage) {
    if (call.steps > 0) check_steps(call.steps, call.values, call.steps_sum, call.place);
    if (calls_ != Calls::one && call.about.object == "thread.run" && !call.usage_id.empty()) {
      RunOfSteps& run = runs_[call.usage_id];
      run.usage = call.values;
      run.usage_place = call.place;
    }
    check_breakdown(call);
    if (call.unfinished && !call.finished) {
      warn(call.place, "stream-cut",
           "the answer breaks off before it ends: the usage reported so far may not be all");
    } else if (call.has_delta && !call.has_start &&
               !read(call.values, call.place, call.about).counts.has(Counter::input)) {
      warn(call.place, "stream-cut", "the start of the stream is missing, which reports its input");
    }
    Surroundings about = call.about;
    if (!about.sums.calls) about.sums.calls = call.sums.calls;
    emit(call.values, call.place, about, call.keys, call.only_began);
    say_calls_beside(call);
  } else if (call.steps > 0) {
    emit(call.steps_sum, call.steps_place, call.about, call.keys);
  } else if (call.unknown_vocabulary) {
    observations_.rejected(below(call.place, "/usage"),
                           "has token counts in a vocabulary that no dialect knows");
  } else if (call.refused) {
    observations_.ignored("refused request");
    warn(call.place, "failed-call",
         call.answered ? "the call broke off, and no usage is reported: some may have been used"
                       : "the call failed and reports no usage");
  } else {
    observations_.ignored("response without usage");
    if (!call.answered) return;
    warn(call.place, "no-usage",
         "the provider answered, and no usage is reported: a stream that was cut, or was not asked "
         "for "
         "its usage");
  }
}

UsageReading ProviderCapture::read(const UsageValues& values, const Place& place,
                                   const Surroundings& about) const {
  return read_usage(catalogue_, values, about.envelope(place.pointer));
}

void ProviderCapture::emit(const UsageValues& values, const Place& place, const Surroundings& about,
                           const std::vector<KeySeen>& keys, bool only_began) {
  UsageReading reading = read(values, place, about);
  report(reading.violations, place, observations_);
  if (!reading.countable()) {
    observations_.rejected(place, reading.faulty
                                      ? reading.fault
                                      : "has token counts in a vocabulary that no dialect knows");
    return;
  }
  if (reading.held > 0) observations_.held(reading.held);
  UsageRecord record;
  record.place = place;
  record.format = format_;
  record.dialect = reading.dialect;
  record.role = catalogue_.dialects()[reading.candidates.front()].role;
  if (!unit_) unit_ = observations_.unit(unit_key_);
  record.unit = *unit_;
  record.view = kResponses;
  record.id = about.id;
  record.model = about.model;
  record.time = about.time;
  // A router names the provider behind it; the one that was called is the router.
  const std::string_view provider = provider_of(catalogue_, reading.candidates, about.id);
  if (const std::string_view named = provider.empty() ? about.provider : provider; !named.empty()) {
    record.scope.emplace_back("provider", std::string(named));
  }
  add_scope(record, "session", about.session);
  // Of two names the session is the one that sums are of; a run or a trace may be each call's own.
  if (about.session.empty()) add_scope(record, "run", about.run);
  add_scope(record, "project", about.project);
  add_scope(record, "key", about.key);
  add_scope(record, "tier", about.tier);
  record.counts = reading.counts;
  if (only_began) {
    // Anthropic: message_start tells an output of 1 to 8, which message_delta replaces.
    for (const Counter counter :
         {Counter::output, Counter::reasoning, Counter::total, Counter::unexplained}) {
      record.counts.forget(counter);
    }
    warn(place, "no-usage", "the stream was cut before its final usage: its output is not known");
  }
  if (is_id_of_call(catalogue_, about.id, about.id_is_vague)) record.same_id = SameId::copy;
  record.sums = about.sums;
  record.row = {hash_of_row_id(about.row), hash_of_row_id(about.id), hash_of_row_id(about.above),
                about.is_in_tree};
  // Most calls of a file stand in the same place of their lines.
  if (place.pointer != pointer_) {
    pointer_ = place.pointer;
    is_below_a_sum_ = is_below_a_sum(pointer_);
    is_below_a_total_ = is_below_a_total(pointer_);
    is_called_so_far_ = is_called_so_far(pointer_);
  }
  record.sums.is_named_so = record.sums.is_named_so || is_below_a_sum_;
  record.sums.is_called_so = record.sums.is_called_so || is_below_a_total_;
  record.sums.is_so_far = record.sums.is_so_far || is_called_so_far_;
  record.given = reading.given;
  record.keys = keys;
  record.cache_write_1h = hour_writes(reading.atoms);
  take_cost(record, values.cost(), about.cost, observations_);
  if (only_began) record.cost.reset();
  if (!record.sums.calls) record.sums.calls = values.calls();
  if (record.role == Role::request) record.counts.set(Counter::requests, Count(1));
  // What a provider had in its own cache is a part of the input.
  if (about.is_from_cache && has_tokens(record.counts) &&
      record.counts[Counter::cache_read].value_or(0) == 0) {
    warn(place, "answer-from-cache",
         "the answer is said to come from a cache, for which nothing was used: it is counted");
  }
  if (all_zero(record.counts) && record.sums.calls != Count(0) && !about.is_failure) {
    warn(place, "all-zero", "every count is 0, as if nothing had been read or written");
  }
  observations_.record(std::move(record));
}

void ProviderCapture::finish() {
  close_call();
  finish_runs();
  finish_partials();
  others_.finish(observations_);
}

}  // namespace usagectl
