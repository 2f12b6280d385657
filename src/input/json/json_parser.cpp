#include "input/json/json_parser.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/utf8.hpp"
#include "input/json/large_pages.hpp"
#include "input/json/long_list.hpp"
#include "input/json/wide_number.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kFirstBytes = 4096;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// nlohmann_json says where and why; it only listens, so no tree is built.
class FaultFinder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return deeper(); }
  bool key(string_t&) override { return true; }
  bool end_object() override { return shallower(); }
  bool start_array(std::size_t) override { return deeper(); }
  bool end_array() override { return shallower(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    offset = position == 0 ? 0 : position - 1;
    what = error.what();
    return false;
  }

  std::size_t depth = 0;
  bool too_deep = false;
  std::size_t offset = 0;
  std::string what;

 private:
  bool deeper() {
    too_deep = too_deep || ++depth > JsonParser::kDeepestNesting;
    return !too_deep;
  }
  bool shallower() {
    --depth;
    return true;
  }
};

/// Keeps the reason of a nlohmann message ("unexpected end of input; expected '}'") and drops what
/// quotes the document: prompts and answers are never printed.
std::string reason_of(std::string message) {
  if (const auto dash = message.find(" - "); dash != std::string::npos) message.erase(0, dash + 3);
  if (const auto read = message.find("; last read: '"); read != std::string::npos) {
    // The quoted text may hold anything, but what follows it is always "; expected ..." or the end.
    const auto expected = message.rfind("; expected ");
    const std::string tail =
        expected != std::string::npos && expected > read ? message.substr(expected) : "";
    message.erase(read);
    message += tail;
  }
  return message;
}

/// Whether the whole text is one number as JSON writes it. What is not must stay as it is, for the
/// parser to refuse.
bool is_json_number(std::string_view text) {
  const auto skip_digits = [&text] {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end != 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0')) {
    text.remove_prefix(1);
  } else if (!skip_digits()) {
    return false;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  return text.empty();
}

enum class WideNumbers {
  marked,       ///< turned into marked strings, see wide_number.hpp
  same_length,  ///< turned into small numbers of as many digits, so that offsets stay true
};

/// Copies a text with every number that is too wide for 64 bits or a double replaced. Strings are
/// copied as they are.
std::string with_wide_numbers(std::string_view text, WideNumbers how) {
  std::string marked;
  marked.reserve(text.size() + 64);
  bool in_string = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (in_string) {
      marked.push_back(c);
      if (c == '\\' && i + 1 < text.size()) marked.push_back(text[++i]);
      in_string = c != '"';
      ++i;
      continue;
    }
    if (c != '-' && (c < '0' || c > '9')) {
      in_string = c == '"';
      marked.push_back(c);
      ++i;
      continue;
    }
    const auto end = std::min(text.find_first_not_of("0123456789+-.eE", i), text.size());
    const std::string_view number = text.substr(i, end - i);
    i = end;
    bool fits = false;
    if (!is_json_number(number)) {
      fits = true;
    } else if (number.find_first_of(".eE") == std::string_view::npos) {
      std::int64_t as_signed = 0;
      std::uint64_t as_unsigned = 0;
      const char* last = number.data() + number.size();
      fits = std::from_chars(number.data(), last, as_signed).ec == std::errc() ||
             std::from_chars(number.data(), last, as_unsigned).ec == std::errc();
    } else {
      double real = 0;
      fits = std::from_chars(number.data(), number.data() + number.size(), real).ec !=
             std::errc::result_out_of_range;
    }
    if (fits) {
      marked += number;
    } else if (how == WideNumbers::same_length) {
      // "1.00": no number this wide is shorter than "1e309"
      marked += "1.";
      marked.append(number.size() - 2, '0');
    } else {
      marked += "\"\\u0001";
      marked += kWideNumberMark.substr(1);
      marked += number;
      marked.push_back('"');
    }
  }
  return marked;
}

