#include "input/containers/yaml_documents.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/base64.hpp"
#include "base/utf8.hpp"
#include "input/containers/json_text.hpp"
#include "input/containers/yaml_scalar.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// An event of libyaml, freed with its owner.
struct Event {
  yaml_event_t event{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event); }
};

class Parser {
 public:
  explicit Parser(std::string_view text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    if (text.data() == nullptr) text = "";  // libyaml ends the program at a null pointer
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { yaml_parser_delete(&parser_); }

  /// False where the text is not YAML.
  bool next(Event& event) { return yaml_parser_parse(&parser_, &event.event) != 0; }

  YamlFault fault() const {
    std::string what = parser_.problem == nullptr ? "cannot be parsed" : parser_.problem;
    if (parser_.context != nullptr) what = fmt::format("{} {}", what, parser_.context);
    return {what, parser_.problem_mark.line + 1, parser_.problem_mark.column + 1, false};
  }

 private:
  yaml_parser_t parser_{};
};

/// Builds the JSON of one document at a time.
class JsonBuilder {
 public:
  explicit JsonBuilder(std::size_t text_bytes)
      : most_alias_bytes_(text_bytes * 2 + kMostAliasBytes) {}

  const std::string& json() const { return json_; }
  std::uint64_t line() const { return line_; }

  void begin(std::uint64_t line) {
    json_.clear();
    line_ = line;
    open_.clear();
    anchors_.clear();
    alias_bytes_ = 0;
  }

  /// Of a document that is not ended: its outermost list without the item that is not ended. Empty
  /// where it has none.
  std::string unended_json() const {
    const auto list =
        std::find_if(open_.begin(), open_.end(), [](const Open& open) { return !open.is_mapping; });
    if (list == open_.end()) return {};
    const auto item = std::next(list);
    std::string json = json_.substr(0, item == open_.end() ? json_.size() : item->begin);
    if (json.ends_with(',')) json.pop_back();
    json.push_back(']');
    json.append(static_cast<std::size_t>(list - open_.begin()), '}');
    return json;
  }

  /// Adds what the event says; a fault where that is refused.
  std::optional<std::string> add(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT: return add_scalar(event);
      case YAML_ALIAS_EVENT: return add_alias(text_of(event.data.alias.anchor));
      case YAML_SEQUENCE_START_EVENT: return open(event.data.sequence_start.anchor, '[', false);
      case YAML_MAPPING_START_EVENT: return open(event.data.mapping_start.anchor, '{', true);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(); break;
      default: break;
    }
    return {};
  }

 private:
  /// A list or mapping that has not ended.
  struct Open {
    bool is_mapping = false;
    bool is_key_next = false;
    bool is_empty = true;
    std::string anchor;
    std::size_t begin = 0;
  };
  /// Where a value stands in the JSON.
  struct Anchored {
    std::size_t begin = 0;
    std::size_t size = 0;
    bool is_whole = false;  ///< false inside it
  };

  bool is_key_next() const { return !open_.empty() && open_.back().is_key_next; }

  void separate() {
    if (open_.empty()) return;
    Open& outer = open_.back();
    const bool is_value = outer.is_mapping && !outer.is_key_next;
    if (!is_value && !outer.is_empty) json_.push_back(',');
    outer.is_empty = false;
  }
  /// A key or value has ended.
  void end_node() {
    if (open_.empty() || !open_.back().is_mapping) return;
    if (open_.back().is_key_next) json_.push_back(':');
    open_.back().is_key_next = !open_.back().is_key_next;
  }
  void remember(std::string_view anchor, std::size_t begin) {
    if (!anchor.empty())
      anchors_.insert_or_assign(std::string(anchor), Anchored{begin, json_.size() - begin, true});
  }

  std::optional<std::string> open(const yaml_char_t* anchor, char bracket, bool is_mapping) {
    if (is_key_next()) return "a key is a list or mapping, which JSON has no place for";
    if (open_.size() == JsonParser::kDeepestNesting)
      return fmt::format("nested deeper than {} levels", JsonParser::kDeepestNesting);
    separate();
    open_.push_back({is_mapping, is_mapping, true, std::string(text_of(anchor)), json_.size()});
    if (anchor != nullptr) anchors_.insert_or_assign(open_.back().anchor, Anchored{});
    json_.push_back(bracket);
    return {};
  }

