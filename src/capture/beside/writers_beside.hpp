#pragma once

#include <cstddef>

#include "model/observations.hpp"
#include "model/place.hpp"

namespace usagectl {

/// Usage objects of a text log that two writers tell, the client and a gateway, each in a
/// vocabulary of its own: each call counts once. Records of the log begin at `records_before`.
void leave_out_second_writer(std::size_t records_before, FileId file, Observations& observations);

}  // namespace usagectl