void replace_invalid_utf8(std::string& text, char replacement) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_character_length(std::string_view(text).substr(i));
    if (length == 0) text[i] = replacement;
    i += std::max<std::size_t>(length, 1);
  }
}

/// The value of the four digits of \uXXXX that begins here; nothing where there is no such escape.
std::optional<unsigned> escaped_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (error != std::errc() || end != text.data() + 6) return std::nullopt;
  return unit;
}

/// JSON allows half of a character that takes two escapes, which some write where they cut a text;
/// the parser does not. Each becomes the replacement character, and offsets stay true.
std::string with_lone_surrogates_replaced(std::string_view text) {
  std::string replaced(text);
  const auto is_high = [](unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; };
  const auto is_low = [](unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; };
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    const auto unit = escaped_unit(text.substr(i));
    if (!unit) {
      ++i;
      continue;
    }
    const auto next = is_high(*unit) ? escaped_unit(text.substr(i + 6)) : std::nullopt;
    const bool is_pair = next && is_low(*next);
    if (!is_pair && (is_high(*unit) || is_low(*unit))) replaced.replace(i, 6, "\\uFFFD");
    i += is_pair ? 11 : 5;
  }
  return replaced;
}

/// The text, once the padding that the parser asks for can be read behind it.
std::string_view padded(std::string& text) {
  text.reserve(text.size() + JsonParser::kPadding);
  return text;
}

/// The one value of a document: it stands behind the tape's first word.
Json root_of(const simdjson::dom::document& document) {
  return Json(TapePlace(document.tape.get(), document.string_buf.get(), 1));
}

/// Makes room for a large document before it is parsed, with large pages behind it.
void prepare(simdjson::dom::parser& parser, std::size_t bytes) {
  if (bytes < kLargeBytes || parser.capacity() >= bytes) return;
  if (parser.allocate(bytes, JsonParser::kDeepestNesting) != simdjson::SUCCESS ||
      parser.doc.allocate(bytes) != simdjson::SUCCESS)
    return;
  // As much of it as documents of that size use: a word for every four bytes of text, and the
  // strings.
  ask_for_large_pages(parser.doc.tape.get(), bytes * 2);
  ask_for_large_pages(parser.doc.string_buf.get(), bytes);
  ask_for_large_pages(parser.implementation->structural_indexes.get(), bytes);
}

}  // namespace

void locate(std::string_view text, std::uint64_t offset, std::uint64_t& line,
            std::uint64_t& column) {
  const auto before = text.substr(0, std::min<std::uint64_t>(offset, text.size()));
  line = 1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const auto last_break = before.rfind('\n');
  column = 1 + before.size() - (last_break == std::string_view::npos ? 0 : last_break + 1);
}

struct JsonParser::State {
  simdjson::dom::parser parser;
  std::string copy;      // of a text that came without padding
  std::string repaired;  // of a text with invalid UTF-8
  std::string paired;    // of a text with halves of surrogate pairs
  std::string marked;    // of a text with wide numbers
  LongText long_text;    // of the document whose long lists follow
  std::vector<std::unique_ptr<LongList>> long_lists;
  std::string around_long_lists;
};

JsonParser::JsonParser() : state_(std::make_unique<State>()) {
  // The depth is kept when the parser makes room for more.
  if (state_->parser.allocate(kFirstBytes, kDeepestNesting) != simdjson::SUCCESS)
    throw std::bad_alloc();
}
JsonParser::~JsonParser() = default;
JsonParser::JsonParser(JsonParser&&) noexcept = default;
JsonParser& JsonParser::operator=(JsonParser&&) noexcept = default;

ParsedJson JsonParser::parse_copy(std::string_view text) {
  auto& copy = state_->copy;
  copy.reserve(text.size() + kPadding);
  copy.assign(text);
  return parse(std::string_view(copy.data(), copy.size()));
}

