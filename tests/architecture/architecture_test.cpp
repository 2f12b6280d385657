// The shape of the house, held by a test: who may include whom, and that everything that a table
// names is complete.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands/command.hpp"
#include "harness/text_file.hpp"

namespace fs = std::filesystem;
using namespace usagectl;

namespace {

const fs::path kSource = USAGECTL_SOURCE_DIR;

constexpr std::array<std::string_view, 10> kRows = {"base",    "model",   "input",  "dialects",
                                                    "formats", "capture", "ledger", "analysis",
                                                    "render",  "cli"};
constexpr std::size_t kLongestFile = 450;
constexpr std::size_t kMostModulesInAFolder = 20;

/// The folders of a row, each of which includes only from itself or from those before it; "." is
/// what lies in the row itself.
struct Folders {
  std::string_view row;
  std::vector<std::string_view> in_order;
};
const std::vector<Folders> kFolders = {
    {"input", {"json", ".", "containers"}},
    {"formats",
     {"reading", "columns", "layouts", "inference", "lines", "providers", "agents", "apps",
      "platforms", "."}},
    {"ledger", {"books", "calls", "series", "."}},
    {"analysis", {"prices", "checks", "causes", "meaning", "diff", "bill", "."}},
    {"render", {"text", "parts", "html", "reconcile", "diff", "."}},
    {"cli", {"output", "options", "schemas", "sql", "help", "commands", "."}},
};

std::optional<std::size_t> row_index(std::string_view name) {
  const auto found = std::find(kRows.begin(), kRows.end(), name);
  if (found == kRows.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kRows.begin());
}

struct Include {
  std::string target;
  bool in_quotes = false;
};

// By hand: g++ 12 warns about std::regex itself when it builds for the address sanitizer.
std::optional<Include> included_by(std::string_view line) {
  const auto skip = [&line](std::string_view what) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const bool found = line.substr(0, what.size()) == what;
    if (found) line.remove_prefix(what.size());
    return found;
  };
  if (!skip("#") || !skip("include")) return std::nullopt;
  const bool in_quotes = skip("\"");
  if (!in_quotes && !skip("<")) return std::nullopt;
  return Include{std::string(line.substr(0, line.find(in_quotes ? '"' : '>'))), in_quotes};
}

/// What a file of the row must not include, with the reason.
std::vector<std::string> wrong_includes(std::string_view row, std::string_view text) {
  std::vector<std::string> wrong;
  const auto own = row_index(row);
  for (const std::string& line : lines_of(text)) {
    const auto included = included_by(line);
    if (!included) continue;
    const std::string& target = included->target;
    if (included->in_quotes) {
      const auto slash = target.find('/');
      const auto other = row_index(target.substr(0, slash));
      if (slash == std::string::npos || !other) {
        wrong.push_back(target + ": not written as \"row/file\"");
      } else if (own && *other > *own) {
        wrong.push_back(target + ": " + std::string(row) + " stands above " +
                        std::string(kRows[*other]));
      }
    }
  }
  return wrong;
}

/// What a file below src/ includes although it costs every file that does so a second or more.
std::vector<std::string> costly_includes(const std::string& file, std::string_view text) {
  const bool is_header = file.ends_with(".hpp");
  const bool parses_arguments = file == "cli/run.cpp" || file == "cli/options/option_set.cpp" ||
                                file == "cli/options/description.cpp";
  std::vector<std::string> wrong;
  for (const std::string& line : lines_of(text)) {
    const auto included = included_by(line);
    if (!included || included->in_quotes) continue;
    const std::string& target = included->target;
    if (target.starts_with("CLI/") && !parses_arguments) {
      wrong.push_back(target + ": options are declared through cli/options/option_set.hpp");
    } else if (target == "simdjson.h" && file != "input/json/json_parser.cpp") {
      wrong.push_back(target + ": documents are read through input/json/json.hpp");
    } else if (target == "nlohmann/json.hpp" && is_header) {
      wrong.push_back(target + ": a header says nlohmann/json_fwd.hpp");
    }
  }
  return wrong;
}

/// The row of a file below src/; "main" for the files beside the rows.
std::string row_of(const fs::path& file) {
  const fs::path below = file.lexically_relative(kSource / "src");
  return below.has_parent_path() ? below.begin()->string() : "main";
}

/// The second folder of "formats/agents/x.hpp"; "." for what lies in the row itself.
std::string folder_of(const std::string& path) {
  const auto row = path.find('/');
  const auto folder = path.find('/', row + 1);
  return folder == std::string::npos ? "." : path.substr(row + 1, folder - row - 1);
}

