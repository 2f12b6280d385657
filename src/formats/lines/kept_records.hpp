#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dialects/catalogue.hpp"
#include "dialects/solving/alike_usages.hpp"
#include "formats/lines/plain_line.hpp"
#include "formats/lines/written_lines.hpp"
#include "model/observations.hpp"

namespace usagectl {

/// The records of lines that were read, for others that are written alike: with the same model,
/// provider and so on, only the id, the time, the session and the counts are other ones. What is
/// read so is what reading the line in full would give.
class KeptRecords {
 public:
  /// What a line says that others like it do not.
  struct Again {
    const RecordLike* like = nullptr;
    const std::shared_ptr<const void>* kept = nullptr;  ///< what keeps it
    std::string_view id;
    std::string_view session;
    std::string_view time;
    std::string other_time;  ///< what the time is made of that is written otherwise
    SameId same_id = SameId::nothing;
    std::vector<KeySeen> keys;              ///< where they are wanted
    const UsageReading* reading = nullptr;  ///< without anything that is to be said of it
  };

  /// False where the line that was matched has to be read in full.
  bool read(const Catalogue& catalogue, const WrittenLines& line, Again& again);
  /// Keeps what was read of the line that was matched, in full and with nothing but a record.
  void learn(const Catalogue& catalogue, const WrittenLines& line, const PlainLine& plain,
             const UsageRecord& record);
  /// How many lines were read so.
  std::size_t used() const { return used_; }

 private:
  /// What a value is for.
  enum class Use : std::uint8_t {
    nothing,  ///< its kind says all
    count,
    zero,  ///< else it might be a counter
    id,
    time,
    session,
    name,  ///< other ones have other records
    word,  ///< may say that the line is the sum of others
  };
  struct Kept {
    const RecordLike* like = nullptr;  ///< without id, time and keys
    std::vector<std::string> names;
    std::size_t id_beginning = 0;           ///< see Catalogue::id_beginning
    std::vector<std::uint16_t> candidates;  ///< dialects
    AlikeUsages usages;
  };
  struct UsedValue {
    std::size_t value = 0;  ///< which of those of the line
    Use use = Use::nothing;
  };
  struct Way {
    bool may_keep = true;
    std::vector<UsedValue> uses;                   ///< but for names
    std::vector<std::size_t> names;                ///< which of the values
    std::optional<std::size_t> named_id;           ///< the value under "id"
    std::unordered_map<std::uint64_t, Kept> kept;  ///< by the hash of the names
    /// What those are like. Calls that were read keep it, when others are kept here in its place.
    std::shared_ptr<std::deque<RecordLike>> records;
    std::shared_ptr<const void> owner;  ///< of the same
    std::size_t learned = 0;
    std::size_t used = 0;
  };

  static Way learn_way(const WrittenLines& line);
  static void forget(Way& way);
  Way& way_of(const WrittenLines& line);
  std::uint64_t hash_of_names(const Way& way, const WrittenLines& line) const;
  bool take_values(const Way& way, const WrittenLines& line, Again& again);
  /// Whether its text makes the line no sum of others; words repeat.
  bool is_a_word_alone(const WrittenLines& line, const WrittenLines::Value& value);

  std::unordered_map<std::size_t, Way> ways_;
  std::vector<Count> counts_;                     ///< of the line
  std::array<std::uint64_t, 256> words_alone_{};  ///< some of those, by their hashes
  std::size_t used_ = 0;
};

/// Those that this thread has kept, of whatever file.
KeptRecords& kept_records(const Catalogue& catalogue);

}  // namespace usagectl
