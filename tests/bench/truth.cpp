#include "truth.hpp"

#include <fmt/format.h>

namespace usagectl {
namespace {

void add_to(TrueCounts& sum, const TrueCounts& call) {
  sum.requests += call.requests;
  sum.input += call.input;
  sum.cache_read += call.cache_read;
  sum.cache_write += call.cache_write;
  sum.output += call.output;
  sum.reasoning += call.reasoning;
  sum.total += call.total;
}

std::string number_or_null(std::uint64_t number, bool unknown) {
  return unknown ? "null" : fmt::format("{}", number);
}

std::string counts_json(const TrueCounts& counts, UnknownCounters unknown) {
  return fmt::format(
      R"({{"requests":{},"input":{},"cache_read":{},"cache_write":{},"output":{},"reasoning":{},"total":{}}})",
      counts.requests, counts.input, number_or_null(counts.cache_read, unknown.cache_read),
      number_or_null(counts.cache_write, unknown.cache_write), counts.output,
      number_or_null(counts.reasoning, unknown.reasoning), counts.total);
}

}  // namespace

void Truth::add(std::string_view model, const TrueCounts& call) {
  auto found = models_.find(model);
  if (found == models_.end()) found = models_.emplace(std::string(model), TrueCounts{}).first;
  add_to(found->second, call);
}

void Truth::add_file(const OutputFile& file) {
  ++files_;
  bytes_ += file.bytes();
  lines_ += file.lines();
}

std::string Truth::json() const {
  TrueCounts all;
  std::string models;
  for (const auto& [model, counts] : models_) {
    add_to(all, counts);
    models += fmt::format("{}\n      \"{}\": {}", models.empty() ? "" : ",", model,
                          counts_json(counts, unknown_));
  }
  return fmt::format(
      "{{\n    \"files\": {}, \"bytes\": {}, \"lines\": {},\n    \"all\": {},\n    \"models\": "
      "{{{}\n    }}\n  }}",
      files_, bytes_, lines_, counts_json(all, unknown_), models);
}

}  // namespace usagectl
