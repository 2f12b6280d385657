#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "data_sets.hpp"
#include "output_file.hpp"
#include "timestamp.hpp"

namespace usagectl {
namespace {

constexpr std::array<std::string_view, 3> kModels = {"gpt-5-codex", "gpt-5", "gpt-5.1-codex-mini"};
constexpr std::array<std::string_view, 4> kVersions = {"0.46.0", "0.53.0", "0.58.0", "0.63.0"};

/// One rollout: a session as Codex writes it down, with running totals.
class Rollout {
 public:
  Rollout(const std::filesystem::path& folder, Random random, const Filler& filler, Truth& truth)
      : random_(random),
        filler_(filler),
        truth_(truth),
        time_(1759276800000 + random_.below(5'000'000) * 1000),
        id_(random_.uuid()),
        model_(random_.pick(kModels)),
        file_(path_in(folder)) {}

  void write(std::uint64_t bytes) {
    session_meta();
    while (file_.bytes() < bytes) turn();
    file_.close();
    truth_.add_file(file_);
  }

 private:
  std::filesystem::path path_in(const std::filesystem::path& folder) const {
    const std::string now = timestamp(time_);
    std::string minute = now.substr(0, 19);
    minute[13] = minute[16] = '-';
    return folder / "sessions" / now.substr(0, 4) / now.substr(5, 2) / now.substr(8, 2) /
           fmt::format("rollout-{}-{}.jsonl", minute, id_);
  }

  void line(std::string_view type, std::string_view payload) {
    time_ += random_.skewed(3, 13);
    line_.clear();
    fmt::format_to(std::back_inserter(line_), R"({{"timestamp":"{}","type":"{}","payload":{}}})",
                   timestamp(time_), type, payload);
    line_ += '\n';
    file_.write(line_);
  }

  std::string text(unsigned low_bits, unsigned high_bits, FillerKind kind) {
    std::string out;
    filler_.append(out, random_, random_.skewed(low_bits, high_bits), kind);
    return out;
  }

  std::string words(std::size_t most) {
    std::string out;
    filler_.append_words(out, random_, most);
    return out;
  }

  void session_meta() {
    std::string commit;
    random_.letters(commit, 40, Random::kHex);
    const std::string project = words(1);
    const std::string_view version = random_.pick(kVersions);
    const std::string instructions = text(10, 13, FillerKind::kProse);
    line(
        "session_meta",
        fmt::format(
            R"({{"id":"{}","timestamp":"{}","cwd":"/home/ada/projects/{}","originator":"codex_cli_rs","cli_version":"{}","instructions":"{}","source":"cli","model_provider":"openai","git":{{"commit_hash":"{}","branch":"main","repository_url":"https://example.invalid/{}.git"}}}})",
            id_, timestamp(time_), project, version, instructions, commit, project));
  }

  void turn() {
    if (random_.one_in(12)) model_ = random_.pick(kModels);
    line(
        "turn_context",
        fmt::format(
            R"({{"cwd":"/home/ada/projects/lantern","approval_policy":"on-request","sandbox_policy":{{"mode":"workspace-write","network_access":false,"exclude_tmpdir_env_var":false,"exclude_slash_tmp":false}},"model":"{}","effort":"{}","summary":"auto"}})",
            model_, random_.one_in(3) ? "high" : "medium"));
    const std::string prompt = text(6, 12, FillerKind::kProse);
    line(
        "response_item",
        fmt::format(
            R"({{"type":"message","role":"user","content":[{{"type":"input_text","text":"{}"}}]}})",
            prompt));
    line("event_msg",
         fmt::format(R"({{"type":"user_message","message":"{}","kind":"plain"}})", prompt));
    for (std::uint64_t calls = random_.between(1, 15); calls > 0; --calls) call(calls == 1);
  }

  void call(bool last) {
    reasoning();
    if (last) {
      answer();
    } else {
      tool();
    }
    count();
  }

