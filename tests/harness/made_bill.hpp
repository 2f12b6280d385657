#pragma once

#include <string>
#include <vector>

namespace usagectl::made {

inline constexpr long long kFirstDay = 1772323200;  // 2026-03-01T00:00:00Z
inline constexpr long long kDay = 86400;

/// One made-up call, as a client logs it and a provider bills it.
struct MadeCall {
  long long time = 0;  ///< seconds since 1970
  std::string model = "made-up-model";
  long long input = 0;  ///< what was read from the cache included
  long long output = 0;
  long long cached = 0;
  std::string project = "p1";
  std::string key = "k1";
  bool is_batch = false;
  int number = 0;  ///< makes its id
};

/// Calls of some days, the same for the same seed; two models, two projects, two keys.
std::vector<MadeCall> calls(unsigned seed, int days);

struct Log {
  bool has_labels = false;  ///< the project and the key of each call
  bool has_ids = true;
  bool without_cache = false;  ///< input excludes what was read from the cache
  bool is_google = false;      ///< responses of Gemini
};

/// A log of the calls, one a line.
std::string log_of(const std::vector<MadeCall>& calls, const Log& log = {});

/// A report of whole days in the form of a provider's export.
struct Export {
  const char* name;
  const char* file;
  std::string (*text)(const std::vector<MadeCall>& calls, int days);
  bool has_requests;
  bool has_cache;
  bool has_labels;   ///< projects or keys
  bool has_tiers;    ///< tells a batch apart
  bool is_of_calls;  ///< with their ids
  bool is_money;
};

const std::vector<Export>& exports();

}  // namespace usagectl::made
