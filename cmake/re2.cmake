# RE2 brings a pkg-config file and nothing for CMake in Debian 12; to look for its two files needs no
# package.
find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
find_library(RE2_LIBRARY re2 REQUIRED)
add_library(usagectl_re2 INTERFACE)
target_include_directories(usagectl_re2 SYSTEM INTERFACE ${RE2_INCLUDE_DIR})
target_link_libraries(usagectl_re2 INTERFACE ${RE2_LIBRARY})
