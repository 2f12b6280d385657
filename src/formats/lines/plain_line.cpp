#include "formats/lines/plain_line.hpp"

#include <algorithm>
#include <array>

#include "formats/reading/usage_object.hpp"
#include "formats/reading/usage_search.hpp"

namespace usagectl {
namespace {

bool ends_with_details(std::string_view name) { return name.ends_with("_details"); }

}  // namespace

bool is_vague_id(std::string_view id, std::string_view named_id) {
  const bool is_short_number =
      id.size() < 10 && id.find_first_not_of("0123456789") == std::string_view::npos;
  return is_short_number || named_id == id;
}

bool is_id_of_call(const Catalogue& catalogue, std::string_view id, bool is_vague) {
  constexpr std::size_t kLongId = 16;
  return !id.empty() && (!is_vague || id.size() >= kLongId || catalogue.knows_id(id));
}

bool all_zero(const Counts& counts) {
  return counts[Counter::input] == Count(0) && counts[Counter::output] == Count(0);
}

bool names_what_it_is(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "object",   "type",      "done",    "event_type",      "tokens_evaluated",
      "response", "custom_id", "request", "tokens_predicted"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_of_own_making(const Json& body) {
  if (!body.is_object()) return false;
  bool is_flat = true;
  body.each_member([&](std::string_view name, const Json& value) {
    if (value.is_array() || names_what_it_is(name)) is_flat = false;
    if (value.is_object() && name != "usage" && !ends_with_details(name)) is_flat = false;
  });
  return is_flat;
}

bool read_plain_line(const Catalogue& catalogue, const Json& document, PlainLine& line) {
  line = {};
  bool is_plain = document.is_object();
  document.each_member([&](std::string_view name, const Json& value) {
    if (!is_plain) return;
    if (value.is_object() || value.is_array()) {
      is_plain = value.is_object() && name == "usage" && !line.usage.present();
      line.usage = value;
    } else {
      is_plain = !names_what_it_is(name) &&
                 !(value.is_number() && name.find("oken") != std::string_view::npos &&
                   counts_tokens_alone(name));
    }
    describe(catalogue, name, value, line.about);
  });
  if (!is_plain || !line.usage.present()) return false;
  line.about.id_is_vague = is_vague_id(line.about.id, document["id"].text());
  line.values = UsageValues(catalogue, line.usage);
  if (line.about.tier.empty()) line.about.tier = tier_of_usage(line.usage);
  // Lists inside a usage object describe parts of it; so do objects that are no details.
  line.usage.each_member([&](std::string_view name, const Json& value) {
    if (value.is_array()) is_plain = false;
    if (value.is_object() && !ends_with_details(name)) is_plain = false;
  });
  return is_plain && is_usage(catalogue, line.values);
}

bool read_plain_row(const Catalogue& catalogue, const Json& row, PlainLine& line) {
  line = {};
  line.usage = row;
  line.values = UsageValues(catalogue, row);
  if (!is_usage_itself(catalogue, row, line.values)) return false;
  describe(catalogue, row, line.about);
  line.about.id_is_vague = is_vague_id(line.about.id, row["id"].text());
  return true;
}

}  // namespace usagectl
