include(GNUInstallDirs)
install(TARGETS usagectl RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

file(GLOB manual_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.1)
install(FILES ${manual_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
file(GLOB file_manual_pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.5)
install(FILES ${file_manual_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)

# The program itself writes the schemas, from their files and the definitions that several share.
set(schemas ${CMAKE_BINARY_DIR}/schemas)
file(MAKE_DIRECTORY ${schemas})
set(schema_files)
file(GLOB schema_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/cli/schemas/*.json)
foreach(source IN LISTS schema_sources)
  get_filename_component(name ${source} NAME_WE)
  add_custom_command(OUTPUT ${schemas}/${name}.schema.json
    COMMAND usagectl schema ${name} > ${schemas}/${name}.schema.json
    DEPENDS usagectl)
  list(APPEND schema_files ${schemas}/${name}.schema.json)
endforeach()
add_custom_target(schemas ALL DEPENDS ${schema_files})
install(FILES ${schema_files} DESTINATION ${CMAKE_INSTALL_DATADIR}/usagectl)

# The program itself writes the completions, from the definition that it parses its arguments with.
set(completions ${CMAKE_BINARY_DIR}/completions)
file(MAKE_DIRECTORY ${completions})
foreach(shell IN ITEMS bash zsh fish)
  add_custom_command(OUTPUT ${completions}/usagectl.${shell}
    COMMAND usagectl completions ${shell} > ${completions}/usagectl.${shell}
    DEPENDS usagectl)
endforeach()
add_custom_target(completions ALL DEPENDS
  ${completions}/usagectl.bash ${completions}/usagectl.zsh ${completions}/usagectl.fish)

install(FILES ${completions}/usagectl.bash RENAME usagectl
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${completions}/usagectl.zsh RENAME _usagectl
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${completions}/usagectl.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
