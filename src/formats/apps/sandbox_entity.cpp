// characters/<id>.json and locations/<id>.json of Thing' Sandbox: an entity with the usage of its
// own calls and the response chains that its next calls continue.
#include <fmt/format.h>

#include "base/paths.hpp"
#include "formats/apps/sandbox_usage.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "sandbox.entity";
constexpr std::string_view kChainSuffix = "_chain";

bool recognises(const Json& document, const FileContext&) {
  return document["identity"].is_object() && document["state"].is_object() &&
         (document["identity"]["id"].is_text() || document["_openai"].is_object());
}

std::string_view kind_of(const Json& document, std::string_view folder_name) {
  if (folder_name == "characters") return "character";
  if (folder_name == "locations") return "location";
  return document.has("memory") ? "character" : "location";
}

class Reader {
 public:
  Reader(const Json& document, const FileContext& file, Observations& observations)
      : file_(file),
        observations_(observations),
        id_(document["identity"]["id"].text()),
        kind_(kind_of(document, base_name(folder_of(file.path)))),
        who_(fmt::format("{} {}", kind_, id_)),
        names_(simulation_folder(file.path)) {}

  void read(const Json& document) {
    if (id_.empty()) {
      observations_.finding(
          {.rule = Rule::layout,
           .place = {file_.id, 0, "/identity/id"},
           .explanation = fmt::format("the id of the {} is {}, expected a text", kind_,
                                      document["identity"]["id"].described())});
    } else {
      check_file_name();
    }
    const Json openai = document["_openai"];
    if (openai.is_null()) {
      observations_.ignored("entity before its first request");
      return;
    }
    const std::uint64_t chain_length = read_chains(openai);
    const Json usage = openai["usage"];
    if (usage.is_null()) {
      observations_.ignored("entity without usage");
      return;
    }
    const GroupId entities = observations_.group(names_.entities);
    const std::string pointer = "/_openai/usage";
    if (!usage.is_object()) {
      observations_.rejected({file_.id, 0, pointer},
                             fmt::format("is {}, expected the usage", usage.described()),
                             {entities});
      return;
    }
    UsageRecord record = new_record(kSandboxEntities);
    if (!read_sandbox_usage(usage, file_, pointer, who_, observations_.group(names_.generation),
                            entities, record, observations_)) {
      return;
    }
    record.role = Role::aggregate;
    record.parts_of = {entities};
    record.counts.set(Counter::chain_length, static_cast<Count>(chain_length));
    observations_.record(std::move(record));
  }

 private:
  /// characters/x.json and locations/x.json belong to the simulation in the folder above.
  static std::string simulation_folder(std::string_view path) {
    const std::string folder = folder_of(path);
    const std::string_view name = base_name(folder);
    return name == "characters" || name == "locations" ? folder_of(folder) : folder;
  }

  UsageRecord new_record(View view) {
    UsageRecord record;
    record.format = kFormat;
    record.unit = observations_.unit(names_.unit);
    record.view = view;
    record.scope.emplace_back("entity", id_);
    record.scope.emplace_back("kind", std::string(kind_));
    return record;
  }

  void check_file_name() {
    const std::string_view name = base_name(file_.path);
    if (file_.path == "-" || !name.ends_with(".json")) return;
    // An example or copy outside of its folder may be called anything.
    const std::string folder = folder_of(file_.path);
    const std::string_view parent = base_name(folder);
    if (parent != "characters" && parent != "locations") return;
    if (name.substr(0, name.size() - 5) == id_) {
      observations_.held();
      return;
    }
    observations_.finding({.rule = Rule::layout,
                           .place = {file_.id, 0, "/identity/id"},
                           .explanation = fmt::format(
                               "the file contains {}, so it should be called {}.json", who_, id_)});
  }

  void report_chain(std::string pointer, std::string explanation) {
    observations_.finding({.rule = Rule::chain,
                           .place = {file_.id, 0, std::move(pointer)},
                           .explanation = std::move(explanation)});
  }

  std::uint64_t read_chains(const Json& openai) {
    std::uint64_t length = 0;
    openai.each_member([&](std::string_view key, const Json& chain) {
      if (!key.ends_with(kChainSuffix) || chain.is_null()) return;
      const std::string pointer = pointer_to("/_openai", key);
      if (!chain.is_array()) {
        report_chain(pointer, fmt::format("{} of {} is {}, expected a list of response ids", key,
                                          who_, chain.described()));
        return;
      }
      const GroupId ids = observations_.group(names_.chains);
      std::uint64_t responses = 0;
      chain.each_item([&](std::size_t index, const Json& id) {
        ++responses;
        const Place place{file_.id, 0, pointer_to(pointer, index)};
        if (id.text().empty()) {
          report_chain(place.pointer, fmt::format("{} of {} holds {}, expected a response id", key,
                                                  who_, id.described()));
          return;
        }
        observations_.claim(
            UniqueName{ids, std::string(id.text()), fmt::format("{}, {}", who_, key), place});
      });
      UsageRecord record = new_record(kSandboxChains);
      record.place = {file_.id, 0, pointer};
      record.role = Role::copy;
      record.dialect = "sandbox.chain";
      record.scope.emplace_back("chain",
                                std::string(key.substr(0, key.size() - kChainSuffix.size())));
      record.counts.set(Counter::chain_length, static_cast<Count>(responses));
      observations_.record(std::move(record));
      length += responses;
    });
    return length;
  }

  const FileContext& file_;
  Observations& observations_;
  std::string id_;
  std::string_view kind_;
  std::string who_;
  SandboxGroups names_;
};

void read(const Json& document, const FileContext& file, Observations& observations) {
  Reader(document, file, observations).read(document);
}

}  // namespace

extern const Format format_sandbox_entity;
const Format format_sandbox_entity{
    .id = kFormat,
    .description = "a character or location of Thing' Sandbox, with its usage and response chains",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
