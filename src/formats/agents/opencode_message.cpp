// What opencode keeps: a message a file, storage/message/<session>/msg_….json, the parts of
// messages beside them, storage/part/<message>/prt_….json, of which step-finish tells the usage of
// a step; and what opencode export prints, {"info", "messages": [{"info", "parts"}]}. Each step is
// a call, and a message tells its last step alone. A fork holds the messages of its parent under
// new ids, with the same time and the same counts (tokscale #446).
#include <fmt/format.h>

#include <utility>

#include "base/utc_time.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "opencode.message";
constexpr std::string_view kDialect = "opencode";
constexpr View kMessages{0, "messages"};

bool is_message(const Json& value) {
  return value["id"].is_text() && value["sessionID"].is_text() && value["role"].is_text() &&
         value["time"].is_object();
}

bool is_part(const Json& value) {
  return value["id"].is_text() && value["sessionID"].is_text() && value["messageID"].is_text() &&
         value["type"].is_text();
}

bool is_export(const Json& value) {
  bool is = false;
  value["messages"].each_item([&](std::size_t index, const Json& item) {
    is = is || (index < 8 && is_message(item["info"]));
  });
  return is && value["info"].is_object();
}

bool recognises(const Json& document, const FileContext&) {
  return is_message(document) || is_part(document) || is_export(document);
}

void message(const Json& value, const Place& place, const FileContext& file,
             Observations& observations) {
  if (reject_repeated(value, {"tokens", "id"}, place, observations)) return;
  if (!value["tokens"].is_object()) {
    observations.ignored("message without usage");
    return;
  }
  auto record = read_call(value["tokens"], kDialect, kFormat,
                          {place.file, place.line, place.pointer + "/tokens"}, file, observations);
  if (!record) return;
  const std::string_view session = value["sessionID"].text();
  record->unit = observations.unit("opencode messages");
  record->view = kMessages;
  record->id = value["id"].text();
  record->same_id = SameId::growth;
  record->model = value["modelID"].text();
  add_scope(*record, "session", session);
  add_scope(*record, "provider", value["providerID"].text());
  const auto created = read_count(value["time"]["created"]).count;
  if (!created) {
    observations.record(std::move(*record));
    return;
  }
  record->time = utc_time_of_milliseconds(*created);
  std::string mark = fmt::format("opencode {} {}", *created, record->model);
  observations.copied_call(std::move(*record), std::move(mark));
}

/// A step of a message: told by the message as well, where it is its last one.
void part(const Json& value, const Json& message, const Place& place, const FileContext& file,
          Observations& observations) {
  if (!value["tokens"].is_object()) {
    observations.ignored("part of a message without usage");
    return;
  }
  auto record = read_call(value["tokens"], kDialect, kFormat,
                          {place.file, place.line, place.pointer + "/tokens"}, file, observations);
  if (!record) return;
  record->unit = observations.unit("opencode messages");
  record->view = kMessages;
  record->id = value["messageID"].text();
  record->second_id = value["id"].text();
  record->same_id = SameId::copy;
  record->model = message["modelID"].text();
  if (const auto created = read_count(message["time"]["created"]).count)
    record->time = utc_time_of_milliseconds(*created);
  add_scope(*record, "session", value["sessionID"].text());
  add_scope(*record, "provider", message["providerID"].text());
  observations.unless_reported(std::move(*record), std::nullopt);
}

bool is_step(const Json& part) { return is_part(part) && part["tokens"].is_object(); }

/// A message of an export, and its steps where it has several.
void exported(const Json& item, const Place& place, const FileContext& file,
              Observations& observations) {
  message(item["info"], {place.file, place.line, pointer_to(place.pointer, "info")}, file,
          observations);
  std::size_t steps = 0;
  item["parts"].each_item(
      [&](std::size_t, const Json& one) { steps += is_step(one) ? std::size_t{1} : 0; });
  if (steps < 2) return;
  item["parts"].each_item([&](std::size_t index, const Json& one) {
    if (!is_step(one)) return;
    part(one, item["info"],
         {place.file, place.line, pointer_to(pointer_to(place.pointer, "parts"), index)}, file,
         observations);
  });
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  const Place root{file.id, 0, {}};
  if (is_message(document)) {
    message(document, root, file, observations);
  } else if (is_part(document)) {
    part(document, {}, root, file, observations);
  } else {
    document["messages"].each_item([&](std::size_t index, const Json& item) {
      exported(item, {file.id, 0, pointer_to("/messages", index)}, file, observations);
    });
  }
}

}  // namespace

extern const Format format_opencode_message;
const Format format_opencode_message{
    .id = kFormat,
    .description = "message of an opencode session, one a file, or an exported session",
    .open_document = open_document<recognises, read>,
};

}  // namespace usagectl
