#include "transcript_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "timestamp.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, 3> kModels = {
    "claude-sonnet-4-5-20250929", "claude-opus-4-5-20251101", "claude-sonnet-4-5-20250929"};
constexpr std::string_view kSmallModel = "claude-haiku-4-5-20251001";
constexpr std::array<std::string_view, 4> kVersions = {"1.0.128", "2.0.14", "2.0.55", "2.1.12"};
constexpr std::size_t kOpeningBytes = std::size_t{1} << 18U;

}  // namespace

TranscriptSession::TranscriptSession(const TranscriptProject& project, std::string session_id,
                                     Random random, const Filler& filler, Truth& truth,
                                     OutputFile& file)
    : project_(project),
      random_(random),
      filler_(filler),
      truth_(truth),
      file_(file),
      session_id_(std::move(session_id)),
      version_(random_.pick(kVersions)),
      model_(random_.pick(kModels)),
      time_(1759276800000 + random_.below(5'000'000) * 1000),
      opening_{session_id_, {}, 0} {}

void TranscriptSession::resume(const SessionOpening& opening) {
  for (std::string line : opening.lines) {
    for (std::size_t at = 0; (at = line.find(opening.session_id, at)) != std::string::npos;) {
      line.replace(at, session_id_.size(), session_id_);
    }
    write_line(line);
  }
}

void TranscriptSession::write(std::uint64_t bytes) {
  if (random_.one_in(3)) summary();
  while (bytes_ < bytes) turn();
}

void TranscriptSession::write_line(std::string_view line) {
  file_.write(line);
  bytes_ += line.size();
  if (opening_.bytes + line.size() > kOpeningBytes) return;
  opening_.bytes += line.size();
  opening_.lines.emplace_back(line);
}

void TranscriptSession::entry(std::string_view body, std::string_view after) {
  time_ += random_.skewed(3, 14);
  const std::string uuid = random_.uuid();
  line_.clear();
  fmt::format_to(
      std::back_inserter(line_),
      R"({{"parentUuid":{},"isSidechain":{},"userType":"external","cwd":"{}","sessionId":"{}","version":"{}","gitBranch":"main",{}{},"uuid":"{}","timestamp":"{}"{}}})",
      parent_, agent_.empty() ? "false" : "true", project_.path, session_id_, version_, agent_,
      body, uuid, timestamp(time_), after);
  line_ += '\n';
  write_line(line_);
  parent_ = '"' + uuid + '"';
}

std::string TranscriptSession::text(unsigned low_bits, unsigned high_bits, FillerKind kind) {
  std::string out;
  filler_.append(out, random_, random_.skewed(low_bits, high_bits), kind);
  return out;
}

std::string TranscriptSession::words(std::size_t most) {
  std::string out;
  filler_.append_words(out, random_, most);
  return out;
}

void TranscriptSession::summary() {
  const std::string said = words(8);
  write_line(fmt::format(R"({{"type":"summary","summary":"{}","leafUuid":"{}"}})"
                         "\n",
                         said, random_.uuid()));
}

void TranscriptSession::snapshot() {
  const std::string uuid = random_.uuid();
  const std::string now = timestamp(time_);
  std::string files;
  for (std::uint64_t i = random_.between(0, 12); i > 0; --i) {
    const std::string name = words(1);
    files +=
        fmt::format(R"({}"src/{}.ts":{{"backupFileName":"{}@v{}","version":{},"backupTime":"{}"}})",
                    files.empty() ? "" : ",", name, name, i, i, now);
  }
  write_line(fmt::format(
      R"({{"type":"file-history-snapshot","messageId":"{}","snapshot":{{"messageId":"{}","trackedFileBackups":{{{}}},"timestamp":"{}"}},"isSnapshotUpdate":false}})"
      "\n",
      uuid, uuid, files, now));
}

