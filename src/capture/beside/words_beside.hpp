#pragma once

#include <cstddef>
#include <cstdint>

#include "formats/reading/format.hpp"
#include "input/containers/text_documents.hpp"

namespace usagectl {

class JsonParser;

/// Reads the lines of a text beside the documents that were taken from it, where they count tokens
/// in words. What repeats the documents, or is their sum, is passed over; what has nothing to do
/// with them is counted where `may_count`; of anything else, a warning says that it is not.
/// Records of the documents begin at `records_before`.
/// Returns how many lines were counted or passed over by a rule of their own.
std::uint64_t read_words_beside(const TextDocuments& taken, std::size_t records_before,
                                bool may_count, const FileContext& file, JsonParser& parser,
                                Observations& observations);

}  // namespace usagectl
