include(GNUInstallDirs)
if(TARGET usagectl)
install(TARGETS usagectl RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
