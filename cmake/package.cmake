# cpack --config build/…/CPackConfig.cmake -G DEB|TGZ makes a package of what is installed.
set(CPACK_PACKAGE_NAME usagectl)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "the usagectl authors <authors@usagectl.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "auditor of LLM token counts")
set(CPACK_PACKAGE_DESCRIPTION
    "usagectl adds up the usage in logs and captures of large language models, and
proves or refutes every total in them. It reads files that already exist: it
sends no requests and does not use the network.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_FILE_NAME usagectl-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_ARCHIVE_THREADS 1)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Of --timezone, and what is loaded for archives.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "tzdata, libarchive${USAGECTL_LIBARCHIVE_VERSION} | libarchive${USAGECTL_LIBARCHIVE_VERSION}t64")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_USAGECTL_SOURCE ${CMAKE_SOURCE_DIR})
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/debian/finish.cmake)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_SET_DESTDIR OFF)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
