#include "input/json/pointer_positions.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace usagectl {
namespace {

/// A longer key is not among those that anybody asks for.
constexpr std::size_t kLongestKey = std::size_t{64} * 1024;

/// Cuts the first token off a pointer, with ~0 and ~1 replaced.
std::string next_token(std::string_view& pointer) {
  if (pointer.starts_with('/')) pointer.remove_prefix(1);
  const std::size_t end = std::min(pointer.find('/'), pointer.size());
  std::string token;
  for (std::size_t i = 0; i < end; ++i) {
    const bool is_escape = pointer[i] == '~' && i + 1 < end;
    if (is_escape && pointer[i + 1] == '0') {
      token.push_back('~');
      ++i;
    } else if (is_escape && pointer[i + 1] == '1') {
      token.push_back('/');
      ++i;
    } else {
      token.push_back(pointer[i]);
    }
  }
  pointer.remove_prefix(end);
  return token;
}

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

/// Bytes inside a code point and of a byte order mark take no column.
bool takes_column(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

void PointerPositions::want(std::uint64_t line, std::string_view pointer) {
  const auto [root, is_new] = roots_.try_emplace(line, nodes_.size());
  if (is_new) nodes_.emplace_back();
  std::size_t node = root->second;
  while (!pointer.empty()) {
    const std::string token = next_token(pointer);
    std::size_t next = child_of(node, token);
    if (next == kNone) {
      next = nodes_.size();
      nodes_.emplace_back();
      nodes_[node].children.emplace(token, next);
    }
    node = next;
  }
  if (!std::exchange(nodes_[node].is_wanted, true)) ++left_;
}

std::optional<TextPosition> PointerPositions::position(std::uint64_t line,
                                                       std::string_view pointer) const {
  const auto root = roots_.find(line);
  if (root == roots_.end()) return std::nullopt;
  if (pointer.empty()) return nodes_[root->second].position;
  std::optional<TextPosition> innermost;
  std::size_t node = root->second;
  while (!pointer.empty()) {
    node = child_of(node, next_token(pointer));
    if (node == kNone || !nodes_[node].position) break;
    innermost = nodes_[node].position;
  }
  return innermost;
}

std::size_t PointerPositions::child_of(std::size_t node, std::string_view token) const {
  if (node == kNone) return kNone;
  const auto found = nodes_[node].children.find(token);
  return found == nodes_[node].children.end() ? kNone : found->second;
}

std::size_t PointerPositions::node_of_value() const {
  if (frames_.empty()) return root_;
  const Frame& frame = frames_.back();
  return frame.is_list ? child_of(frame.node, std::to_string(frame.index)) : node_of_member_;
}

bool PointerPositions::wants_line() const {
  const auto is_open = [&](std::uint64_t line) {
    const auto root = roots_.find(line);
    return root != roots_.end() && !nodes_[root->second].position;
  };
  return is_open(0) || is_open(here_.line);
}

bool PointerPositions::read(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (left_ == 0) return false;
    if (!is_walking_ && !wants_line()) {
      at = bytes.find('\n', at);
      if (at == std::string_view::npos) return true;
      end_line();
      continue;
    }
    const char byte = bytes[at];
    take(byte);
    if (byte == '\n') {
      end_line();
    } else if (takes_column(byte)) {
      ++here_.column;
    }
  }
  return left_ > 0;
}

void PointerPositions::end_line() {
  ++here_.line;
  here_.column = 1;
  is_blank_so_far_ = true;
  if (is_walking_ && ends_with_line_) is_walking_ = false;
}

void PointerPositions::take(char byte) {
  if (!is_walking_) return seek(byte);
  if (in_string_ != InString::no) return take_string_byte(byte);
  walk(byte);
}

/// Looks for the beginning of a document that is asked for. The first of a text may begin on any
/// line; another may follow the prefix of a log on its line.
void PointerPositions::seek(char byte) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (is_space(byte)) return;
  if (here_.line == 1 && is_blank_so_far_ && kByteOrderMark.find(byte) != std::string_view::npos) {
    if (takes_column(byte)) --here_.column;  // read() counts it
    return;
  }
  const bool is_first = std::exchange(is_blank_so_far_, false);
  const bool opens = byte == '{' || (byte == '[' && is_first);
  if (const auto root = roots_.find(0); root != roots_.end() && !nodes_[root->second].position) {
    if (opens && is_first) return begin_document(root->second, byte == '[', false);
    left_ = 0;  // not a JSON document
    return;
  }
  if (!opens) return;
  const auto root = roots_.find(here_.line);
  if (root == roots_.end() || nodes_[root->second].position) return;
  begin_document(root->second, byte == '[', !is_first);
}

void PointerPositions::begin_document(std::size_t root, bool is_list, bool ends_with_line) {
  root_ = root;
  ends_with_line_ = ends_with_line;
  is_walking_ = true;
  frames_.clear();
  skipped_depth_ = 0;
  in_string_ = InString::no;
  is_noted_ = false;
  open(is_list);
}

void PointerPositions::walk(char byte) {
  switch (byte) {
    case '{': return open(false);
    case '[': return open(true);
    case '}':
    case ']': return close();
    case '"':
      if (skipped_depth_ == 0 && !frames_.empty() && frames_.back().expects_key) {
        in_string_ = InString::key;
        key_.clear();
      } else {
        note_value();
        in_string_ = InString::value;
      }
      return;
    case ',':
      if (skipped_depth_ > 0 || frames_.empty()) return;
      ++frames_.back().index;
      frames_.back().expects_key = !frames_.back().is_list;
      is_noted_ = false;
      return;
    case ':':
      if (skipped_depth_ > 0 || frames_.empty()) return;
      frames_.back().expects_key = false;
      is_noted_ = false;
      return;
    default:
      if (!is_space(byte)) note_value();
  }
}

void PointerPositions::take_string_byte(char byte) {
  const bool is_key = in_string_ == InString::key;
  if (!is_escaped_ && byte == '"') {
    in_string_ = InString::no;
    if (is_key) take_key();
    return;
  }
  is_escaped_ = !is_escaped_ && byte == '\\';
  if (is_key && key_.size() < kLongestKey) key_.push_back(byte);
}

void PointerPositions::take_key() {
  const std::size_t node = frames_.back().node;
  if (key_.find('\\') == std::string::npos) {
    node_of_member_ = child_of(node, key_);
    return;
  }
  const auto key = nlohmann::json::parse("\"" + key_ + "\"", nullptr, false);
  node_of_member_ = key.is_string() ? child_of(node, key.get_ref<const std::string&>()) : kNone;
}

void PointerPositions::note_value() {
  if (skipped_depth_ > 0 || std::exchange(is_noted_, true)) return;
  const std::size_t node = node_of_value();
  if (node == kNone || nodes_[node].position) return;
  nodes_[node].position = here_;
  if (nodes_[node].is_wanted) --left_;
}

void PointerPositions::open(bool is_list) {
  if (skipped_depth_ > 0) {
    ++skipped_depth_;
    return;
  }
  is_noted_ = false;
  note_value();
  const std::size_t node = node_of_value();
  if (node == kNone || nodes_[node].children.empty()) {
    skipped_depth_ = 1;
    return;
  }
  frames_.push_back({node, is_list, !is_list, 0});
  is_noted_ = false;
}

void PointerPositions::close() {
  if (skipped_depth_ > 0) {
    --skipped_depth_;
  } else if (!frames_.empty()) {
    frames_.pop_back();
  }
  is_noted_ = true;
  if (frames_.empty() && skipped_depth_ == 0) is_walking_ = false;
}

}  // namespace usagectl
