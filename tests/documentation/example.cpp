#include "documentation/example.hpp"

#include "harness/text_file.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kAnyLines = "…";

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// Takes the lines of one block, each with its number in the document.
class BlockReader {
 public:
  void take(const std::string& line, std::size_t number) {
    if (starts_with(line, "$ ")) {
      block_.push_back(Example{number, line.substr(2), ""});
      in_command_ = true;
    } else if (block_.empty()) {
      return;  // not a block of examples
    } else if (in_command_ && starts_with(line, "> ")) {
      block_.back().command += "\n" + line.substr(2);
    } else {
      block_.back().output += line + "\n";
      in_command_ = false;
    }
  }
  void end(std::vector<ExampleBlock>& blocks) {
    if (!block_.empty()) blocks.push_back(std::move(block_));
    block_.clear();
    in_command_ = false;
  }

 private:
  ExampleBlock block_;
  bool in_command_ = false;
};

/// A line of an mdoc literal block as man shows it.
std::string without_escapes(std::string_view line) {
  std::string plain;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      plain += line[i];
      continue;
    }
    const char escape = line[++i];
    if (escape == '&') continue;  // protects a leading dot
    if (escape == '(' && starts_with(line.substr(i), "(aq")) {
      plain += '\'';
      i += 2;
    } else if (escape == '[') {
      const auto close = line.find(']', i);
      if (line.substr(i, close - i) == "[u2026") plain += kAnyLines;
      i = close;
    } else {
      plain += escape == 'e' ? '\\' : escape;
    }
  }
  return plain;
}

bool lines_match(const std::vector<std::string>& told, std::size_t i,
                 const std::vector<std::string>& printed, std::size_t j) {
  for (; i < told.size(); ++i, ++j) {
    if (told[i] == kAnyLines) {
      for (std::size_t rest = j; rest <= printed.size(); ++rest) {
        if (lines_match(told, i + 1, printed, rest)) return true;
      }
      return false;
    }
    if (j == printed.size() || told[i] != printed[j]) return false;
  }
  return j == printed.size();
}

}  // namespace

std::vector<ExampleBlock> markdown_examples(std::string_view text) {
  std::vector<ExampleBlock> blocks;
  BlockReader reader;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (starts_with(line, "```")) {
      if (inside) reader.end(blocks);
      inside = !inside && line == "```console";
    } else if (inside) {
      reader.take(line, number);
    }
  }
  return blocks;
}

std::vector<ExampleBlock> mdoc_examples(std::string_view text) {
  std::vector<ExampleBlock> blocks;
  BlockReader reader;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (starts_with(line, ".Bd -literal")) {
      inside = true;
    } else if (starts_with(line, ".Ed")) {
      reader.end(blocks);
      inside = false;
    } else if (inside) {
      reader.take(without_escapes(line), number);
    }
  }
  return blocks;
}

bool output_matches(std::string_view told, std::string_view printed) {
  return lines_match(lines_of(told), 0, lines_of(printed), 0);
}

}  // namespace usagectl