void TranscriptSession::system() {
  const std::string said = text(6, 9, FillerKind::kProse);
  entry(fmt::format(
      R"("type":"system","subtype":"informational","content":"{}","isMeta":false,"level":"info")",
      said));
}

void TranscriptSession::prompt() {
  const std::string asked = text(6, 12, FillerKind::kProse);
  entry(fmt::format(R"("type":"user","message":{{"role":"user","content":"{}"}})", asked));
}

void TranscriptSession::turn() {
  snapshot();
  prompt();
  for (std::uint64_t calls = random_.between(1, 20); calls > 0; --calls) call(model_, calls == 1);
  if (random_.one_in(3)) system();
  if (random_.one_in(4)) delegate();
}

/// One call of a model: its blocks, each on a line, then what its tools returned.
void TranscriptSession::call(std::string_view model, bool last) {
  const Answer answer = invented_answer(model);
  truth_.add(model, answer.used);
  if (random_.one_in(3)) block(answer, false, thinking());
  if (last || random_.one_in(2)) {
    const std::string said = text(6, last ? 13 : 10, FillerKind::kProse);
    block(answer, last, fmt::format(R"({{"type":"text","text":"{}"}})", said));
  }
  if (!last) {
    std::vector<std::string> ids(random_.one_in(4) ? random_.between(2, 3) : 1);
    for (std::string& id : ids) {
      id = random_.id("toolu_01", 22);
      block(answer, &id == &ids.back(), tool_use(id));
    }
    for (const std::string& id : ids) tool_result(id);
  }
  last_answer_ = answer;
}

TranscriptSession::Answer TranscriptSession::invented_answer(std::string_view model) {
  Answer answer;
  answer.model = model;
  answer.id = random_.id("msg_01", 22);
  if (!random_.one_in(50)) answer.request_id = random_.id("req_011C", 20);
  answer.streamed = random_.one_in(4);
  const std::uint64_t fresh = random_.skewed(1, 6);
  answer.used.requests = 1;
  answer.used.cache_read = random_.skewed(13, 17);
  answer.used.cache_write = random_.skewed(7, 14);
  if (random_.one_in(5)) answer.cache_1h = answer.used.cache_write;
  answer.used.input = fresh + answer.used.cache_read + answer.used.cache_write;
  answer.used.output = random_.skewed(5, 12);
  answer.used.total = answer.used.input + answer.used.output;
  return answer;
}

std::string TranscriptSession::usage(const Answer& answer, bool unfinished) {
  const TrueCounts& used = answer.used;
  return fmt::format(
      R"({{"input_tokens":{},"cache_creation_input_tokens":{},"cache_read_input_tokens":{},"cache_creation":{{"ephemeral_5m_input_tokens":{},"ephemeral_1h_input_tokens":{}}},"output_tokens":{},"service_tier":"standard"}})",
      used.input - used.cache_read - used.cache_write, used.cache_write, used.cache_read,
      used.cache_write - answer.cache_1h, answer.cache_1h,
      unfinished ? std::min<std::uint64_t>(used.output, 1 + used.output % 8) : used.output);
}

/// While an answer is streamed its blocks carry a placeholder; only the last one has the output.
void TranscriptSession::block(const Answer& answer, bool last_block, std::string_view content) {
  const std::string request =
      answer.request_id.empty() ? "" : fmt::format(R"("requestId":"{}",)", answer.request_id);
  const bool unfinished = answer.streamed && !last_block;
  entry(fmt::format(
      R"("message":{{"model":"{}","id":"{}","type":"message","role":"assistant","content":[{}],"stop_reason":{},"stop_sequence":null,"usage":{}}},{}"type":"assistant")",
      answer.model, answer.id, content, unfinished ? "null" : R"("tool_use")",
      usage(answer, unfinished), request));
}

