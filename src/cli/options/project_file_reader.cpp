#include "cli/options/project_file_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "analysis/diff/contract.hpp"
#include "cli/options/budget_options.hpp"
#include "cli/options/judgement_options.hpp"
#include "cli/output/report_set.hpp"
#include "cli/output/usage_error.hpp"
#include "render/reconcile/reconcile_render.hpp"

namespace usagectl {
namespace {

using nlohmann::json;

/// Counts how far the parser has read: the parser does not give the position of a key.
struct CountingIterator {
  using difference_type = std::ptrdiff_t;
  using value_type = char;
  using pointer = const char*;
  using reference = const char&;
  using iterator_category = std::input_iterator_tag;

  const char* at = nullptr;
  const char** furthest = nullptr;

  reference operator*() const { return *at; }
  CountingIterator& operator++() {
    ++at;
    if (furthest != nullptr) *furthest = at;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at == other.at; }
  bool operator!=(const CountingIterator& other) const { return at != other.at; }
};

constexpr std::string_view expected(SettingKind kind) {
  switch (kind) {
    case SettingKind::flag: return "true or false";
    case SettingKind::number: return "a whole number";
    case SettingKind::text: return "a string";
    case SettingKind::path: return "a file name";
    case SettingKind::contract: return "the name of a contract or file";
    case SettingKind::paths: return "a list of paths";
    case SettingKind::reports: return "a list such as [\"junit=report.xml\"]";
    case SettingKind::budgets: return "an object such as {\"total\": 500000}";
    case SettingKind::levels: return "an object such as {\"duplicate\": \"off\"}";
  }
  return "";
}

/// Of the schema of the file, for editors: read and left out.
constexpr KnownSetting kSchemaOfFile{"$schema", "", SettingKind::text, "", ""};

class SettingsReader : public nlohmann::json_sax<json> {
 public:
  SettingsReader(std::string_view text, const std::string& path)
      : text_(text), path_(path), read_(text.data()) {}

  std::vector<Setting> read() {
    json::sax_parse(CountingIterator{text_.data(), &read_},
                    CountingIterator{text_.data() + text_.size(), nullptr}, this);
    std::erase_if(settings_,
                  [](const Setting& setting) { return setting.known == &kSchemaOfFile; });
    return std::move(settings_);
  }

  bool null() override { return wrong_value(); }
  bool boolean(bool value) override {
    if (!is_value_of({SettingKind::flag})) return wrong_value();
    // A flag that is false has no effect, but `config` shows it.
    current().values.emplace_back(value ? "true" : "false");
    return true;
  }
  bool number_integer(number_integer_t) override { return wrong_value(); }
  bool number_unsigned(number_unsigned_t value) override {
    if (depth_ == 2 && current().known->kind == SettingKind::budgets)
      return budget_inside(fmt::format("{}={}", rule_, value));
    if (!is_value_of({SettingKind::number})) return wrong_value();
    current().values.push_back(fmt::format("{}", value));
    return true;
  }
  bool number_float(number_float_t, const string_t&) override { return wrong_value(); }
  bool binary(binary_t&) override { return wrong_value(); }

  bool string(string_t& value) override {
    if (depth_ == 2 && current().known->kind == SettingKind::budgets)
      return rule_ == "cost" ? budget_inside(fmt::format("cost={}", value)) : wrong_value();
    if (depth_ == 2) return string_inside(value);
    if (!is_value_of({SettingKind::text, SettingKind::path, SettingKind::contract}))
      return wrong_value();
    if (current().known->key == "format") check_format(value);
    if (current().known->key == "per") {
      if (const std::string fault = check_budget_key(value); !fault.empty()) fail(unquoted(fault));
    }
    const bool is_level = severity_named(value) || value == "unprovable";
    if (current().known->key == "fail_on" && !is_level)
      fail(unquoted(invalid_word("level", value, {"error", "warning", "note", "unprovable"})));
    current().values.push_back(current().known->kind == SettingKind::text ? value
                                                                          : resolved(value));
    return true;
  }

