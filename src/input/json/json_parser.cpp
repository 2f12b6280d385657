#include "input/json/json_parser.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "base/large_pages.hpp"
#include "base/utf8.hpp"
#include "input/json/fault_search.hpp"
#include "input/json/long_list.hpp"
#include "input/json/wide_number.hpp"

namespace usagectl {
namespace {

constexpr std::size_t kFirstBytes = 4096;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Copies a text with every number that is too wide turned into a marked string, see
/// wide_number.hpp. Strings are copied as they are.
std::string with_wide_numbers_marked(std::string_view text) {
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
    if (!begins_number(c)) {
      in_string = c == '"';
      marked.push_back(c);
      ++i;
      continue;
    }
    const std::string_view number = number_at(text, i);
    i += number.size();
    if (!is_wide_number(number)) {
      marked += number;
    } else {
      marked += "\"\\u0001";
      marked += kWideNumberMark.substr(1);
      marked += number;
      marked.push_back('"');
    }
  }
  return marked;
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
  std::size_t threads = 1;
  simdjson::dom::parser parser;
  std::string copy;      // of a text that came without padding
  std::string repaired;  // of a text with invalid UTF-8
  std::string paired;    // of a text with halves of surrogate pairs
  std::string marked;    // of a text with wide numbers
  LongText long_text;    // of the document whose long lists follow
  std::vector<std::unique_ptr<LongList>> long_lists;
  std::string around_long_lists;
};

JsonParser::JsonParser(std::size_t threads) : state_(std::make_unique<State>()) {
  state_->threads = threads;
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
  LongLists found = find_long_lists(state_->long_text, state_->threads);
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
  // Each of these once, in the order in which the text has them.
  bool is_paired = false;
  bool is_marked = false;
  for (;;) {
    if (error == simdjson::STRING_ERROR && !std::exchange(is_paired, true)) {
      state_->paired = with_lone_surrogates_replaced(readable);
      readable = padded(state_->paired);
    } else if (error == simdjson::NUMBER_ERROR && !std::exchange(is_marked, true)) {
      state_->marked = with_wide_numbers_marked(readable);
      readable = padded(state_->marked);
    } else {
      break;
    }
    error = parse_readable();
  }
  if (error == simdjson::SUCCESS) {
    parsed.root = root_of(state_->parser.doc);
    return parsed;
  }

  JsonFault fault;
  if (error == simdjson::DEPTH_ERROR) {
    fault.what = fmt::format("is nested deeper than {} levels", JsonParser::kDeepestNesting);
    locate(text, 0, fault.line, fault.column);
    fault.offset = skipped;
    parsed.fault = std::move(fault);
    return parsed;
  }
  FaultSearch found = search_fault(text);
  fault.offset = found.offset;
  if (found.is_too_deep) {
    fault.what = fmt::format("is nested deeper than {} levels", JsonParser::kDeepestNesting);
    fault.offset = 0;
  } else if (const auto nul = text.find('\0');
             nul != std::string_view::npos && (found.is_sound || nul <= fault.offset)) {
    fault.what = "a NUL byte where JSON should be";
    fault.offset = nul;
  } else if (found.is_sound) {
    fault.what = simdjson::error_message(error);
  } else {
    fault.what = std::move(found.what);
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
