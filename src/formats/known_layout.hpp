#pragma once

#include <memory>

#include "formats/layouts/layout.hpp"
#include "formats/reading/format.hpp"

namespace usagectl {

/// The format of the files that a layout describes.
std::shared_ptr<const Format> format_of(const std::shared_ptr<const Layout>& layout);

}  // namespace usagectl
