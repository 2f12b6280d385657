#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialects/catalogue.hpp"
#include "formats/layouts/layout.hpp"
#include "input/json/json.hpp"
#include "model/counts.hpp"

namespace usagectl {

/// Nothing is known of what the counts of a log of one's own mean but what their sums show.
inline constexpr std::string_view kPlainDialect = "log.plain";

/// A dialect with the keys that the layout names, and the meaning of a plain log.
std::unique_ptr<Catalogue> catalogue_of(const Layout& layout, const LayoutRecord& record,
                                        const Catalogue& known);

/// Whether the record is a number, and not an object with numbers.
bool is_whole_value(const LayoutRecord& record);

/// Under which key each counter is, for what is said of a number.
std::vector<std::pair<Counter, std::string>> keys_of(const Json& value, const LayoutRecord& layout);

/// Keys of a record that say which call it is: numbers among them are no counts.
std::vector<std::string> keys_that_name(const LayoutRecord& record);

}  // namespace usagectl
