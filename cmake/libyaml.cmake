# libyaml brings a pkg-config file and nothing for CMake; to look for its two files needs no further
# package.
find_path(LIBYAML_INCLUDE_DIR yaml.h REQUIRED)
find_library(LIBYAML_LIBRARY yaml REQUIRED)
add_library(usagectl_libyaml INTERFACE)
target_include_directories(usagectl_libyaml SYSTEM INTERFACE ${LIBYAML_INCLUDE_DIR})
target_link_libraries(usagectl_libyaml INTERFACE ${LIBYAML_LIBRARY})
