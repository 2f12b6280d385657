#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/input_error.hpp"
#include "dialects/dialect.hpp"

namespace usagectl {

class JsonParser;

/// Every known dialect. Immutable once built, but for the names of ambiguities it gives out.
class Catalogue {
 public:
  Catalogue();
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// Adds the entries of a JSON text, one object or a list of them; an entry with a known id
  /// replaces that dialect. `file` is named in errors.
  void add(std::string_view json, std::string_view file);
  /// The same, with a parser that others use, too: to make one takes longer than a short entry.
  void add(std::string_view json, std::string_view file, JsonParser& parser);
  void reserve(std::size_t dialects) { dialects_.reserve(dialects); }

  const std::vector<Dialect>& dialects() const { return dialects_; }
  /// A number that no other catalogue of this run has, nor this one before the last add().
  std::uint64_t state() const { return state_; }
  const Dialect* find(std::string_view id) const;
  const KeyNode& keys() const { return keys_; }
  /// The path of a key, as catalogued.
  std::string_view path_of(KeyId key) const { return key_paths_[key]; }
  std::optional<std::size_t> sibling(std::string_view name) const;
  /// The same for ids that begin alike, as far as any dialect looks.
  std::size_t id_beginning(std::string_view id) const;
  /// Whether the id begins as those of some provider do.
  bool knows_id(std::string_view id) const;

  /// "openai.chat|together": what a record says whose dialect is one of several. As long-lived as
  /// the catalogue.
  std::string_view name_of(const std::vector<std::uint16_t>& candidates) const;

 private:
  friend class EntryReader;
  enum class KeyUse : std::uint8_t { asked_for, counted, detail };
  KeyId key(std::string_view path, KeyUse use);
  std::size_t sibling_index(std::string_view name);

  std::vector<Dialect> dialects_;
  KeyNode keys_;
  std::vector<std::string> key_paths_;
  std::vector<std::string> id_beginnings_;
  std::uint64_t state_ = 0;
  std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>> siblings_;
  struct Names {
    std::mutex mutex;
    std::map<std::vector<std::uint16_t>, std::string> names;
  };
  std::unique_ptr<Names> names_;
};

/// The catalogue inside the program.
Catalogue load_builtin_catalogue();

/// The built-in catalogue with the entries of a file added. Throws InputError.
Catalogue load_catalogue(const std::string& path);

/// The JSON texts inside the program, one per dialect (generated at build time).
struct EmbeddedEntry {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedEntry kEmbeddedCatalogue[];
extern const std::size_t kEmbeddedCatalogueSize;

}  // namespace usagectl
