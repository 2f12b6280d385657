# A .def file lists the members of a table, one MACRO(name) a line; the same file is included by the
# C++ source that builds the table, so adding a member touches one line.
function(read_def_table file result)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(STRINGS ${file} lines REGEX "^[A-Z_]+\\([a-z0-9_]+\\)")
  list(TRANSFORM lines REPLACE "^[A-Z_]+\\(([a-z0-9_]+)\\).*" "\\1")
  set(${result} ${lines} PARENT_SCOPE)
endfunction()
