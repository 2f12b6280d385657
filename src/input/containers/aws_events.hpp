#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace usagectl {

/// Whether bytes begin like a stream of AWS events, in which Bedrock streams its answers.
bool looks_like_aws_events(std::string_view bytes);

/// Calls visit(payload, offset) for each event of such a stream
/// (https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html): lengths of the event
/// and of its headers, a checksum, headers, payload, a checksum. False where it ends inside an
/// event.
bool each_aws_event(std::string_view bytes,
                    const std::function<void(std::string_view, std::size_t)>& visit);

}  // namespace usagectl