/// Reads a large document without making a tree of its long lists. Nothing where that cannot be
/// done: it has none, or is not sound.
std::optional<FiledJson> JsonParser::parse_around_long_lists(const LongText& text) {
  state_->long_lists.clear();
  state_->long_text = text;
  LongLists found = find_long_lists(state_->long_text);
  state_->long_lists = std::move(found.lists);
  const bool are_sound = std::all_of(state_->long_lists.begin(), state_->long_lists.end(),
                                     [](const auto& list) { return list->is_sound(); });
  if (state_->long_lists.empty() || !are_sound) return std::nullopt;
  state_->around_long_lists = with_marks(state_->long_text, state_->long_lists);
  std::string_view around = padded(state_->around_long_lists);
  if (around.starts_with(kByteOrderMark)) around.remove_prefix(kByteOrderMark.size());
  if (state_->parser.parse(around.data(), around.size(), false).error() != simdjson::SUCCESS)
    return std::nullopt;
  return FiledJson{root_of(state_->parser.doc), found.lines};
}

std::optional<FiledJson> JsonParser::parse_file(int descriptor, std::size_t size_bytes) {
  return parse_around_long_lists(LongText(descriptor, size_bytes));
}

ParsedJson JsonParser::parse(std::string_view text) {
  ParsedJson parsed;
  const std::string_view whole = text;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::uint64_t skipped = whole.size() - text.size();

  state_->long_lists.clear();
  if (text.size() >= kLargeBytes) {
    if (const auto around = parse_around_long_lists(LongText(text))) {
      parsed.root = around->root;
      return parsed;
    }
  }

  std::string_view readable = text;  // what the parser sees of it
  const auto parse_readable = [&] {
    prepare(state_->parser, readable.size());
    return state_->parser.parse(readable.data(), readable.size(), false).error();
  };
  auto error = parse_readable();
  if (error == simdjson::UTF8_ERROR) {
    parsed.invalid_utf8_at = skipped + find_invalid_utf8(text).value_or(0);
    state_->repaired = with_invalid_utf8_replaced(text);
    readable = padded(state_->repaired);
    error = parse_readable();
  }
  if (error == simdjson::STRING_ERROR) {
    state_->paired = with_lone_surrogates_replaced(readable);
    readable = padded(state_->paired);
    error = parse_readable();
  }
  if (error == simdjson::NUMBER_ERROR) {
    state_->marked = with_wide_numbers(readable, WideNumbers::marked);
    readable = padded(state_->marked);
    error = parse_readable();
  }
  if (error == simdjson::SUCCESS) {
    parsed.root = root_of(state_->parser.doc);
    return parsed;
  }

  JsonFault fault;
  FaultFinder finder;
  // The offset must be true for the file, so what is replaced here keeps its length.
  std::string searched(text);
  replace_invalid_utf8(searched, '?');
  searched = with_wide_numbers(searched, WideNumbers::same_length);
  const bool sound = nlohmann::json::sax_parse(searched.begin(), searched.end(), &finder);
  fault.offset = finder.offset;
  if (finder.too_deep || error == simdjson::DEPTH_ERROR) {
    fault.what = fmt::format("is nested deeper than {} levels", JsonParser::kDeepestNesting);
    fault.offset = 0;
  } else if (const auto nul = text.find('\0');
             nul != std::string_view::npos && (sound || nul <= fault.offset)) {
    fault.what = "a NUL byte where JSON should be";
    fault.offset = nul;
  } else if (sound) {
    fault.what = simdjson::error_message(error);
  } else {
    fault.what = reason_of(std::move(finder.what));
    // nlohmann checks for the end of the text only after a whole document.
    fault.more_follows = fault.what.ends_with("expected end of input");
    fault.unfinished =
        !fault.more_follows &&
        text.find_first_not_of(" \t\r\n", std::min(fault.offset, std::uint64_t(text.size()))) ==
            std::string_view::npos;
  }
  locate(text, fault.offset, fault.line, fault.column);
  fault.offset += skipped;
  parsed.fault = std::move(fault);
  return parsed;
}

}  // namespace usagectl
