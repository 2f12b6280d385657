#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/inference/place_tree.hpp"
#include "formats/layouts/layout.hpp"

namespace usagectl {

/// What the usage objects of a place are told apart by, and where that stands.
struct PlaceLabel {
  std::string_view tells;  ///< "model", "time", "id" or one of scope_names()
  ValueSource from;
  const PlaceNode* holder = nullptr;  ///< whose key or field it is
};

/// The nearest source of each: fields of the object and of those around it, and the keys that a *
/// stands for.
std::vector<PlaceLabel> labels_of(const PlaceNode& place);

/// What a label says of one usage object.
std::string label_of(const PlaceNode& place, std::size_t instance, const PlaceLabel& label);

}  // namespace usagectl
