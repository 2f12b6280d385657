# utf8proc brings a pkg-config file and nothing for CMake; to look for its two files needs no further
# package.
find_path(UTF8PROC_INCLUDE_DIR utf8proc.h REQUIRED)
find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
add_library(usagectl_utf8proc INTERFACE)
target_include_directories(usagectl_utf8proc SYSTEM INTERFACE ${UTF8PROC_INCLUDE_DIR})
target_link_libraries(usagectl_utf8proc INTERFACE ${UTF8PROC_LIBRARY})
