#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// A command that a document shows, and what it is said to print.
struct Example {
  std::size_t line = 0;  ///< of the command in the document, from 1
  std::string command;   ///< for sh; several lines when the document continues it with "> "
  std::string output;
};

/// Examples that stand in one block; they run in one shell, one after the other.
using ExampleBlock = std::vector<Example>;

/// The ```console blocks of a Markdown text: lines "$ command", each followed by its output.
std::vector<ExampleBlock> markdown_examples(std::string_view text);

/// The ".Bd -literal" blocks of an mdoc page that start with a line "$ command".
std::vector<ExampleBlock> mdoc_examples(std::string_view text);

/// Whether the output is as told: equal line by line, where a told line "…" stands for any lines.
bool output_matches(std::string_view told, std::string_view printed);

}  // namespace usagectl
