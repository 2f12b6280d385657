#include "ledger/calls/open_calls.hpp"

#include <algorithm>
#include <utility>

namespace usagectl {
namespace {

constexpr std::size_t kMostOpen = 64;

}  // namespace

bool is_same_call(const UsageRecord& a, const UsageRecord& b) {
  const bool seconds_fit = a.second_id.empty() || b.second_id.empty() || a.second_id == b.second_id;
  return a.id == b.id && seconds_fit && a.id_space == b.id_space;
}

UsageRecord* OpenCalls::find(const UsageRecord& record) {
  const auto known = std::find_if(open_.rbegin(), open_.rend(), [&](const UsageRecord& open) {
    return is_same_call(open, record);
  });
  return known == open_.rend() ? nullptr : &*known;
}

void OpenCalls::add(UsageRecord&& record, const Settle& settle) {
  if (open_.size() == kMostOpen) {
    settle(std::move(open_.front()));
    open_.pop_front();
  }
  open_.push_back(std::move(record));
}

void OpenCalls::close(const Settle& settle) {
  for (UsageRecord& record : open_) settle(std::move(record));
  open_.clear();
}

}  // namespace usagectl
