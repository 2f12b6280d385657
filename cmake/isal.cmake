# ISA-L brings a pkg-config file and nothing for CMake; to look for its two files needs no further
# package.
find_path(ISAL_INCLUDE_DIR isa-l/igzip_lib.h REQUIRED)
find_library(ISAL_LIBRARY isal REQUIRED)
add_library(usagectl_isal INTERFACE)
target_include_directories(usagectl_isal SYSTEM INTERFACE ${ISAL_INCLUDE_DIR})
target_link_libraries(usagectl_isal INTERFACE ${ISAL_LIBRARY})
