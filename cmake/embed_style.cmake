# Writes a C++ source that holds a style sheet and its SHA-256 in base64, as a Content-Security-Policy
# names it. Run as a script: cmake -DSTYLE=... -DOUTPUT=... -DHEADER=... -P embed_style.cmake
file(READ ${STYLE} text)
string(SHA256 hex "${text}")
set(digits ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
set(base64 "")
# Three bytes are four digits; the last two of the 32 bytes are three and a "=".
foreach(at RANGE 0 60 6)
  string(SUBSTRING "${hex}00" ${at} 6 bytes)
  math(EXPR bits "0x${bytes}")
  foreach(shift IN ITEMS 18 12 6 0)
    math(EXPR digit "(${bits} >> ${shift}) & 63")
    string(SUBSTRING ${digits} ${digit} 1 letter)
    string(APPEND base64 ${letter})
  endforeach()
endforeach()
string(SUBSTRING ${base64} 0 43 base64)
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\nnamespace usagectl {\n
const std::string_view kPageStyle = R\"style(${text})style\";
const std::string_view kPageStyleHash = \"${base64}=\";\n
}  // namespace usagectl\n")
