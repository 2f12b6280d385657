#pragma once

#include <fmt/format.h>

#include <string>

#include "formats/lines/plain_line.hpp"

namespace usagectl {

/// All that was read of a line, to be compared.
inline std::string text_of(const PlainLine& line) {
  std::string text;
  for (const auto& slot : line.values.slots()) {
    text += fmt::format("{}={} {} {} {}\n", slot.key, slot.count.value_or(-1), slot.digits,
                        slot.detail, slot.fault);
  }
  for (const auto& number : line.values.unknown()) {
    text += fmt::format("{}={} {}\n", number.path, number.count, int(number.may_count));
  }
  for (const KeyId key : line.values.repeated()) text += fmt::format("twice {}\n", key);
  text += line.values.present().to_string();
  text += fmt::format("\ncalls {}\n", line.values.calls().value_or(-1));
  for (const StatedCost* cost : {&line.values.cost(), &line.about.cost}) {
    const auto whole = cost->whole();
    text += whole ? fmt::format("cost under {}\n", whole->key) : "no cost\n";
  }
  const Surroundings& about = line.about;
  for (const std::string& field : {about.object, about.type, about.id, about.model, about.time,
                                   about.provider, about.session, about.project, about.key}) {
    text += field + "\n";
  }
  text += about.siblings.to_string();
  text += fmt::format(" {} {} {} {} {} {}", about.known, about.sums.is_named_so,
                      about.sums.has_total_keys, about.sums.is_called_so,
                      about.sums.calls.value_or(-1), about.id_is_vague);
  return text;
}

}  // namespace usagectl
