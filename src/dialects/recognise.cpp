#include "dialects/recognise.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text_hash.hpp"

namespace usagectl {
namespace {

bool keys_fit(const Dialect& dialect, const KeySet& present) {
  if (dialect.envelope_only || (dialect.none & present).any()) return false;
  return std::all_of(dialect.all.begin(), dialect.all.end(),
                     [&](const KeySet& one_of) { return (one_of & present).any(); });
}

/// An event that is known to tell only a part: an old message_delta has its output alone.
bool partial_fits(const Dialect& dialect, const KeySet& present, const Envelope& envelope) {
  const PartialEvent& partial = dialect.partial;
  return partial.all.any() && (partial.all & ~present).none() && (dialect.none & present).none() &&
         std::find(partial.type.begin(), partial.type.end(), envelope.type) != partial.type.end();
}

bool begins_with_one(std::string_view text, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& beginning) { return text.starts_with(beginning); });
}

/// "vendor/Model-Name" and "Model-Name" are the same model.
bool model_fits(std::string_view model, const std::vector<std::string>& beginnings) {
  std::string lower(model);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  const std::string_view whole = lower;
  if (begins_with_one(whole, beginnings)) return true;
  const auto slash = whole.rfind('/');
  return slash != std::string_view::npos && begins_with_one(whole.substr(slash + 1), beginnings);
}

bool path_fits(std::string_view path, const std::vector<std::string>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    for (auto at = path.find(part); at != std::string_view::npos; at = path.find(part, at + 1)) {
      const auto end = at + part.size();
      if ((at == 0 || path[at - 1] == '/') && (end == path.size() || path[end] == '/')) return true;
    }
    return false;
  });
}

struct Match {
  std::uint16_t index = 0;
  bool marked = false;      ///< by a key of its own
  bool proved = false;      ///< by what stands around it
  bool supported = false;   ///< model, id or sibling speak for it
  bool opposed = false;     ///< something around it speaks against it
  bool impossible = false;  ///< something it needs is not there
  std::size_t strange = 0;  ///< counts under keys that it does not know
};

Match match(const Dialect& dialect, std::uint16_t index, const KeySet& present,
            const Envelope& envelope) {
  Match result;
  result.index = index;
  result.marked = (dialect.any & present).any();
  const EnvelopeHints& hints = dialect.envelope;
  unsigned fits = result.marked ? unsigned(Hint::keys) : 0;
  unsigned seen = unsigned(Hint::keys);
  const auto weigh = [&](Hint hint, bool listed, bool visible, bool fit) {
    if (!listed || !visible) return;
    seen |= unsigned(hint);
    if (fit) fits |= unsigned(hint);
  };
  const auto one_of = [](std::string_view text, const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), text) != list.end();
  };
  weigh(Hint::object, !hints.object.empty(), envelope.known && !envelope.object.empty(),
        one_of(envelope.object, hints.object));
  weigh(Hint::type, !hints.type.empty(), envelope.known && !envelope.type.empty(),
        one_of(envelope.type, hints.type));
  weigh(Hint::id, !hints.id.empty(), !envelope.id.empty(), begins_with_one(envelope.id, hints.id));
  weigh(Hint::model, !hints.model.empty(), !envelope.model.empty(),
        model_fits(envelope.model, hints.model));
  weigh(Hint::path, !hints.path.empty(), !envelope.path.empty(),
        path_fits(envelope.path, hints.path));
  weigh(Hint::sibling, hints.siblings.any(), envelope.known,
        (hints.siblings & envelope.siblings).any());
  weigh(Hint::sibling, hints.all_siblings.any(), envelope.known,
        (hints.all_siblings & ~envelope.siblings).none());

  result.proved = (fits & dialect.proof) != 0;
  constexpr unsigned kSupport = unsigned(Hint::id) | unsigned(Hint::model);
  result.supported = (fits & kSupport) != 0;
  constexpr unsigned kOppose =
      unsigned(Hint::object) | unsigned(Hint::model) | unsigned(Hint::type);
  result.opposed = ((seen & ~fits) & kOppose) != 0;
  // A need that cannot be seen (a usage object alone, no surroundings) rules nothing out; one that
  // can be seen and does not hold does.
  if (dialect.needs != 0 && (fits & dialect.needs) == 0) {
    unsigned visible = seen;
    if (envelope.known) {
      visible |= unsigned(Hint::object) | unsigned(Hint::type) | unsigned(Hint::path) |
                 unsigned(Hint::sibling);
    }
    const unsigned unseen = dialect.needs & ~visible;
    const bool may_hold = (unseen & ~unsigned(Hint::model)) != 0 ||
                          ((unseen & unsigned(Hint::model)) != 0 && envelope.model.empty());
    result.impossible = !may_hold;
  }
  return result;
}

