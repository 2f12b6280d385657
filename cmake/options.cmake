# Warnings and sanitizers, the same for every target of the project.
add_library(usagectl_options INTERFACE)
target_compile_options(usagectl_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  $<$<BOOL:${USAGECTL_WERROR}>:-Werror>)
target_include_directories(usagectl_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
# Where it is sanitized, the program has three million places that a loader would have to fill in at
# each start; half of the tests start it.
if(USAGECTL_SANITIZE)
  set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(usagectl_options INTERFACE -fno-pie)
  target_link_options(usagectl_options INTERFACE -no-pie)
else()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
if(NOT USAGECTL_SANITIZE AND NOT USAGECTL_FUZZ)
  # The program reads what strangers wrote; tests/process/hardened_test.sh looks at the result.
  target_compile_options(usagectl_options INTERFACE
    -fstack-protector-strong -fcf-protection
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
    $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
  target_link_options(usagectl_options INTERFACE -pie -Wl,-z,relro -Wl,-z,now)
  # The start files of Debian do not say that they keep to the shadow stack, which they do.
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64)
    target_link_options(usagectl_options INTERFACE -Wl,-z,shstk)
  endif()
endif()
if(USAGECTL_SANITIZE)
  target_compile_options(usagectl_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(usagectl_options INTERFACE -fsanitize=address,undefined)
endif()
if(USAGECTL_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "USAGECTL_FUZZ needs clang: add -DCMAKE_CXX_COMPILER=clang++")
  endif()
  target_compile_options(usagectl_options INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(usagectl_options INTERFACE -fsanitize=address,undefined)
endif()
