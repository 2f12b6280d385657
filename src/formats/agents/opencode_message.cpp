// What opencode keeps: a message a file, storage/message/<session>/msg_….json, the parts of
// messages beside them, storage/part/<message>/prt_….json, of which step-finish tells the usage of
// a step; and what opencode export prints, {"info", "messages": [{"info", "parts"}]}. Each step is
// a call, and a message tells its last step alone. A fork holds the messages of its parent under
// new ids, with the same time and the same counts (tokscale #446). Since 1.2, and in Kilo, the same
// are the columns "data" of the tables message and part of a database, whose other columns hold the
// ids (tokscale #183).
#include <fmt/format.h>

#include <utility>

#include "base/utc_time.hpp"
#include "formats/reading/count_reader.hpp"
#include "formats/reading/format.hpp"
#include "formats/reading/read_call.hpp"
#include "formats/reading/take_cost.hpp"

namespace usagectl {
namespace {

constexpr std::string_view kFormat = "opencode.message";
constexpr std::string_view kDialect = "opencode";
constexpr View kMessages{0, "messages"};
/// Of the prices of models.dev, which opencode multiplies (packages/opencode/src/session/index.ts).
constexpr Currency kCurrency("USD");

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

/// The ids of a message or a part, in it or in the columns beside it.
struct Ids {
  std::string_view id;
  std::string_view message;
  std::string_view session;
};

Ids ids_in(const Json& value) {
  return {value["id"].text(), value["messageID"].text(), value["sessionID"].text()};
}

void message(const Json& value, const Ids& ids, const Place& place, const FileContext& file,
             Observations& observations) {
  if (reject_repeated(value, {"tokens", "id"}, place, observations)) return;
  if (!value["tokens"].is_object()) {
    observations.ignored("message without usage");
    return;
  }
  auto record = read_call(value["tokens"], kDialect, kFormat,
                          {place.file, place.line, place.pointer + "/tokens"}, file, observations);
  if (!record) return;
  record->unit = observations.unit("opencode messages");
  record->view = kMessages;
  record->id = ids.id;
  record->same_id = SameId::growth;
  record->model = value["modelID"].text();
  record->cost = cost_at(value["cost"], kCurrency, "../cost");
  add_scope(*record, "session", ids.session);
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
void part(const Json& value, const Ids& ids, const Json& message, const Place& place,
          const FileContext& file, Observations& observations) {
  if (!value["tokens"].is_object()) {
    observations.ignored("part of a message without usage");
    return;
  }
  auto record = read_call(value["tokens"], kDialect, kFormat,
                          {place.file, place.line, place.pointer + "/tokens"}, file, observations);
  if (!record) return;
  record->unit = observations.unit("opencode messages");
  record->view = kMessages;
  record->id = ids.message;
  record->second_id = ids.id;
  record->same_id = SameId::copy;
  record->model = message["modelID"].text();
  record->cost = cost_at(value["cost"], kCurrency, "../cost");
  if (const auto created = read_count(message["time"]["created"]).count)
    record->time = utc_time_of_milliseconds(*created);
  add_scope(*record, "session", ids.session);
  add_scope(*record, "provider", message["providerID"].text());
  observations.unless_reported(std::move(*record), std::nullopt);
}

bool is_step(const Json& part) { return is_part(part) && part["tokens"].is_object(); }

/// A message of an export, and its steps where it has several.
void exported(const Json& item, const Place& place, const FileContext& file,
              Observations& observations) {
  message(item["info"], ids_in(item["info"]),
          {place.file, place.line, pointer_to(place.pointer, "info")}, file, observations);
  std::size_t steps = 0;
  item["parts"].each_item(
      [&](std::size_t, const Json& one) { steps += is_step(one) ? std::size_t{1} : 0; });
  if (steps < 2) return;
  item["parts"].each_item([&](std::size_t index, const Json& one) {
    if (!is_step(one)) return;
    part(one, ids_in(one), item["info"],
         {place.file, place.line, pointer_to(pointer_to(place.pointer, "parts"), index)}, file,
         observations);
  });
}

void read(const Json& document, const FileContext& file, Observations& observations) {
  const Place root{file.id, 0, {}};
  if (is_message(document)) {
    message(document, ids_in(document), root, file, observations);
  } else if (is_part(document)) {
    part(document, ids_in(document), {}, root, file, observations);
  } else {
    document["messages"].each_item([&](std::size_t index, const Json& item) {
      exported(item, {file.id, 0, pointer_to("/messages", index)}, file, observations);
    });
  }
}

bool is_message_row(const Json& row) {
  return row["id"].is_text() && row["session_id"].is_text() && row["data"]["role"].is_text() &&
         row["data"]["time"].is_object();
}

bool is_part_row(const Json& row) {
  return row["id"].is_text() && row["session_id"].is_text() && row["message_id"].is_text() &&
         row["data"]["type"].is_text();
}

bool recognises_row(const Json& row, const FileContext&) {
  return is_message_row(row) || is_part_row(row);
}

class RowReader final : public LineReader {
 public:
  explicit RowReader(const FileContext& file) : file_(file) {}

  void line(const Json& row, const Place& place, Observations& observations) override {
    const Ids ids{row["id"].text(), row["message_id"].text(), row["session_id"].text()};
    const Place data{place.file, place.line, pointer_to(place.pointer, "data")};
    if (is_part_row(row)) {
      part(row["data"], ids, {}, data, file_, observations);
    } else if (is_message_row(row)) {
      message(row["data"], ids, data, file_, observations);
    } else {
      observations.ignored(kWithoutUsage);
    }
  }

 private:
  FileContext file_;
};

}  // namespace

extern const Format format_opencode_message;
const Format format_opencode_message{
    .id = kFormat,
    .description = "messages of opencode and Kilo: one a file, an exported session, or a database",
    .open_document = open_document<recognises, read>,
    .lines =
        LineFormat{
            .recognises = recognises_row, .open = open_reader<RowReader>, .are_independent = true},
};

}  // namespace usagectl
