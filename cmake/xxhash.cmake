# xxHash brings a pkg-config file and nothing for CMake; to look for its two files needs no further
# package.
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
find_library(XXHASH_LIBRARY xxhash REQUIRED)
add_library(usagectl_xxhash INTERFACE)
target_include_directories(usagectl_xxhash SYSTEM INTERFACE ${XXHASH_INCLUDE_DIR})
target_link_libraries(usagectl_xxhash INTERFACE ${XXHASH_LIBRARY})
