# Writes a C++ source that holds every file of src/dialects/catalogue as text.
# Run as a script: cmake -DFOLDER=... -DOUTPUT=... -P embed_catalogue.cmake
file(GLOB entries ${FOLDER}/*.json)
list(SORT entries)
set(rows "")
foreach(entry ${entries})
  file(READ ${entry} text)
  get_filename_component(name ${entry} NAME)
  string(APPEND rows "    {\"${name}\", R\"entry(${text})entry\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"dialects/catalogue.hpp\"\n\nnamespace usagectl {\n
const EmbeddedEntry kEmbeddedCatalogue[] = {\n${rows}};
const std::size_t kEmbeddedCatalogueSize = sizeof(kEmbeddedCatalogue) / sizeof(kEmbeddedCatalogue[0]);\n
}  // namespace usagectl\n")
