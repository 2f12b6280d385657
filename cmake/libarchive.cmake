# The shared libarchive brings eight more libraries, ICU among them, for formats that are never asked
# for: loading them takes a fifth of the time of a short run. The static one leaves them out. What is
# mended in it needs a new build; whoever does not want that has the option.
option(USAGECTL_SHARED_LIBARCHIVE "Load libarchive at each start, as the system has it" OFF)
find_package(LibArchive REQUIRED)
set(usagectl_static_parts "")
foreach(part IN ITEMS archive lzma bz2 nettle z)
  find_library(LIB_${part}_STATIC lib${part}.a)
  mark_as_advanced(LIB_${part}_STATIC)
  list(APPEND usagectl_static_parts ${LIB_${part}_STATIC})
endforeach()
add_library(usagectl_libarchive INTERFACE)
target_include_directories(usagectl_libarchive SYSTEM INTERFACE ${LibArchive_INCLUDE_DIRS})
set(usagectl_static_libarchive OFF)
# The shared one is what the sanitizers were run with.
if(NOT USAGECTL_SHARED_LIBARCHIVE AND NOT USAGECTL_SANITIZE AND NOT USAGECTL_FUZZ AND
   NOT usagectl_static_parts MATCHES "NOTFOUND")
  set(usagectl_static_libarchive ON)
endif()
# Tests write archives, too, and need all of it.
target_link_libraries(usagectl_libarchive INTERFACE
  $<IF:$<BOOL:$<TARGET_PROPERTY:USAGECTL_STATIC_LIBARCHIVE>>,${usagectl_static_parts},LibArchive::LibArchive>
  zstd::libzstd_shared)
