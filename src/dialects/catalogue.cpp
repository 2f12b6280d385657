#include "dialects/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text_file.hpp"
#include "input/json/json_parser.hpp"

namespace usagectl {
namespace {

/// Every id is asked for every beginning, and most differ in their first letter.
bool begins_with(std::string_view id, std::string_view beginning) {
  return beginning.empty() ||
         (!id.empty() && id.front() == beginning.front() && id.starts_with(beginning));
}

}  // namespace

Catalogue::Catalogue() : names_(std::make_unique<Names>()) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

const Dialect* Catalogue::find(std::string_view id) const {
  for (const Dialect& dialect : dialects_) {
    if (dialect.id == id) return &dialect;
  }
  return nullptr;
}

std::optional<std::size_t> Catalogue::sibling(std::string_view name) const {
  const auto found = siblings_.find(name);
  if (found == siblings_.end()) return std::nullopt;
  return found->second;
}

std::size_t Catalogue::id_beginning(std::string_view id) const {
  constexpr std::size_t kMostBits = 62;
  if (id_beginnings_.size() > kMostBits) return std::hash<std::string_view>()(id);
  std::size_t beginnings = 0;
  for (std::size_t i = 0; i < id_beginnings_.size(); ++i) {
    if (begins_with(id, id_beginnings_[i])) beginnings |= std::size_t{1} << i;
  }
  // No id at all is not an id of any other kind.
  return beginnings << 1 | (id.empty() ? 0 : 1);
}

bool Catalogue::knows_id(std::string_view id) const {
  return std::any_of(id_beginnings_.begin(), id_beginnings_.end(),
                     [&](const std::string& beginning) { return begins_with(id, beginning); });
}

std::string_view Catalogue::name_of(const std::vector<std::uint16_t>& candidates) const {
  if (candidates.empty()) return "unknown";
  if (candidates.size() == 1) return dialects_[candidates.front()].id;
  const std::lock_guard lock(names_->mutex);
  std::string& name = names_->names[candidates];
  if (name.empty()) {
    for (const auto index : candidates) {
      if (!name.empty()) name.push_back('|');
      name += dialects_[index].id;
    }
  }
  return name;
}

namespace {

/// A name may hold a slash, "Input (w/ Cache)", which a path writes as ~1, and ~ as ~0.
std::string unescaped(std::string_view name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_escape = name[i] == '~' && i + 1 < name.size();
    plain.push_back(!is_escape ? name[i] : name[i + 1] == '1' ? '/' : '~');
    if (is_escape) ++i;
  }
  return plain;
}

}  // namespace

KeyId Catalogue::key(std::string_view path, KeyUse use) {
  KeyNode* node = &keys_;
  std::string_view rest = path;
  while (!rest.empty()) {
    const auto slash = rest.find('/');
    const std::string_view name = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    auto& child = node->children[unescaped(name)];
    if (!child) child = std::make_unique<KeyNode>();
    node = child.get();
  }
  if (!node->key) {
    if (key_paths_.size() >= kMostKeys) {
      throw InputError(fmt::format("more than {} different keys", kMostKeys));
    }
    node->key = static_cast<KeyId>(key_paths_.size());
    key_paths_.emplace_back(path);
  }
  node->counted = node->counted || use == KeyUse::counted;
  node->detail = node->detail || use == KeyUse::detail;
  return *node->key;
}

std::size_t Catalogue::sibling_index(std::string_view name) {
  const auto [place, added] = siblings_.try_emplace(std::string(name), siblings_.size());
  if (added && siblings_.size() > kMostSiblings) {
    throw InputError(fmt::format("more than {} different siblings", kMostSiblings));
  }
  return place->second;
}

Catalogue load_builtin_catalogue() {
  Catalogue catalogue;
  catalogue.reserve(kEmbeddedCatalogueSize);
  JsonParser parser;
  for (std::size_t i = 0; i < kEmbeddedCatalogueSize; ++i) {
    catalogue.add(kEmbeddedCatalogue[i].json, kEmbeddedCatalogue[i].file, parser);
  }
  return catalogue;
}

Catalogue load_catalogue(const std::string& path) {
  const std::string text = read_text_file(path);
  Catalogue catalogue = load_builtin_catalogue();
  catalogue.add(text, path);
  // Captures are read with more patience than what is to be written again.
  if (!nlohmann::json::accept(text)) throw InputError(fmt::format("{}: invalid JSON", path));
  return catalogue;
}

}  // namespace usagectl
