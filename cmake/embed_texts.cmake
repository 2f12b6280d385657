# Writes a C++ source that holds every file of one kind in a folder as text, in a table of {file, text}.
# Run as a script: cmake -DKIND=json -DFOLDER=... -DOUTPUT=... -DHEADER=... -DTYPE=... -DTABLE=... -P embed_texts.cmake
file(GLOB entries ${FOLDER}/*.${KIND})
list(SORT entries)
set(rows "")
foreach(entry ${entries})
  file(READ ${entry} text)
  get_filename_component(name ${entry} NAME)
  string(APPEND rows "    {\"${name}\", R\"entry(${text})entry\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\nnamespace usagectl {\n
const ${TYPE} ${TABLE}[] = {\n${rows}};
const std::size_t ${TABLE}Size = sizeof(${TABLE}) / sizeof(${TABLE}[0]);\n
}  // namespace usagectl\n")