  void close() {
    json_.push_back(open_.back().is_mapping ? '}' : ']');
    const Open closed = std::move(open_.back());
    open_.pop_back();
    remember(closed.anchor, closed.begin);
    end_node();
  }

  std::optional<std::string> add_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    std::string_view tag = text_of(scalar.tag);
    constexpr std::string_view kCore = "tag:yaml.org,2002:";
    if (tag.starts_with(kCore)) tag.remove_prefix(kCore.size());
    separate();
    const std::size_t begin = json_.size();
    if (is_key_next()) {
      append_raw_json_string(text, json_);
    } else if (tag == "binary" || tag == "!binary") {
      append_binary(text);
    } else if (tag == "int" || tag == "float" || tag == "bool" || tag == "null" ||
               (scalar.plain_implicit != 0 && scalar.style == YAML_PLAIN_SCALAR_STYLE)) {
      append_plain_scalar(text, json_);
    } else {
      append_raw_json_string(text, json_);
    }
    remember(text_of(scalar.anchor), begin);
    end_node();
    return {};
  }

  void append_binary(std::string_view text) {
    std::string compact(text);
    std::erase_if(compact, [](char c) { return c == '\n' || c == ' ' || c == '\t' || c == '\r'; });
    const auto decoded = base64_decoded(compact);
    const bool is_text = decoded && !find_invalid_utf8(*decoded);
    append_raw_json_string(is_text ? *decoded : compact, json_);
  }

  std::optional<std::string> add_alias(std::string_view name) {
    const auto known = anchors_.find(name);
    if (known == anchors_.end()) return fmt::format("nothing is anchored as {}", name);
    if (!known->second.is_whole)
      return fmt::format("{} stands for something that it is part of", name);
    const Anchored anchored = known->second;
    alias_bytes_ += anchored.size;
    if (alias_bytes_ > most_alias_bytes_)
      return fmt::format("its aliases stand for more than {} bytes", most_alias_bytes_);
    if (is_key_next() && json_[anchored.begin] != '"')
      return fmt::format("{} is a key, but stands for no text", name);
    separate();
    json_.reserve(json_.size() + anchored.size);
    json_.append(json_.data() + anchored.begin, anchored.size);
    end_node();
    return {};
  }

  std::string json_;
  std::uint64_t line_ = 1;
  std::vector<Open> open_;
  std::map<std::string, Anchored, std::less<>> anchors_;
  std::size_t alias_bytes_ = 0;
  std::size_t most_alias_bytes_;
};

}  // namespace

std::optional<YamlFault> each_yaml_document(
    std::string_view text,
    const std::function<void(std::string_view json, std::uint64_t line)>& visit) {
  Parser parser(text);
  JsonBuilder builder(text.size());
  const auto line_breaks = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  for (;;) {
    Event event;
    if (!parser.next(event)) {
      YamlFault fault = parser.fault();
      fault.is_at_end = fault.line > line_breaks;
      const std::string json = fault.is_at_end ? builder.unended_json() : std::string();
      if (!json.empty()) visit(json, builder.line());
      return fault;
    }
    const auto type = event.event.type;
    const std::uint64_t line = event.event.start_mark.line + 1;
    if (type == YAML_STREAM_END_EVENT) return {};
    if (type == YAML_DOCUMENT_START_EVENT) {
      builder.begin(line);
    } else if (type == YAML_DOCUMENT_END_EVENT) {
      visit(builder.json(), builder.line());
    } else if (auto refused = builder.add(event.event)) {
      return YamlFault{std::move(*refused), line, event.event.start_mark.column + 1, false};
    }
  }
}

bool looks_like_yaml(std::string_view start, std::string_view path) {
  if (path.ends_with(".yaml") || path.ends_with(".yml")) return true;
  return start.starts_with("%YAML ") || start.starts_with("---\n") || start.starts_with("---\r\n");
}

}  // namespace usagectl