/// Where the folder of `path` comes in its row; nothing where the row has no folders.
std::optional<std::ptrdiff_t> folder_index(const std::string& path) {
  const std::string row = path.substr(0, path.find('/'));
  for (const Folders& folders : kFolders) {
    if (folders.row != row) continue;
    const auto found = std::find(folders.in_order.begin(), folders.in_order.end(), folder_of(path));
    REQUIRE_MESSAGE(found != folders.in_order.end(), path << " is in a folder without an order");
    return found - folders.in_order.begin();
  }
  return std::nullopt;
}

std::vector<std::string> files_included_by(const fs::path& file) {
  std::vector<std::string> included;
  for (const std::string& line : lines_of(contents_of(file).value())) {
    const auto include = included_by(line);
    if (include && include->in_quotes) included.push_back(include->target);
  }
  return included;
}

std::vector<fs::path> source_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(kSource / "src")) {
    const auto extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".hpp") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The members of a table: the names in its lines MACRO(name) or MACRO(name, …).
std::vector<std::string> members_of(const fs::path& table) {
  std::vector<std::string> names;
  for (const std::string& line : lines_of(contents_of(table).value_or(""))) {
    const auto open = line.find('(');
    const auto end = line.find_first_of(",)", open);
    if (line.rfind("//", 0) == 0 || open == std::string::npos || end == std::string::npos) continue;
    names.push_back(line.substr(open + 1, end - open - 1));
  }
  return names;
}

std::vector<std::string> folders_in(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_file_below(const fs::path& folder, const std::string& name) {
  const fs::recursive_directory_iterator all(folder);
  return std::any_of(begin(all), end(all),
                     [&](const auto& entry) { return entry.path().filename() == name; });
}

std::set<std::string> public_commands() {
  std::set<std::string> names;
  for (const Command* command : commands()) {
    if (!command->hidden) names.emplace(command->name);
  }
  return names;
}

}  // namespace

TEST_CASE("the check of includes knows up from down") {
  CHECK(wrong_includes("analysis", "#include \"model/tally.hpp\"\n#include <vector>\n").empty());
  CHECK(wrong_includes("analysis", "#include \"analysis/summarize.hpp\"\n").empty());
  CHECK(wrong_includes("analysis", "  #  include \"render/table.hpp\"\n").size() == 1);
  CHECK(wrong_includes("model", "#include \"tally.hpp\"\n").size() == 1);
  CHECK(wrong_includes("main", "#include \"cli/world.hpp\"\n").empty());
}

TEST_CASE("the check of costly includes knows who may have them") {
  CHECK(costly_includes("render/table.cpp", "#include <CLI/CLI.hpp>\n").size() == 1);
  CHECK(costly_includes("cli/commands/diff_command.cpp", "#include <CLI/App.hpp>\n").size() == 1);
  CHECK(costly_includes("cli/run.cpp", "#include <CLI/App.hpp>\n").empty());
  CHECK(costly_includes("input/json/json.hpp", "#include <simdjson.h>\n").size() == 1);
  CHECK(costly_includes("input/json/json_parser.cpp", "#include <simdjson.h>\n").empty());
  CHECK(costly_includes("render/json_text.hpp", "#include <nlohmann/json.hpp>\n").size() == 1);
  CHECK(costly_includes("render/json_text.cpp", "#include <nlohmann/json.hpp>\n").empty());
}

TEST_CASE("headers that cost seconds are included only where they are needed") {
  for (const fs::path& file : source_files()) {
    const std::string name = file.lexically_relative(kSource / "src").generic_string();
    for (const std::string& wrong : costly_includes(name, contents_of(file).value())) {
      FAIL_CHECK("src/" << name << " includes " << wrong);
    }
  }
}

TEST_CASE("every file includes only from its own row or from rows above it") {
  for (const fs::path& file : source_files()) {
    for (const std::string& wrong : wrong_includes(row_of(file), contents_of(file).value())) {
      FAIL_CHECK(file.lexically_relative(kSource).string() << " includes " << wrong);
    }
  }
}

TEST_CASE("every file includes only from its own folder of a row or from folders before it") {
  for (const fs::path& file : source_files()) {
    const std::string path = file.lexically_relative(kSource / "src").string();
    const auto own = folder_index(path);
    for (const std::string& included : files_included_by(file)) {
      if (!own || row_of(file) != included.substr(0, included.find('/'))) continue;
      CHECK_MESSAGE(*folder_index(included) <= *own, path << " includes " << included);
    }
  }
}

