#include "filler.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace usagectl {
namespace {

constexpr std::size_t kWords = 2000;
constexpr std::size_t kPieces = 6000;

constexpr std::array<std::string_view, 32> kSyllables = {
    "ba", "lor", "ti",  "men", "sa",  "ku", "ven", "dra", "o",   "pel", "shi",
    "ra", "ton", "ge",  "ul",  "mar", "ne", "qui", "fo",  "zan", "el",  "bri",
    "wo", "tus", "ica", "hol", "dy",  "pa", "esk", "lin", "um",  "ca"};
constexpr std::array<std::string_view, 10> kUnusual = {
    "na\u00efve",    "caf\u00e9",         "\u6f22\u5b57\u306e\u6587", "\u0434\u043e\u043c",
    "\U0001f680",    R"(\u00e9t\u00e9)",  R"(\ud83d\ude80)",          "\u2192",
    R"(\\path\\to)", "\u201cquoted\u201d"};

std::string word(Random& random) {
  std::string out;
  for (std::uint64_t i = random.between(1, 4); i > 0; --i) out += random.pick(kSyllables);
  return out;
}

const std::string& pick(const std::vector<std::string>& from, Random& random) {
  return from[random.below(from.size())];
}

std::string sentence(const std::vector<std::string>& words, Random& random) {
  std::string out;
  for (std::uint64_t i = random.between(4, 22); i > 0; --i) {
    if (random.one_in(40)) {
      out += random.pick(kUnusual);
    } else if (random.one_in(30)) {
      fmt::format_to(std::back_inserter(out), R"(\"{}\")", pick(words, random));
    } else if (random.one_in(30)) {
      fmt::format_to(std::back_inserter(out), "`{}()`", pick(words, random));
    } else {
      out += pick(words, random);
    }
    out += i > 1 ? " " : "";
  }
  out += random.one_in(6) ? R"(.\n\n)" : random.one_in(8) ? R"(:\n- )" : ". ";
  return out;
}

std::string line_of_code(const std::vector<std::string>& words, Random& random) {
  std::string out = fmt::format(R"({:>6}\t)", random.below(2000));
  out.append(2 * random.below(7), ' ');
  const std::string& a = pick(words, random);
  const std::string& b = pick(words, random);
  const std::string& c = pick(words, random);
  const std::uint64_t number = random.below(90000);
  switch (random.below(8)) {
    case 0: break;
    case 1:
      out += fmt::format(R"(const {} = await {}.{}(\"{}\", {{ {}: {} }});)", a, b, c, a, c, number);
      break;
    case 2: out += fmt::format("if ({} && !{}.{}) {{", a, b, c); break;
    case 3: out += fmt::format("// {} {} {}: {}", a, b, c, random.pick(kUnusual)); break;
    case 4: out += fmt::format(R"(return [{}, {}].map(({}) => {} + '\\n');)", a, b, c, c); break;
    case 5: out += fmt::format(R"(\"{}\": {{\"{}\": {}, \"{}\": null}},)", a, b, number, c); break;
    case 6: out += fmt::format(R"(\tstd::vector<{}> {}_{}({});)", a, b, c, number); break;
    default: out += fmt::format("}} else {{ {}({}); }}", a, b); break;
  }
  return out + R"(\n)";
}

std::string line_of_output(const std::vector<std::string>& words, Random& random) {
  const std::string& a = pick(words, random);
  const std::string& b = pick(words, random);
  const std::uint64_t large = random.below(90000);
  const std::uint64_t small = random.below(900);
  switch (random.below(200) == 0 ? 5 : random.below(5)) {
    case 0: return fmt::format(R"(/srv/{}/{}/{}.ts:{}:{} {}\n)", a, b, a, large, small, b);
    case 1: return fmt::format(R"(\u001b[32m\u2713\u001b[39m {} {} ({} ms)\n)", a, b, small);
    case 2: return fmt::format(R"(-rw-r--r-- 1 {} {} {} {}.{}\n)", a, a, large, b, a);
    case 3:
      return fmt::format("[{}] {}: \\\"{}\\\" \u2014 {}\\n", large, a, b, random.pick(kUnusual));
    case 4: return fmt::format(R"({}\t{}\t{}\t{}\r\n)", a, small, b, large);
    default:
      return fmt::format(R"({{\"usage\":{{\"input_tokens\":{},\"output_tokens\":{}}}}}\n)", large,
                         small);
  }
}

}  // namespace

Filler::Filler(Random random) {
  words_.reserve(kWords);
  while (words_.size() < kWords) words_.push_back(word(random));
  constexpr std::array kMakers = {sentence, line_of_code, line_of_output};
  for (std::size_t kind = 0; kind < kMakers.size(); ++kind) {
    pieces_[kind].reserve(kPieces);
    while (pieces_[kind].size() < kPieces) pieces_[kind].push_back(kMakers[kind](words_, random));
  }
}

void Filler::append(std::string& out, Random& random, std::size_t bytes, FillerKind kind) const {
  const std::vector<std::string>& pieces = pieces_[static_cast<std::size_t>(kind)];
  const std::size_t end = out.size() + bytes;
  while (out.size() < end) out += pick(pieces, random);
}

void Filler::append_words(std::string& out, Random& random, std::size_t most) const {
  for (std::uint64_t i = random.between(1, most); i > 0; --i) {
    out += pick(words_, random);
    out += i > 1 ? " " : "";
  }
}

}  // namespace usagectl
