#pragma once

#include <cstddef>
#include <string_view>

namespace usagectl {

/// The contracts inside the program, one file of src/analysis/contracts each (generated at build
/// time).
struct EmbeddedContract {
  std::string_view file;
  std::string_view json;
};
extern const EmbeddedContract kEmbeddedContracts[];
extern const std::size_t kEmbeddedContractsSize;

}  // namespace usagectl
