#include "capture/unread_file.hpp"

#include <optional>
#include <string>
#include <utility>

#include "dialects/usage_words.hpp"
#include "formats/reading/named_place.hpp"
#include "input/containers/container_kind.hpp"
#include "input/json/json.hpp"

namespace usagectl {
namespace {

/// A table or a document that counts tokens says so soon.
bool speaks_of_tokens_soon(std::string_view text) {
  constexpr std::size_t kSoon = std::size_t{16} * 1024;
  const std::string_view start = text.substr(0, kSoon);
  return start.find("oken") != std::string_view::npos ||
         start.find("TOKEN") != std::string_view::npos;
}

bool may_hold_usage(const Container& container, std::string_view text) {
  switch (container.kind) {
    case ContainerKind::sqlite:
    case ContainerKind::archive:
    case ContainerKind::compressed: return true;
    case ContainerKind::delimited:
    case ContainerKind::yaml: return speaks_of_tokens_soon(text);
    case ContainerKind::unread:
      return container.advice.find("no usage") == std::string_view::npos &&
             container.name.find("journal") == std::string_view::npos &&
             container.name.find("write-ahead") == std::string_view::npos;
    case ContainerKind::unknown:
    case ContainerKind::markdown: break;
  }
  return false;
}

/// Looks for a number that may count tokens: where it stands.
class NumberSearch {
 public:
  std::optional<std::string> find(const Json& value, const std::string& pointer = {}) {
    std::optional<std::string> found;
    if (--left_ < 0) return found;
    value.each_member([&](std::string_view name, const Json& member) {
      if (found || names_average(name)) return;
      const bool is_value = !member.is_object() && !member.is_array();
      if (is_value ? names_no_usage(name) : usage_in(value, name, member) == UsageIn::none) return;
      if (counts_tokens(name, member) || holds_text_of_counts(member))
        found = pointer_to(pointer, name);
      else if (member.is_object() || member.is_array())
        found = find(member, pointer_to(pointer, name));
    });
    value.each_item([&](std::size_t index, const Json& item) {
      if (!found && (item.is_object() || item.is_array()))
        found = find(item, pointer_to(pointer, index));
    });
    return found;
  }

 private:
  static bool counts_tokens(std::string_view name, const Json& value) {
    if (!value.is_number()) return false;
    const auto counter = counter_named(name);
    return counter && counter->says_tokens && read_count(value).count.value_or(0) > 0;
  }
  /// JSON in a string, as some agents keep what they show.
  static bool holds_text_of_counts(const Json& value) {
    const std::string_view text = value.text();
    return text.starts_with('{') && text.find("okens") != std::string_view::npos;
  }

  int left_ = 100'000;  ///< objects and lists; a warning is not worth more
};

Finding not_read(const Place& place, std::string explanation) {
  Finding finding;
  finding.rule = Rule::coverage;
  finding.severity = Severity::warning;
  finding.place = place;
  finding.cause = "not-read";
  finding.explanation = std::move(explanation);
  return finding;
}

}  // namespace

void say_unread(const Json& document, const FileContext& file, Observations& observations) {
  if (auto pointer = NumberSearch().find(document)) {
    observations.finding(not_read({file.id, 0, std::move(*pointer)},
                                  "holds numbers that may count tokens, in a layout that is not "
                                  "known, and was not read"));
  }
}

void say_unread(std::string_view text, const FileContext& file, Observations& observations) {
  const Container container = container_kind(text.substr(0, kContainerStartBytes), file.path);
  if (!may_hold_usage(container, text)) return;
  observations.finding(not_read(
      {file.id, 0, {}}, described(container) +
                            (container.advice.empty() ? ": export its usage as JSON lines" : "") +
                            "; it may hold usage, and was not read"));
}

}  // namespace usagectl
