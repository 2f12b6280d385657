// Usage in a document that its layout doesn't speak of.
#include <algorithm>
#include <string>
#include <utility>

#include "formats/layouts/layout_node.hpp"
#include "formats/layouts/layout_reader.hpp"

namespace usagectl {

/// Objects that a record takes counters from, and those that repeat it, are no others.
void LayoutReader::note_what_else_is_read(const LayoutRecord& record) {
  const auto note = [&](PathPattern pattern, const PathPattern& path, std::size_t tokens) {
    pattern.tokens.insert(pattern.tokens.end(), path.tokens.begin(),
                          path.tokens.begin() + static_cast<std::ptrdiff_t>(tokens));
    if (!pattern.tokens.empty()) read_otherwise_.push_back(std::move(pattern));
  };
  const auto note_counter = [&](const PathPattern& at, const PathPattern& path) {
    note(at, path, path.tokens.size());
    if (path.tokens.size() > 1) note(at, path, path.tokens.size() - 1);
  };
  for (const auto& [quantity, path] : record.counters) note_counter(record.at, path);
  for (const RepeatedUsage& again : record.again) {
    if (again.at.outward > record.at.tokens.size()) continue;
    PathPattern from = record.at;
    from.tokens.resize(from.tokens.size() - again.at.outward);
    for (const std::string& token : again.at.path.tokens) from.tokens.push_back(token);
    note(from, {}, 0);
    for (const auto& [quantity, path] : again.counters) note_counter(from, path);
  }
}

/// Whether the layout says something of the place at a pointer into the document, or of one around
/// it. What is inside the object of a record is a part of it, unless that is a whole line or row.
bool LayoutReader::is_read(const PathPattern& in, std::string_view pointer) const {
  PathPattern path;
  if (!parse_path_pattern(pointer, path)) return false;
  const std::vector<std::string>& tokens = path.tokens;
  if (tokens.size() < in.tokens.size()) return false;
  for (std::size_t i = 0; i < in.tokens.size(); ++i) {
    if (!PathPattern::is_any(in.tokens[i]) && in.tokens[i] != tokens[i]) return false;
  }
  const auto is_here = [&](const PathPattern& pattern) {
    return pattern.tokens.size() == tokens.size() - in.tokens.size() &&
           std::equal(pattern.tokens.begin(), pattern.tokens.end(),
                      tokens.begin() + static_cast<std::ptrdiff_t>(in.tokens.size()),
                      [](const std::string& asked, const std::string& token) {
                        return PathPattern::is_any(asked) || asked == token;
                      });
  };
  if (std::any_of(read_otherwise_.begin(), read_otherwise_.end(), is_here)) return true;
  const Node* node = root_.get();
  bool is_row = true;
  for (std::size_t i = in.tokens.size(); node != nullptr; ++i) {
    // What is ignored of whole lines, its condition said where they were read.
    const bool is_ignored =
        !node->ignored.empty() && node != root_.get() && !node->ignored.front()->may_be_usage;
    if (is_ignored || !node->values.empty() || !node->line_values.empty()) return true;
    if (!node->records.empty() && (i == tokens.size() || !is_row)) return true;
    if (i == tokens.size())
      return std::any_of(node->named.begin(), node->named.end(), [](const auto& member) {
        return !member.second->values.empty() || !member.second->line_values.empty();
      });
    is_row = !node->named.contains(tokens[i]);
    node = node->below(tokens[i]);
  }
  return false;
}

void LayoutReader::look_at_others(const Json& document, const PathPattern& in, const Place& place) {
  if (is_left_out_) return;
  others_.look(
      file_.catalogue(), document, place,
      [&](const std::string& pointer) { return is_read(in, pointer); }, *observations_);
}

}  // namespace usagectl
