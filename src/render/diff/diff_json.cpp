#include "render/diff/diff_json.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "render/diff/diff_headline.hpp"
#include "render/parts/answer_json.hpp"
#include "render/parts/counts_json.hpp"
#include "render/parts/intake_json.hpp"
#include "render/parts/tool_json.hpp"
#include "render/text/json_text.hpp"
#include "render/text/visible_text.hpp"

namespace usagectl {
namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(json_string(text));
}

ordered_json texts_json(const std::vector<std::string>& texts) {
  ordered_json list = ordered_json::array();
  for (const std::string& text : texts) list.push_back(json_string(text));
  return list;
}

ordered_json place_json(const Place& place, const std::vector<std::string>& files) {
  return {{"file", json_string(files[place.file])},
          {"pointer", json_string(place.pointer)},
          {"line", place.line == 0 ? ordered_json(nullptr) : ordered_json(place.line)}};
}

ordered_json parts_json(const DiffReport& report) {
  ordered_json parts = ordered_json::object();
  constexpr const char* kWeights[] = {"shown", "judged", "required"};
  for (std::size_t i = 0; i < kDiffPartCount; ++i) {
    parts[std::string(kDiffPartNames[i])] = {
        {"verdict", name_of(report.parts[i].verdict)},
        {"judgement", kWeights[static_cast<std::size_t>(report.judgement.parts[i])]},
        {"fails", report.fails(static_cast<DiffPart>(i))},
        {"summary", text_or_null(report.parts[i].sentence)}};
  }
  return parts;
}

ordered_json calls_json(const std::vector<std::size_t>& positions, const Side& side) {
  ordered_json list = ordered_json::array();
  for (const std::size_t position : positions)
    list.push_back(place_json(side.calls[position].place, side.files));
  return list;
}

ordered_json records_json(const DiffReport& report) {
  ordered_json counts = ordered_json::object();
  for (const NamesOnSides& row : report.records.rows) {
    counts[std::string(row.what)] = {{"a", count_json(row.a)},
                                     {"b", count_json(row.b)},
                                     {"only_in_a", texts_json(row.only_a)},
                                     {"only_in_b", texts_json(row.only_b)}};
  }
  ordered_json formats = ordered_json::array();
  for (const FormatChange& change : report.records.formats) {
    formats.push_back({{"entity", json_string(change.entity)},
                       {"a", json_string(change.a)},
                       {"b", json_string(change.b)}});
  }
  return {{"verdict", name_of(report.part(DiffPart::records).verdict)},
          {"paired_by", name_of(report.pairs.by)},
          {"pairs", report.pairs.calls.size()},
          {"counts", std::move(counts)},
          {"unpaired_a", calls_json(report.records.unpaired_a, report.a)},
          {"unpaired_b", calls_json(report.records.unpaired_b, report.b)},
          {"format_changes", std::move(formats)}};
}

ordered_json keys_json(const DiffReport& report) {
  ordered_json only_a = ordered_json::array();
  ordered_json only_b = ordered_json::array();
  ordered_json shared = ordered_json::array();
  ordered_json presence = ordered_json::object();
  for (const auto& key : report.keys) {
    ordered_json& list = key.b.records == 0 ? only_a : key.a.records == 0 ? only_b : shared;
    list.push_back(json_string(key.path));
    presence[visible_text(key.path)] = {{"a", presence_of(key.a)}, {"b", presence_of(key.b)}};
  }
  return {{"verdict", name_of(report.part(DiffPart::keys).verdict)},
          {"only_in_a", std::move(only_a)},
          {"only_in_b", std::move(only_b)},
          {"shared", std::move(shared)},
          {"presence", std::move(presence)}};
}

ordered_json meaning_json(const DiffReport& report) {
  ordered_json meaning = ordered_json::array();
  for (const auto& axis : report.meaning) {
    meaning.push_back({{"axis", axis.axis},
                       {"verdict", name_of(axis.verdict)},
                       {"a", answer_json(axis.a, report.a.files)},
                       {"b", answer_json(axis.b, report.b.files)},
                       {"matters", axis.matters},
                       {"evidence", text_or_null(axis.evidence)}});
  }
  return meaning;
}

