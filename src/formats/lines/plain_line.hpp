#pragma once

#include <string_view>

#include "dialects/catalogue.hpp"
#include "dialects/usage_values.hpp"
#include "formats/reading/surroundings.hpp"
#include "input/json/json.hpp"

namespace usagectl {

/// A line of a log of somebody's own making: names and numbers, and one usage object among them.
struct PlainLine {
  Json usage;
  UsageValues values;
  Surroundings about;
};

/// Reads a document as a plain line. False when there is more to it: then find_usage and its like
/// have to look, and would find the same where both can.
bool read_plain_line(const Catalogue& catalogue, const Json& document, PlainLine& line);

/// The same for a row that is the usage object itself: names, texts and counts side by side.
bool read_plain_row(const Catalogue& catalogue, const Json& row, PlainLine& line);

/// Names that make a document more than a plain line: events, batch lines, answers of whole
/// vocabularies.
bool names_what_it_is(std::string_view name);

/// A line of a log, not what a provider answered: nothing in it is an object but usage and its
/// details.
bool is_of_own_making(const Json& body);

/// In a log of somebody's own making, "id" may be anybody's, and a short number starts anew with
/// each run. `named_id` is the text under "id".
bool is_vague_id(std::string_view id, std::string_view named_id);

/// In a log, "id" may be anybody's: of a worker, of a conversation. What is made for one call is
/// long, or begins as a provider begins it.
bool is_id_of_call(const Catalogue& catalogue, std::string_view id, bool is_vague);

/// Whether input and output are 0, as if nothing had been read or written.
bool all_zero(const Counts& counts);

}  // namespace usagectl
