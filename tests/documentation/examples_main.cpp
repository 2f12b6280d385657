// documentation_examples FOLDER_OF_USAGECTL TESTDATA DOCUMENT
// Runs every example of a Markdown or mdoc document in testdata/ and holds what it prints against
// what the document shows.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "documentation/example.hpp"
#include "harness/line_diff.hpp"
#include "harness/shell.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;
using namespace usagectl;

namespace {

// Stands between the outputs of two commands; no usagectl output holds it, since control
// characters are escaped there.
constexpr char kBetween = '\x1e';

/// One script for the block, in which `$?` is the status of the command before.
std::string script_of(const ExampleBlock& block) {
  std::string script = "status=0\n";
  for (const Example& example : block) {
    script += "(exit $status)\n" + example.command + "\nstatus=$?\n";
    // A signal or a missing command is never what an example wants to show.
    script += "if [ $status -ge 126 ]; then echo \"ended with status $status\"; fi\n";
    script += "printf '\\036'\n";
  }
  return script;
}

std::vector<std::string> outputs_of(const std::string& text, std::size_t number) {
  std::vector<std::string> outputs(1);
  for (const char character : text) {
    if (character == kBetween) {
      outputs.emplace_back();
    } else {
      outputs.back() += character;
    }
  }
  outputs.resize(number);
  return outputs;
}

int run_document(const std::string& binary_folder, const fs::path& testdata,
                 const fs::path& document) {
  const auto text = contents_of(document);
  if (!text) throw std::runtime_error("no file " + document.string());
  const auto blocks =
      document.extension() == ".md" ? markdown_examples(*text) : mdoc_examples(*text);
  fs::current_path(testdata);

  std::size_t examples = 0;
  std::size_t wrong = 0;
  for (const ExampleBlock& block : blocks) {
    const auto outputs =
        outputs_of(run_shell(script_of(block), binary_folder).output, block.size());
    for (std::size_t i = 0; i < block.size(); ++i) {
      ++examples;
      if (output_matches(block[i].output, outputs[i])) continue;
      ++wrong;
      std::printf("%s:%zu: $ %s\n%s", document.c_str(), block[i].line, block[i].command.c_str(),
                  line_diff(block[i].output, outputs[i]).c_str());
    }
  }
  std::printf("%zu examples, %zu of them wrong\n", examples, wrong);
  if (examples == 0) std::printf("%s: shows no example\n", document.c_str());
  return wrong == 0 && examples != 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  try {
    if (count == 4) return run_document(words[1], words[2], words[3]);
    std::fputs("documentation_examples FOLDER_OF_USAGECTL TESTDATA DOCUMENT\n", stderr);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
  }
  return 1;
}
