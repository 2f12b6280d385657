#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dialects/catalogue.hpp"
#include "dialects/key_table.hpp"
#include "input/json/json.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// Whether a token of a pointer is a position in a list, as far as it shows.
bool is_position(std::string_view token);

/// Whether a number of that name is a number of tokens that were used, wherever it is.
bool counts_tokens_alone(std::string_view key);

/// Looks for usage objects, and numbers of tokens that stand alone, wherever in a document they
/// are. Most names of keys come again in the next one, and are judged once.
class UsageSearch {
 public:
  /// Whether what is at a pointer is read, or left out for a reason.
  using IsRead = std::function<bool(const std::string& pointer)>;
  using Visit = std::function<void(const Counts&, const std::string& pointer, bool is_number)>;

  /// Visits what is not read; without counts where they are invalid.
  void look(const Catalogue& catalogue, const Json& document, const IsRead& is_read,
            const Visit& visit);

 private:
  struct Name {
    bool may_count = false;     ///< a number of that name may be a count
    bool counts_alone = false;  ///< it is a number of tokens wherever it stands
    Counter counter = Counter::total;
    bool names_words = false;      ///< a counter in plain words: "prompt"
    bool is_passed_over = false;   ///< an object of that name holds no usage of its own
    bool may_be_no_usage = false;  ///< see usage_in
    bool speaks_of_tokens = false;
  };

  const Name& named(std::string_view key);
  void look(const Json& value, std::string_view name);
  void go(std::string_view token, const Json& value, std::string_view name);
  bool look_at_usage(const Json& value, std::string_view name);
  bool look_at_words(const Json& value);
  void look_at_numbers(const Json& value);
  void visit(const Counts& counts, bool is_number);
  bool is_row() const;

  std::unordered_map<std::string, Name, NameHash, std::equal_to<>> names_;
  const Catalogue* catalogue_ = nullptr;
  const IsRead* is_read_ = nullptr;
  const Visit* visit_ = nullptr;
  std::string pointer_;
};

}  // namespace usagectl