ordered_json value_json(const ValueDifference& value) {
  return {{"counter", name_of(value.counter)},
          {"a", count_json(value.a)},
          {"b", count_json(value.b)},
          {"difference", count_json(value.difference())}};
}

ordered_json values_json(const DiffReport& report) {
  ordered_json totals = ordered_json::array();
  for (const auto& value : report.values.totals) totals.push_back(value_json(value));
  ordered_json groups = ordered_json::array();
  for (const auto& value : report.values.groups) {
    ordered_json group = {{"by", value.key}, {"name", json_string(value.name)}};
    group.update(value_json(value));
    groups.push_back(std::move(group));
  }
  ordered_json calls = ordered_json::array();
  for (const auto& value : report.values.calls) {
    ordered_json call = value_json(value);
    call["a_call"] = place_json(report.a.calls[value.calls->first].place, report.a.files);
    call["b_call"] = place_json(report.b.calls[value.calls->second].place, report.b.files);
    calls.push_back(std::move(call));
  }
  return {{"verdict", name_of(report.part(DiffPart::values).verdict)},
          {"compared", true},
          {"paired_by", name_of(report.pairs.by)},
          {"pairs", report.pairs.calls.size()},
          {"unpaired_a", report.a.calls.size() - report.pairs.calls.size()},
          {"unpaired_b", report.b.calls.size() - report.pairs.calls.size()},
          {"beyond_tolerance", report.values.beyond},
          {"totals", std::move(totals)},
          {"groups", std::move(groups)},
          {"calls", std::move(calls)}};
}

ordered_json continuation_json(const Continuation& found) {
  if (found.verdict == Continues::unrelated) return nullptr;
  return {{"verdict", name_of(found.verdict)},
          {"proved", found.is_proved},
          {"by", found.key},
          {"grown", found.grown},
          {"stayed", found.stayed},
          {"shrunk", found.shrunk},
          {"against", texts_json(found.against)},
          {"chains",
           {{"extended", found.chains_extended},
            {"shortened", found.chains_shortened},
            {"same", found.chains_same},
            {"replaced", found.chains_replaced}}},
          {"ticks", {{"same", found.ticks_same}, {"different", found.ticks_apart}}},
          {"calls_in_both", found.calls_in_both}};
}

ordered_json client_json(const ClientReport& client) {
  if (client.raw == RawSide::neither) return nullptr;
  ordered_json numbers = ordered_json::array();
  for (const ClientNumber& number : client.numbers) numbers.push_back(client_number_json(number));
  return {{"raw", client.raw == RawSide::a ? "a" : "b"}, {"numbers", std::move(numbers)}};
}

}  // namespace

ordered_json client_number_json(const ClientNumber& number) {
  ordered_json ways = ordered_json::array();
  for (const std::string_view way : number.ways) ways.push_back(way);
  return {{"number", number.number},
          {"as_sent", number.is_as_sent},
          {"calls", number.calls},
          {"ways", std::move(ways)},
          {"did", text_or_null(number.did)},
          {"cause", number.cause.empty() ? ordered_json(nullptr) : ordered_json(number.cause)},
          {"untested", text_or_null(number.untested)},
          {"sent", count_json(number.sent)},
          {"got", count_json(number.got)}};
}

ordered_json diff_json(const DiffReport& report) {
  return {{"schema", "usagectl.diff/1"},
          {"tool", tool_json()},
          {"verdict", name_of(report.verdict)},
          {"accepted", report.accepted},
          {"summary", json_string(diff_reasons(report))},
          {"no_usage", report.is_empty() ? ordered_json(json_string(diff_reasons(report)))
                                         : ordered_json(nullptr)},
          {"captures", {{"a", json_string(report.a.name)}, {"b", json_string(report.b.name)}}},
          {"parts", parts_json(report)},
          {"a", intake_json(report.a.intake)},
          {"b", intake_json(report.b.intake)},
          {"records", records_json(report)},
          {"keys", keys_json(report)},
          {"meaning", meaning_json(report)},
          {"client", client_json(report.client)},
          {"values", values_json(report)},
          {"continuation", continuation_json(report.continuation)}};
}

}  // namespace usagectl
