#pragma once

#include <set>
#include <string>
#include <string_view>

namespace usagectl {

/// What an mdoc page documents: the options that have an entry of their own (".It Fl …") as they
/// are typed ("-o", "--output"), the commands (".It Cm …" or ".It Xr usagectl-NAME"), and every
/// word of its text.
struct ManualPage {
  std::set<std::string> options;
  std::set<std::string> commands;
  std::set<std::string> words;
};

ManualPage read_manual_page(std::string_view mdoc);

}  // namespace usagectl
