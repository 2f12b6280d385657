// The result of a Claude Code session, alone or in what somebody keeps of it.
#include "formats/providers/provider_capture.hpp"
#include "formats/reading/key_paths.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/take_cost.hpp"
#include "formats/reading/usage_parts.hpp"

namespace usagectl {

void ProviderCapture::read_session_result(const Json& result, const Place& place,
                                          const Surroundings& about) {
  close_call();
  CostSum of_models;
  std::size_t models = 0;
  ExactSum output;
  const std::string models_at = pointer_to({}, usage_by_model(result));
  value_at(result, models_at).each_member([&](std::string_view model, const Json& usage) {
    const Place usage_place = below(place, pointer_to(models_at, model));
    Surroundings of_model = about;
    of_model.model = model;
    of_model.id.clear();
    of_model.cost = {};
    const UsageValues values(catalogue_, usage);
    ++models;
    output += read_count(usage["outputTokens"]).count.value_or(0);
    if (const auto cost = values.cost().whole()) of_models.add(cost->amount);
    emit(values, usage_place, of_model, wants_keys_ ? key_paths(usage) : std::vector<KeySeen>());
  });
  if (of_models.records == models) check_cost_of_models(result["total_cost_usd"], of_models, place);
  if (result["usage"].is_object()) observations_.ignored(kMainLoop);
  doubt_resumed_session(about.session, output, place);
}

/// A result of a session that goes on may hold those before it (agent SDK from 0.3.277,
/// claude-agent-sdk-typescript#469).
void ProviderCapture::doubt_resumed_session(const std::string& session, const ExactSum& output,
                                            const Place& place) {
  if (session.empty()) return;
  const auto [before, is_first] = outputs_of_sessions_.try_emplace(session, output);
  if (is_first || is_session_doubted_ || output < before->second) return;
  is_session_doubted_ = true;
  observations_.finding({.rule = Rule::coverage,
                         .severity = Severity::warning,
                         .place = place,
                         .cause = "running-total",
                         .explanation = "may be counted twice: a result of the same session is "
                                        "before it, and this one may hold it"});
}

bool ProviderCapture::read_wrapped_result(const Json& body, const UsagePlaces& places,
                                          const Place& place, const Surroundings& about) {
  if (places.found.size() != 1) return false;
  const std::string& usage = places.found.front().pointer;
  const std::size_t last = usage.rfind('/');
  if (last == 0 || last == std::string::npos) return false;
  const std::string pointer = usage.substr(0, last);
  const Json result = value_at(body, pointer);
  if (usage_by_model(result).empty()) return false;
  Surroundings of_both = surroundings_of(catalogue_, result);
  of_both.complete_with(about);
  read_session_result(result, below(place, pointer), of_both);
  return true;
}

void ProviderCapture::check_cost_of_models(const Json& total, const CostSum& of_models,
                                           const Place& place) {
  check_cost_of_all(total, of_models, "models", below(place, "/total_cost_usd"), observations_);
}

}  // namespace usagectl