TEST_CASE("no file includes itself over others") {
  std::map<std::string, std::vector<std::string>> includes;
  for (const fs::path& file : source_files())
    includes[file.lexically_relative(kSource / "src").string()] = files_included_by(file);
  std::set<std::string> done;
  std::vector<std::string> way;
  const std::function<void(const std::string&)> visit = [&](const std::string& file) {
    const bool is_circle = std::find(way.begin(), way.end(), file) != way.end();
    CHECK_MESSAGE(!is_circle, file << " includes itself");
    if (is_circle || !done.insert(file).second) return;
    way.push_back(file);
    for (const std::string& included : includes[file]) visit(included);
    way.pop_back();
  };
  for (const fs::path& file : source_files())
    visit(file.lexically_relative(kSource / "src").string());
}

// Two of one name in one program are undefined behaviour that no compiler reports.
TEST_CASE("no two headers define a class of the same name") {
  std::map<std::string, std::string> header_of;
  for (const std::string root : {"src", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / root)) {
      if (entry.path().extension() != ".hpp") continue;
      const std::string header = fs::relative(entry.path(), kSource).generic_string();
      for (const std::string& line : lines_of(contents_of(entry.path()).value())) {
        const std::string_view view = line;
        const bool is_class = view.starts_with("struct ") || view.starts_with("class ");
        if (!is_class || !view.ends_with(" {")) continue;
        const auto begin = view.find(' ') + 1;
        const std::string name(view.substr(begin, view.find(' ', begin) - begin));
        const std::string& first = header_of.try_emplace(name, header).first->second;
        CHECK_MESSAGE(first == header, name << " is in " << header << " and in " << first);
      }
    }
  }
}

TEST_CASE("a folder holds no more than a person overlooks") {
  std::map<std::string, std::set<std::string>> modules;
  for (const fs::path& file : source_files())
    modules[file.parent_path().string()].insert(file.stem().string());
  for (const auto& folder : modules)
    CHECK_MESSAGE(folder.second.size() <= kMostModulesInAFolder,
                  folder.first << " has " << folder.second.size() << " modules");
}

TEST_CASE("src holds the rows of the house and main.cpp, nothing else") {
  for (const std::string& name : folders_in(kSource / "src")) {
    CHECK_MESSAGE(row_index(name).has_value(), "src/" << name << " is no row");
  }
  for (const auto& entry : fs::directory_iterator(kSource / "src")) {
    if (entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    CHECK_MESSAGE((name == "main.cpp" || name == "CMakeLists.txt"), "src/" << name);
  }
}

TEST_CASE("no source file is longer than a person reads in one go") {
  for (const fs::path& file : source_files()) {
    const std::size_t lines = lines_of(contents_of(file).value()).size();
    CHECK_MESSAGE(lines <= kLongestFile, file.lexically_relative(kSource).string()
                                             << " has " << lines << " lines");
  }
}

TEST_CASE("every format in the table has its file and its fixtures") {
  const auto formats = members_of(kSource / "src/formats/formats.def");
  CHECK_FALSE(formats.empty());
  for (const std::string& name : formats) {
    CAPTURE(name);
    CHECK(is_file_below(kSource / "src/formats", name + ".cpp"));
    const fs::path fixtures = kSource / "testdata/formats" / name;
    CHECK((fs::exists(fixtures) && !fs::is_empty(fixtures)));
  }
}

TEST_CASE("every command in the table has its file") {
  const auto names = members_of(kSource / "src/cli/commands/commands.def");
  CHECK(names.size() == commands().size());
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(fs::exists(kSource / "src/cli/commands" / (name + "_command.cpp")));
  }
}

TEST_CASE("every command that is not hidden has its man page and its golden cases") {
  for (const std::string& name : public_commands()) {
    CAPTURE(name);
    CHECK(fs::exists(kSource / "man" / ("usagectl-" + name + ".1")));
    CHECK_FALSE(folders_in(kSource / "testdata/cases" / name).empty());
  }
}

// Those of section 5 are about files.
TEST_CASE("every man page and every folder of golden cases belongs to a command") {
  std::set<std::string> known = public_commands();
  for (const auto& entry : fs::directory_iterator(kSource / "man")) {
    const std::string name = entry.path().stem().string();
    const bool documents = entry.path().extension() == ".5" || name == "usagectl" ||
                           (name.rfind("usagectl-", 0) == 0 && known.count(name.substr(9)) == 1);
    CHECK_MESSAGE(documents, "man/" << entry.path().filename().string() << " documents no command");
  }
  known.insert("usagectl");  // cases of the command line as a whole
  for (const std::string& name : folders_in(kSource / "testdata/cases")) {
    CHECK_MESSAGE(known.count(name) == 1, "testdata/cases/" << name << " tests no command");
  }
}
