#include "harness/in_process.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>

#include "cli/output/world.hpp"

namespace usagectl {

Outcome run_in_process(const std::vector<std::string>& arguments, const RunSetting& setting) {
  Outcome outcome;
  World world;
  world.out = [&outcome](std::string_view text) {
    outcome.out += text;
    return true;
  };
  world.err = [&outcome](std::string_view text) {
    outcome.err += text;
    return true;
  };
  world.no_color = setting.no_color;
  world.term = setting.term;
  world.out_is_terminal = setting.out_is_terminal;
  world.err_is_terminal = setting.err_is_terminal;
  world.width = setting.width;
  world.now_seconds = setting.now_seconds;
  outcome.exit = static_cast<int>(run(arguments, world));
  return outcome;
}

void redirect_standard_input(const std::optional<std::string>& file) {
  const std::string source = file.value_or("/dev/null");
  const int descriptor = ::open(source.c_str(), O_RDONLY);
  if (descriptor < 0) throw std::runtime_error("cannot open " + source);
  const bool moved = ::dup2(descriptor, STDIN_FILENO) == STDIN_FILENO;
  ::close(descriptor);
  if (!moved) throw std::runtime_error("cannot make " + source + " the standard input");
}

}  // namespace usagectl