std::string TranscriptSession::thinking() {
  const std::string thought = text(7, 12, FillerKind::kProse);
  std::string signature;
  random_.letters(signature, random_.skewed(8, 11), Random::kBase64);
  return fmt::format(R"({{"type":"thinking","thinking":"{}","signature":"{}"}})", thought,
                     signature);
}

std::string TranscriptSession::tool_use(const std::string& id) {
  const std::string name = words(1);
  if (random_.one_in(3)) {
    const std::string before = text(7, 11, FillerKind::kCode);
    const std::string after = text(7, 11, FillerKind::kCode);
    return fmt::format(
        R"({{"type":"tool_use","id":"{}","name":"Edit","input":{{"file_path":"{}/src/{}.ts","old_string":"{}","new_string":"{}","replace_all":false}}}})",
        id, project_.path, name, before, after);
  }
  if (random_.one_in(2)) {
    return fmt::format(
        R"({{"type":"tool_use","id":"{}","name":"Read","input":{{"file_path":"{}/src/{}.ts","offset":{},"limit":200}}}})",
        id, project_.path, name, random_.below(2000));
  }
  return fmt::format(
      R"({{"type":"tool_use","id":"{}","name":"Bash","input":{{"command":"npm run {} -- --grep \"{}\" 2>&1 | tail -40","description":"Run {}","timeout":120000}}}})",
      id, name, words(3), name);
}

/// What a tool returned stands in the line twice: as the model reads it, and as the program kept
/// it.
void TranscriptSession::tool_result(const std::string& id) {
  const FillerKind kind = random_.one_in(2) ? FillerKind::kCode : FillerKind::kOutput;
  const std::string result = random_.one_in(16) ? text(14, 17, kind) : text(7, 14, kind);
  const std::string kept =
      random_.one_in(2) && result.size() < 100000
          ? fmt::format(
                R"(,"toolUseResult":{{"stdout":"{}","stderr":"","interrupted":false,"isImage":false}})",
                result)
          : fmt::format(R"(,"toolUseResult":{{"type":"text","numLines":{}}})", result.size() / 40);
  entry(
      fmt::format(
          R"("type":"user","message":{{"role":"user","content":[{{"tool_use_id":"{}","type":"tool_result","content":"{}","is_error":false}}]}})",
          id, result),
      kept);
}

/// A subagent works on lines of its own, on a side chain; what it hands back repeats the usage of
/// its last call, which is no further call.
void TranscriptSession::delegate() {
  const Answer answer = invented_answer(model_);
  truth_.add(model_, answer.used);
  const std::string id = random_.id("toolu_01", 22);
  const std::string task = text(8, 11, FillerKind::kProse);
  block(
      answer, true,
      fmt::format(
          R"({{"type":"tool_use","id":"{}","name":"Task","input":{{"subagent_type":"general-purpose","description":"{}","prompt":"{}"}}}})",
          id, words(4), task));
  const std::string parent = std::exchange(parent_, "null");
  std::string agent_id;
  random_.letters(agent_id, 8, Random::kHex);
  agent_ = fmt::format(R"("agentId":"{}",)", agent_id);
  prompt();
  const std::uint64_t calls = random_.between(2, 8);
  for (std::uint64_t left = calls; left > 0; --left) call(kSmallModel, left == 1);
  agent_.clear();
  parent_ = parent;
  const std::string found = text(8, 12, FillerKind::kProse);
  entry(
      fmt::format(
          R"("type":"user","message":{{"role":"user","content":[{{"tool_use_id":"{}","type":"tool_result","content":[{{"type":"text","text":"{}"}}]}}]}})",
          id, found),
      fmt::format(
          R"(,"toolUseResult":{{"status":"completed","agentId":"{}","content":[{{"type":"text","text":"{}"}}],"totalDurationMs":{},"totalTokens":{},"totalToolUseCount":{},"usage":{}}})",
          agent_id, found, calls * 9000, last_answer_.used.total, calls - 1,
          usage(last_answer_, false)));
}

}  // namespace usagectl
