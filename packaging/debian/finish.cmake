# What a package of Debian needs beyond `cmake --install`; CPack runs it on the files that it packs.
# https://www.debian.org/doc/debian-policy/ch-docs.html
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(share ${CPACK_TEMPORARY_DIRECTORY}/usr/share)
set(documents ${share}/doc/usagectl)
file(COPY ${CPACK_USAGECTL_SOURCE}/packaging/debian/copyright DESTINATION ${documents})
set(VERSION ${CPACK_DEBIAN_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
configure_file(${CPACK_USAGECTL_SOURCE}/packaging/debian/changelog.in
               ${documents}/changelog.Debian @ONLY)
# Debian's zsh looks for completions of packages there.
file(MAKE_DIRECTORY ${share}/zsh)
file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
file(GLOB pages ${share}/man/man*/*)
execute_process(COMMAND gzip -9n ${pages} ${documents}/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)