/// Everything that recognising looks at. Of an id, only what it begins with matters.
template <typename Text>
struct QuestionOf {
  std::uint64_t catalogue = 0;  ///< see Catalogue::state
  KeySet present;
  KeySet counted;
  SiblingSet siblings;
  bool known = false;
  std::size_t id_beginning = 0;
  Text object;
  Text type;
  Text model;
  Text path;
};
using Question = QuestionOf<std::string_view>;
using KeptQuestion = QuestionOf<std::string>;

KeptQuestion kept(const Question& question) {
  return {question.catalogue,
          question.present,
          question.counted,
          question.siblings,
          question.known,
          question.id_beginning,
          std::string(question.object),
          std::string(question.type),
          std::string(question.model),
          std::string(question.path)};
}

struct SameQuestion {
  using is_transparent = void;
  template <typename One, typename Other>
  bool operator()(const QuestionOf<One>& a, const QuestionOf<Other>& b) const {
    return a.catalogue == b.catalogue && a.present == b.present && a.counted == b.counted &&
           a.siblings == b.siblings && a.known == b.known && a.id_beginning == b.id_beginning &&
           a.object == b.object && a.type == b.type && a.model == b.model && a.path == b.path;
  }
};

struct QuestionHash {
  using is_transparent = void;
  template <typename Text>
  std::size_t operator()(const QuestionOf<Text>& question) const {
    std::uint64_t hash = question.id_beginning;
    const auto add = [&hash](std::uint64_t more) {
      hash = (hash ^ more) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32;
    };
    std::array<std::uint64_t, sizeof(KeySet) / sizeof(std::uint64_t)> words{};
    static_assert(sizeof words == sizeof(KeySet));
    std::memcpy(words.data(), &question.present, sizeof words);
    for (const std::uint64_t word : words) add(word);
    add(std::hash<SiblingSet>()(question.siblings));
    add(short_text_hash(question.model));
    // These are few in a file.
    add(NameHash()(question.object));
    add(NameHash()(question.type));
    add(NameHash()(question.path));
    return hash;
  }
};

constexpr std::size_t kMostAnswers = 1024;

/// The usage objects of a log are alike: what was asked once need not be found out again. One a
/// thread, so that nobody waits.
class Answers {
 public:
  const std::vector<std::uint16_t>* find(const Question& question) const {
    const auto known = answers_.find(question);
    return known == answers_.end() ? nullptr : &known->second;
  }
  void add(const Question& question, std::vector<std::uint16_t> answer) {
    if (answers_.size() >= kMostAnswers) answers_.clear();
    answers_.emplace(kept(question), std::move(answer));
  }

 private:
  std::unordered_map<KeptQuestion, std::vector<std::uint16_t>, QuestionHash, SameQuestion> answers_;
};