  bool start_object(std::size_t) override {
    const bool takes_object = settings_.empty() || current().known->kind == SettingKind::levels ||
                              current().known->kind == SettingKind::budgets;
    if (depth_ == 1 && !takes_object) return wrong_value();
    if (depth_ > 1) return wrong_value();
    ++depth_;
    return true;
  }
  bool key(string_t& name) override {
    key_end_ = static_cast<std::size_t>(read_ - text_.data());
    key_size_ = name.size() + 2;
    if (depth_ == 1) {
      begin_setting(name);
    } else {
      rule_ = name;
    }
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    const bool is_list = depth_ == 1 && (current().known->kind == SettingKind::paths ||
                                         current().known->kind == SettingKind::reports);
    if (!is_list) return wrong_value();
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    key_end_ = std::min(position, text_.size());
    key_size_ = position > 0 ? 1 : 0;
    fail("invalid JSON");
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    const std::size_t start = key_end_ - std::min(key_size_, key_end_);
    const std::string_view before = text_.substr(0, start);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    throw InputError(fmt::format("{}:{}:{}: {}", path_, line, start - line_start + 1, what));
  }

  bool wrong_value() {
    if (settings_.empty()) fail("invalid project file: expected an object");
    if (depth_ == 2 && current_kind() == SettingKind::budgets) {
      // A counter that is unknown is the fault, whatever its number.
      if (rule_ != "cost") budget_inside(fmt::format("{}=0", rule_));
      fail(fmt::format("{}: {}: expected a whole number such as 500000, without quotes",
                       settings_.back().known->key, rule_));
    }
    fail(fmt::format("{}: expected {}", settings_.back().known->key,
                     expected(settings_.back().known->kind)));
  }

  SettingKind current_kind() const { return settings_.back().known->kind; }

  Setting& current() {
    if (settings_.empty()) fail("invalid project file: expected an object");
    return settings_.back();
  }

  bool is_value_of(std::initializer_list<SettingKind> kinds) {
    return depth_ == 1 &&
           std::find(kinds.begin(), kinds.end(), current().known->kind) != kinds.end();
  }

  void begin_setting(const std::string& name) {
    const auto known = known_settings();
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& setting) { return setting.key == name; });
    const bool is_schema = name == kSchemaOfFile.key;
    if (found == known.end() && !is_schema) {
      std::vector<std::string> keys;
      for (const KnownSetting& setting : known) keys.emplace_back(setting.key);
      fail(unquoted(invalid_word("setting", name, keys)));
    }
    for (const Setting& setting : settings_) {
      if (setting.known->key == name) fail(fmt::format("{} is given twice", name));
    }
    const std::string_view before = text_.substr(0, key_end_);
    settings_.push_back(
        {is_schema ? &kSchemaOfFile : &*found,
         {},
         static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n') + 1)});
  }

  bool string_inside(const std::string& value) {
    Setting& setting = current();
    if (setting.known->kind == SettingKind::paths) {
      setting.values.push_back(resolved(value));
      return true;
    }
    if (setting.known->kind == SettingKind::reports) {
      if (const std::string fault = check_report_request(value); !fault.empty())
        fail(fmt::format("reports: {}", unquoted(fault)));
      const std::size_t file = value.find('=') + 1;
      setting.values.push_back(value.substr(0, file) + resolved(value.substr(file)));
      return true;
    }
    const std::string text = fmt::format("{}={}", rule_, value);
    if (const std::string fault = check_rule_level(text); !fault.empty())
      fail(fmt::format("rules: {}", unquoted(fault)));
    setting.values.push_back(text);
    return true;
  }

  bool budget_inside(const std::string& text) {
    if (const std::string fault = check_budget(text); !fault.empty())
      fail(fmt::format("{}: {}", current().known->key, unquoted(fault)));
    current().values.push_back(text);
    return true;
  }

  void check_format(const std::string& name) const {
    if (reconcile_format(name) != nullptr) return;
    std::vector<std::string> names;
    for (const ReconcileFormat& format : reconcile_formats()) names.emplace_back(format.name);
    fail(unquoted(invalid_word("format", name, names)));
  }

  /// A path in the file, relative to the current folder.
  std::string resolved(const std::string& value) {
    if (current().known->kind == SettingKind::contract) {
      const auto builtin = builtin_contracts();
      if (std::find(builtin.begin(), builtin.end(), value) != builtin.end()) return value;
    }
    if (value.empty())
      fail(fmt::format("{}: expected {}", current().known->key, expected(current().known->kind)));
    if (value == "-") return value;
    return (std::filesystem::path(path_).parent_path() / value).lexically_normal().string();
  }

  std::string_view text_;
  const std::string& path_;
  const char* read_;
  std::vector<Setting> settings_;
  std::string rule_;
  std::size_t depth_ = 0;
  std::size_t key_end_ = 0;  ///< of the key read last: faults of a value are reported at its key
  std::size_t key_size_ = 0;
};

}  // namespace

std::vector<Setting> read_project_settings(std::string_view text, const std::string& path) {
  return SettingsReader(text, path).read();
}

}  // namespace usagectl
