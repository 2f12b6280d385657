#include "formats/agents/codex/codex_fork.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/utc_time.hpp"

namespace usagectl {
namespace {

/// What is written so soon after a session began was not answered in it.
constexpr std::int64_t kSoon = 5000;
/// Events that are written again follow each other closely, however many they are.
constexpr std::int64_t kBurst = 2000;
constexpr std::int64_t kHour = 3600 * 1000;

/// The time in a UUID of version 7, in milliseconds since 1970.
std::optional<std::int64_t> time_in_uuid(std::string_view id) {
  if (id.size() != 36 || id[8] != '-' || id[13] != '-' || id[14] != '7') return std::nullopt;
  std::int64_t time = 0;
  for (const char c : id.substr(0, 13)) {
    if (c == '-') continue;
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_letter = c >= 'a' && c <= 'f';
    if (!is_digit && !is_letter) return std::nullopt;
    time = time * 16 + (is_digit ? c - '0' : c - 'a' + 10);
  }
  return time;
}

}  // namespace

void CodexFork::meta(const Json& payload, std::string_view written) {
  const std::string_view id = payload["id"].text();
  if (!session_.empty()) {
    if (id.empty() || id == session_) return;
    if (std::find(others_.begin(), others_.end(), id) == others_.end()) others_.emplace_back(id);
    if (parent_.empty()) parent_ = id;
    first_parent_ = id;
    return;
  }
  session_ = id;
  parent_ = payload["forked_from_id"].text();
  is_copy_ = !parent_.empty();
  if (parent_.empty())
    parent_ = payload["source"]["subagent"]["thread_spawn"]["parent_thread_id"].text();
  if (parent_.empty()) parent_ = payload["parent_thread_id"].text();
  if (parent_ == session_) parent_.clear();
  made_ = milliseconds_of(payload["timestamp"].text());
  if (!made_) made_ = milliseconds_of(written);
}

bool CodexFork::has_met(std::string_view id) const {
  return id == session_ || id == parent_ ||
         std::find(others_.begin(), others_.end(), id) != others_.end();
}

void CodexFork::turn(const Json& payload) { turn_id_ = payload["turn_id"].text(); }

CodexFork::Origin CodexFork::next_step(std::string_view written, bool begins_at_zero) {
  if (!is_fork() || is_own_now_) return Origin::own;
  // The id of a turn says when it began, where ids are made as Codex makes them.
  const auto turn_began = time_in_uuid(turn_id_);
  const auto session_began = time_in_uuid(session_);
  if (turn_began && session_began && made_ && std::llabs(*session_began - *made_) < kHour) {
    is_own_now_ = *turn_began >= *session_began;
    return is_own_now_ ? Origin::own : Origin::parent;
  }
  const auto time = milliseconds_of(written);
  // The total of a fork goes on from that of its parent: one that begins at 0 is the parent's.
  if (is_copy_ && begins_at_zero) {
    told_ = time;
    return Origin::parent;
  }
  if (!time || !made_) return Origin::unclear;
  if (*time > *made_ + kSoon && !(told_ && *time - *told_ <= kBurst)) {
    is_own_now_ = true;
    return Origin::own;
  }
  told_ = time;
  if (*time < *made_) return Origin::parent;
  // A helper that starts with nothing may answer at once.
  return is_copy_ || !others_.empty() ? Origin::parent : Origin::unclear;
}

bool CodexFork::is_rewritten(std::string_view written) const {
  const auto time = milliseconds_of(written);
  return time && made_ && *time >= *made_;
}

}  // namespace usagectl