  void reasoning() {
    const std::string summary = text(6, 9, FillerKind::kProse);
    line("event_msg", fmt::format(R"({{"type":"agent_reasoning","text":"{}"}})", summary));
    std::string encrypted = "gAAAAAB";
    random_.letters(encrypted, random_.skewed(9, 12), Random::kBase64);
    line(
        "response_item",
        fmt::format(
            R"({{"type":"reasoning","summary":[{{"type":"summary_text","text":"{}"}}],"content":null,"encrypted_content":"{}"}})",
            summary, encrypted));
  }

  void answer() {
    const std::string message = text(8, 13, FillerKind::kProse);
    line("event_msg", fmt::format(R"({{"type":"agent_message","message":"{}"}})", message));
    line(
        "response_item",
        fmt::format(
            R"({{"type":"message","role":"assistant","content":[{{"type":"output_text","text":"{}"}}]}})",
            message));
  }

  void tool() {
    const std::string call_id = random_.id("call_", 24);
    const FillerKind kind = random_.one_in(2) ? FillerKind::kCode : FillerKind::kOutput;
    const std::string output = text(7, 16, kind);
    const std::uint64_t milliseconds = random_.below(30000);
    line(
        "response_item",
        fmt::format(
            R"({{"type":"function_call","name":"shell","arguments":"{{\"command\":[\"bash\",\"-lc\",\"{}\"],\"workdir\":\"/home/ada/projects/lantern\"}}","call_id":"{}"}})",
            words(20), call_id));
    line(
        "response_item",
        fmt::format(
            R"({{"type":"function_call_output","call_id":"{}","output":"Exit code: {}\nWall time: {}.{} seconds\nOutput:\n{}"}})",
            call_id, milliseconds % 2, milliseconds / 1000, milliseconds % 1000, output));
  }

  /// The running total after a call, as Codex reports it: sometimes twice, sometimes after an event
  /// that refreshes rate limits only.
  void count() {
    const TrueCounts used = invented_call();
    total_.input += used.input;
    total_.cache_read += used.cache_read;
    total_.output += used.output;
    total_.reasoning += used.reasoning;
    total_.total += used.total;
    truth_.add(model_, used);
    if (random_.one_in(25)) token_count("null");
    const std::string info = fmt::format(
        R"({{"total_token_usage":{},"last_token_usage":{},"model_context_window":272000}})",
        usage(total_), usage(used));
    token_count(info);
    while (random_.one_in(4)) token_count(info);
  }

  void token_count(std::string_view info) {
    const std::uint64_t percent = random_.below(100);
    const std::uint64_t resets = time_ / 1000 + random_.below(18000);
    line(
        "event_msg",
        fmt::format(
            R"({{"type":"token_count","info":{},"rate_limits":{{"primary":{{"used_percent":{}.0,"window_minutes":300,"resets_at":{}}},"secondary":{{"used_percent":{}.0,"window_minutes":10080,"resets_at":{}}}}}}})",
            info, percent, resets, percent / 3, resets + 400000));
  }

  static std::string usage(const TrueCounts& counts) {
    return fmt::format(
        R"({{"input_tokens":{},"cached_input_tokens":{},"output_tokens":{},"reasoning_output_tokens":{},"total_tokens":{}}})",
        counts.input, counts.cache_read, counts.output, counts.reasoning, counts.total);
  }

  TrueCounts invented_call() {
    TrueCounts call;
    call.requests = 1;
    call.input = random_.skewed(12, 18);
    call.cache_read = random_.between(0, call.input / 128) * 128;
    call.reasoning = random_.between(0, 40) * 64;
    call.output = call.reasoning + random_.skewed(4, 11);
    call.total = call.input + call.output;
    return call;
  }

  Random random_;
  const Filler& filler_;
  Truth& truth_;
  std::uint64_t time_;
  std::string id_;
  std::string_view model_;
  OutputFile file_;
  TrueCounts total_;
  std::string line_;
};

}  // namespace

Truth write_codex(const DataSetPlan& plan) {
  Truth truth({.cache_write = true});
  for (std::uint64_t i = 0; i < plan.files; ++i) {
    Rollout(plan.folder, plan.random.fork(i), plan.filler, truth).write(plan.bytes / plan.files);
  }
  return truth;
}

}  // namespace usagectl
