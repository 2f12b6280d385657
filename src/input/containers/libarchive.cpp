#include "input/containers/libarchive.hpp"

#include <dlfcn.h>

#include <optional>

namespace usagectl {
namespace {

std::optional<LibArchive> load() {
  // Never unloaded: what it has made may live as long as the program.
  void* const library = dlopen(USAGECTL_LIBARCHIVE, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  LibArchive functions;
#define FUNCTION(name)                                                                \
  functions.name = reinterpret_cast<decltype(functions.name)>(dlsym(library, #name)); \
  if (functions.name == nullptr) return std::nullopt;
#include "input/containers/libarchive_functions.def"
#undef FUNCTION
  return functions;
}

}  // namespace

const LibArchive* libarchive() {
  static const std::optional<LibArchive> functions = load();
  return functions ? &*functions : nullptr;
}

}  // namespace usagectl