std::vector<std::uint16_t> find_candidates(const Catalogue& catalogue, const UsageValues& values,
                                           const Envelope& envelope) {
  std::vector<Match> matches;
  std::vector<Match> fallbacks;
  const auto& dialects = catalogue.dialects();
  for (std::size_t i = 0; i < dialects.size(); ++i) {
    if (!keys_fit(dialects[i], values.present()) &&
        !partial_fits(dialects[i], values.present(), envelope))
      continue;
    Match& m = (dialects[i].fallback ? fallbacks : matches)
                   .emplace_back(match(dialects[i], static_cast<std::uint16_t>(i), values.present(),
                                       envelope));
    for (const auto& slot : values.slots()) {
      m.strange += !slot.count || slot.detail || dialects[i].known.test(slot.key) ? 0U : 1U;
    }
  }
  std::erase_if(matches, [](const Match& m) { return m.impossible; });
  const auto keep = [&](auto&& wanted) {
    if (std::none_of(matches.begin(), matches.end(), wanted)) return;
    std::erase_if(matches, [&](const Match& m) { return !wanted(m); });
  };
  // What stands around a usage object settles it; else the vocabulary does. Marks that are shared
  // by several vendors leave in those whom the model or id speaks for.
  if (std::any_of(matches.begin(), matches.end(), [](const Match& m) { return m.proved; })) {
    keep([](const Match& m) { return m.proved; });
  } else {
    keep([](const Match& m) { return !m.opposed || m.marked; });
    if (std::any_of(matches.begin(), matches.end(), [](const Match& m) { return m.marked; })) {
      keep([](const Match& m) { return m.marked || m.supported; });
      keep([](const Match& m) { return !m.opposed; });
    } else if (!matches.empty()) {
      // A vocabulary that lacks a key with a count is not the one it was written in, as long as
      // another has them all.
      keep([](const Match& m) { return !m.opposed; });
      keep([](const Match& m) { return m.strange == 0; });
    }
  }
  const bool somebody_knows_it = std::any_of(matches.begin(), matches.end(), [&](const Match& m) {
    return m.proved || m.strange == 0 || dialects[m.index].role != Role::request;
  });
  std::erase_if(fallbacks, [](const Match& m) { return m.strange > 0; });
  if (matches.empty() || (!somebody_knows_it && !fallbacks.empty())) matches = std::move(fallbacks);
  std::vector<std::uint16_t> candidates;
  candidates.reserve(matches.size());
  for (const Match& m : matches) candidates.push_back(m.index);
  return candidates;
}

}  // namespace

std::vector<std::uint16_t> recognise(const Catalogue& catalogue, const UsageValues& values,
                                     const Envelope& envelope) {
  static thread_local Answers answers;
  Question question;
  question.catalogue = catalogue.state();
  question.present = values.present();
  for (const auto& slot : values.slots()) {
    if (slot.count) question.counted.set(slot.key);
  }
  question.siblings = envelope.siblings;
  question.known = envelope.known;
  question.id_beginning = catalogue.id_beginning(envelope.id);
  question.object = envelope.object;
  question.type = envelope.type;
  question.model = envelope.model;
  question.path = envelope.path;
  if (const auto* known = answers.find(question)) return *known;
  auto candidates = find_candidates(catalogue, values, envelope);
  answers.add(question, candidates);
  return candidates;
}

std::string_view provider_of(const Catalogue& catalogue,
                             const std::vector<std::uint16_t>& candidates, std::string_view id) {
  std::string_view agreed;
  for (const auto index : candidates) {
    std::string_view provider;
    for (const ProviderName& name : catalogue.dialects()[index].providers) {
      if (provider.empty() && (name.id.empty() || begins_with_one(id, name.id)))
        provider = name.name;
    }
    if (provider.empty() || (!agreed.empty() && agreed != provider)) return {};
    agreed = provider;
  }
  return agreed;
}

bool is_known_to_any(const Catalogue& catalogue, const std::vector<std::uint16_t>& dialects,
                     KeyId key) {
  return std::any_of(dialects.begin(), dialects.end(), [&](std::uint16_t index) {
    return catalogue.dialects()[index].known.test(key);
  });
}

bool has_usage_keys(const Catalogue& catalogue, const UsageValues& values) {
  if (values.slots().empty()) return false;
  static thread_local std::unordered_map<KeySet, bool> known;
  static thread_local std::uint64_t state = 0;
  if (state != catalogue.state() || known.size() >= kMostAnswers) known.clear();
  state = catalogue.state();
  const auto [answer, is_new] = known.try_emplace(values.present(), false);
  if (is_new) {
    const auto& dialects = catalogue.dialects();
    answer->second = std::any_of(dialects.begin(), dialects.end(), [&](const Dialect& dialect) {
      return keys_fit(dialect, values.present());
    });
  }
  return answer->second;
}

}  // namespace usagectl
