#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layouts/layout.hpp"
#include "formats/reading/format.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// How a document that nobody taught can be read.
struct Inference {
  Layout layout;
  std::vector<std::string> relations;  ///< what was found out and how far it holds, for people
};

/// Finds the usage objects of a document by their keys, and by structure and numbers together which
/// of them are sums of which others. Nothing where there is no usage, or nothing that is surely
/// usage.
std::optional<Inference> infer_layout(const Json& document, const FileContext& file);

}  // namespace usagectl
