# The program loads libarchive for the first archive, see src/input/containers/libarchive.hpp: by the
# name under which a program that is linked to it would ask for it, "libarchive.so.13".
find_package(LibArchive REQUIRED)
get_filename_component(usagectl_libarchive_file ${LibArchive_LIBRARIES} REALPATH)
string(REGEX MATCH "libarchive\\.so\\.([0-9]+)" USAGECTL_LIBARCHIVE "${usagectl_libarchive_file}")
if(NOT USAGECTL_LIBARCHIVE)
  message(FATAL_ERROR "${LibArchive_LIBRARIES} is no shared library with a version")
endif()
set(USAGECTL_LIBARCHIVE_VERSION ${CMAKE_MATCH_1})
