#include "input/containers/markdown_documents.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "input/containers/delimited_text.hpp"
#include "input/json/json_sequence.hpp"
#include "input/text_lines.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) + 1 - first);
}

/// "```" or "~~~" that opens or closes a block; empty when the line does not.
std::string_view fence_of(std::string_view line) {
  line = trimmed(line);
  for (const char mark : {'`', '~'}) {
    const auto end = std::min(line.find_first_not_of(mark), line.size());
    if (end >= 3) return line.substr(0, end);
  }
  return {};
}

bool names_json(std::string_view fenced_as) {
  fenced_as = trimmed(fenced_as);
  return fenced_as.starts_with("json") || fenced_as.starts_with("ndjson");
}

bool begins_like_json(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

/// "| --- | :-: |"
bool is_delimiter_row(std::string_view line) {
  line = trimmed(line);
  return line.find('|') != std::string_view::npos && line.find("--") != std::string_view::npos &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool is_row(std::string_view line) { return trimmed(line).find('|') != std::string_view::npos; }

/// Without emphasis around it: "**12**" and "`12`".
std::string_view plain(std::string_view cell) {
  for (const std::string_view mark : {"**", "__", "`", "*"}) {
    if (cell.size() > mark.size() * 2 && cell.starts_with(mark) && cell.ends_with(mark))
      cell = trimmed(cell.substr(mark.size(), cell.size() - mark.size() * 2));
  }
  return cell;
}

void append_csv_field(std::string_view cell, std::string& csv) {
  if (cell.find_first_of(",\"") == std::string_view::npos) {
    csv += cell;
    return;
  }
  csv.push_back('"');
  for (const char c : cell) {
    if (c == '"') csv.push_back('"');
    csv.push_back(c);
  }
  csv.push_back('"');
}

/// A row of a table as one of delimited text; a bar behind a backslash belongs to its cell.
void append_csv_row(std::string_view line, std::string& csv) {
  line = trimmed(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|') && !line.ends_with("\\|")) line.remove_suffix(1);
  std::string cell;
  bool is_first = true;
  const auto end_cell = [&] {
    if (!is_first) csv.push_back(',');
    is_first = false;
    append_csv_field(plain(trimmed(cell)), csv);
    cell.clear();
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell.push_back(line[++i]);
    } else if (line[i] == '|') {
      end_cell();
    } else {
      cell.push_back(line[i]);
    }
  }
  end_cell();
  csv.push_back('\n');
}

class Markdown {
 public:
  Markdown(std::string_view text, JsonParser& parser, std::string& json_lines)
      : parser_(parser), json_lines_(json_lines) {
    is_ended_ = text.ends_with('\n');
    each_line(text, [&](std::uint64_t, std::string_view line) { lines_.push_back(line); });
  }

  TextDocuments read() {
    while (at_ < lines_.size()) {
      if (const std::string_view fence = fence_of(lines_[at_]); !fence.empty()) {
        read_block(fence);
      } else if (at_ + 1 < lines_.size() && is_row(lines_[at_]) &&
                 is_delimiter_row(lines_[at_ + 1])) {
        read_table();
      } else {
        if (!trimmed(lines_[at_]).empty()) ++found_.without_json;
        note_heading(trimmed(lines_[at_]));
        found_.leave(at_ + 1, lines_[at_]);
        pass_over(1);
      }
    }
    found_.lines = lines_.size();
    return found_;
  }

 private:
  /// "## Limits", "**Limits**" and "Limits:".
  void note_heading(std::string_view line) {
    constexpr std::size_t kLongest = 96;
    if (line.empty()) return;
    caption_ = {};
    if (line.size() > kLongest) return;
    if (line.starts_with('#')) {
      heading_ = line;
    } else if (line.ends_with(':') || (line.starts_with("**") && line.ends_with("**"))) {
      caption_ = line;
    }
  }

  void pass_over(std::size_t lines) {
    json_lines_.append(lines, '\n');
    at_ += lines;
  }

  void read_block(std::string_view fence) {
    std::string_view fenced_as = trimmed(lines_[at_]);
    fenced_as.remove_prefix(fence.size());
    pass_over(1);
    std::string block;
    std::size_t lines = 0;
    for (; at_ + lines < lines_.size(); ++lines) {
      const std::string_view closing = fence_of(lines_[at_ + lines]);
      if (closing.starts_with(fence) && trimmed(lines_[at_ + lines]).size() == closing.size())
        break;
      block += lines_[at_ + lines];
      block.push_back('\n');
    }
    const bool is_json =
        names_json(fenced_as) || (trimmed(fenced_as).empty() && begins_like_json(block));
    if (is_json) {
      if (at_ + lines == lines_.size()) find_cut_object(block);
      found_.documents += documents_as_json_lines(block, json_lines_).documents;
      at_ += lines;
    } else {
      found_.without_json += lines;
      for (std::size_t i = 0; i < lines; ++i) found_.leave(at_ + i + 1, lines_[at_ + i]);
      pass_over(lines);
    }
    if (at_ < lines_.size()) pass_over(1);
  }

  /// A block that the end of the text stops inside an object.
  void find_cut_object(std::string_view block) {
    std::uint64_t line = at_ + 1;
    JsonInSequence next;
    while (next_in_sequence(block, line, next)) {
      if (!next.whole) found_.cut_at = next.line;
    }
  }

  /// The last line of the text, as a row that no line break ends: cut, where the bar at its end is
  /// missing or cells are.
  bool is_cut_row(std::size_t index, std::string_view header) {
    if (is_ended_ || index + 1 != lines_.size()) return false;
    const std::string_view row = trimmed(lines_[index]);
    const auto bars = [](std::string_view line) {
      return std::count(line.begin(), line.end(), '|');
    };
    if (bars(row) < bars(header)) {
      found_.cut_at = index + 1;
      return true;
    }
    if (!row.ends_with('|') && row.back() >= '0' && row.back() <= '9') found_.open_at = index + 1;
    return false;
  }

  void read_table() {
    const std::string_view header = trimmed(lines_[at_]);
    std::size_t lines = 2;
    std::string csv;
    append_csv_row(lines_[at_], csv);
    csv.push_back('\n');
    while (at_ + lines < lines_.size() && is_row(lines_[at_ + lines])) {
      if (is_cut_row(at_ + lines, header)) break;
      append_csv_row(lines_[at_ + lines++], csv);
    }
    const auto table = delimited_table(csv, "table.csv", true);
    if (!table || !table->problem.empty() || !table->has_header || table->separator != ',') {
      found_.without_json += lines;
      pass_over(lines);
      return;
    }
    json_lines_.append(static_cast<std::size_t>(table->header_lines), '\n');
    ConvertedRows rows = rows_as_json_lines(std::string_view(csv).substr(table->header_bytes),
                                            *table, parser_, json_lines_);
    const std::uint64_t without = rows.problems.size();
    found_.documents += lines - 2 - without;
    found_.without_json += without;
    if (rows.unread_usages > 0 || rows.rounded_rows > 0) {
      const std::uint64_t before = at_ + table->header_lines;
      rows.first_unread_usage += before;
      rows.first_rounded += before;
      found_.open_tables.push_back(std::move(rows));
    }
    TableInText& place = found_.tables.emplace_back();
    place.first_line = at_ + 3;
    place.last_line = at_ + lines;
    place.heading = caption_.empty() ? heading_ : caption_;
    caption_ = {};
    for (const DelimitedColumn& column : table->columns) place.columns.push_back(column.name);
    at_ += lines;
  }

  JsonParser& parser_;
  std::string& json_lines_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  bool is_ended_ = true;      ///< by a line break
  std::string_view heading_;  ///< of the section
  std::string_view caption_;  ///< the last line, where it may be that of a table
  TextDocuments found_;
};

}  // namespace

TextDocuments markdown_as_json_lines(std::string_view text, JsonParser& parser,
                                     std::string& json_lines) {
  return Markdown(text, parser, json_lines).read();
}

bool holds_markdown_documents(std::string_view start) {
  bool is_found = false;
  std::string_view before;
  each_line(start, [&](std::uint64_t, std::string_view line) {
    const std::string_view fence = fence_of(line);
    is_found = is_found || (!fence.empty() && names_json(trimmed(line).substr(fence.size()))) ||
               (is_row(before) && is_delimiter_row(line));
    before = line;
  });
  return is_found;
}

}  // namespace usagectl
