#pragma once

#include <vector>

#include "model/usage_record.hpp"

namespace usagectl {

class Collector;

/// A running total, kept until everything has been read: what it tells of is its growth since the
/// one before it, and that one may stand in a file that is read later.
struct HeldBack {
  UsageRecord record;
};

/// Turns the running totals that were held back into what each of them adds: of a series in order
/// of time, or of the names of its files, each grew from the one before it; the first one is what
/// was used before anybody looked, unless its thread is new; one that fell begins again from 0,
/// which is a finding. Their units are then no snapshots of each other any more: they add up.
void settle_running_totals(Collector& collected);

}  // namespace usagectl
