#include "analysis/diff/diff_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/checks/verdict.hpp"

namespace usagectl {
namespace {

void add_intake(Intake& all, const Intake& one) {
  all.files += one.files;
  all.bytes += one.bytes;
  all.lines += one.lines;
  all.counted += one.counted;
  all.duplicate += one.duplicate;
  all.rejected += one.rejected;
  for (const auto& [rule, objects] : one.ignored) all.ignored[rule] += objects;
  all.problems.insert(all.problems.end(), one.problems.begin(), one.problems.end());
}

/// Adds the files of a side; returns the number of its first one.
FileId add_side(ReconcileReport& report, const Side& side) {
  const auto first = static_cast<FileId>(report.files.size());
  report.files.insert(report.files.end(), side.files.begin(), side.files.end());
  report.file_uses.insert(report.file_uses.end(), side.file_uses.begin(), side.file_uses.end());
  report.file_uses.resize(report.files.size(), FileUse::read);
  add_intake(report.intake, side.intake);
  return first;
}

/// Makes the findings of one comparison.
class Writer {
 public:
  Writer(ReconcileReport& report, const DiffReport& diff, FileId first_of_a, FileId first_of_b)
      : report_(report), diff_(diff), first_of_a_(first_of_a), first_of_b_(first_of_b) {}

  void write() {
    write_empty_sides();
    write_records();
    write_keys();
    write_meaning();
    write_values();
    write_client();
    write_rest();
  }

 private:
  Place in_a(Place place) const {
    place.file += first_of_a_;
    return place;
  }
  Place in_b(Place place) const {
    place.file += first_of_b_;
    return place;
  }
  /// Where nothing more is known: the first file of B, which is compared with A.
  Place somewhere() const {
    const bool b_has_files = !diff_.b.files.empty();
    return {b_has_files ? first_of_b_ : first_of_a_, 0, {}};
  }

  Finding& add(Severity severity, Place place, std::string explanation) {
    Finding finding;
    finding.rule = Rule::parity;
    finding.severity = severity;
    finding.place = std::move(place);
    finding.explanation = std::move(explanation);
    report_.findings.push_back(std::move(finding));
    return report_.findings.back();
  }

  Finding& add(DiffPart part, Place place, std::string explanation) {
    const bool fails = diff_.fails(part);
    is_told_[static_cast<std::size_t>(part)] |= fails;
    return add(fails ? Severity::error : Severity::note, std::move(place), std::move(explanation));
  }

  void write_empty_sides() {
    if (!diff_.is_empty()) return;
    const bool a = diff_.a.records() == 0;
    const bool b = diff_.b.records() == 0;
    add(Severity::warning, somewhere(),
        a && b ? "neither A nor B holds usage: there is nothing to compare"
               : fmt::format("{} holds no usage: there is nothing to compare", a ? "A" : "B"))
        .cause = "meaning-undetermined";
  }

  void write_records() {
    for (const std::size_t call : diff_.records.unpaired_a)
      add(DiffPart::records, in_a(diff_.a.calls[call].place), "this call of A is not in B").cause =
          "call-unpaired";
    for (const std::size_t call : diff_.records.unpaired_b)
      add(DiffPart::records, in_b(diff_.b.calls[call].place), "this call of B is not in A").cause =
          "call-unpaired";
    if (diff_.continuation.verdict == Continues::neither)
      add(Severity::note, somewhere(), diff_.continuation.sentence).cause = "total-fell";
  }

  void write_keys() {
    for (const KeyDifference& key : diff_.keys) {
      if (key.a.records > 0 && key.b.records > 0) continue;
      const bool is_in_a = key.a.records > 0;
      const KeyUse& use = is_in_a ? key.a : key.b;
      if (!use.first) continue;
      add(DiffPart::keys, is_in_a ? in_a(*use.first) : in_b(*use.first),
          fmt::format("the key {} is only in {}", key.path, is_in_a ? "A" : "B"))
          .cause = "key-on-one-side";
    }
  }

  void write_meaning() {
    for (const AxisDifference& axis : diff_.meaning) {
      const bool is_extra = axis.axis == kCompletionsAxis || axis.axis == kCostAxis;
      const Place place = axis.b.example   ? in_b(*axis.b.example)
                          : axis.a.example ? in_a(*axis.a.example)
                                           : somewhere();
      if (axis.verdict == Likeness::different) {
        std::string text =
            fmt::format("{} is {} in A and {} in B", axis.axis, axis.a.value, axis.b.value);
        if (!axis.evidence.empty()) text += ": " + axis.evidence;
        add(DiffPart::meaning, place, std::move(text)).cause = "meaning-differs";
      } else if (axis.verdict == Likeness::undetermined && !is_extra && !diff_.is_empty()) {
        const bool is_required = diff_.judgement.of(DiffPart::meaning) == Weighed::required;
        if (diff_.judgement.of(DiffPart::meaning) == Weighed::shown) continue;
        is_told_[static_cast<std::size_t>(DiffPart::meaning)] |= is_required;
        add(is_required ? Severity::error : Severity::warning, place,
            fmt::format("nothing proves that {} means the same: {} in A, {} in B", axis.axis,
                        axis.a.value, axis.b.value))
            .cause = "meaning-undetermined";
      }
    }
  }

  void write_values() {
    const bool is_judged = diff_.judgement.of(DiffPart::values) != Weighed::shown;
    for (const auto* const list :
         {&diff_.values.totals, &diff_.values.groups, &diff_.values.calls}) {
      if (!is_judged && list != &diff_.values.totals) continue;
      for (const ValueDifference& value : *list) {
        if (!value.is_beyond) continue;
        const Place place =
            value.calls ? in_b(diff_.b.calls[value.calls->second].place) : somewhere();
        const std::string what = value.calls         ? std::string("this call")
                                 : value.key.empty() ? std::string("all calls")
                                                     : fmt::format("{} {}", value.key, value.name);
        Finding& finding =
            add(DiffPart::values, place,
                fmt::format("{} of {} differs from A", name_of(value.counter), what));
        finding.counter = name_of(value.counter);
        finding.asserted = value.b;
        finding.calculated = value.a;
        finding.basis = "in A";
        finding.cause = "value-differs";
      }
    }
  }

  void write_client() {
    for (const ClientNumber& number : diff_.client.numbers) {
      if (number.is_as_sent || !number.example) continue;
      const bool client_is_b = diff_.client.raw == RawSide::a;
      const Place place = client_is_b ? in_b(diff_.b.calls[number.example->second].place)
                                      : in_a(diff_.a.calls[number.example->first].place);
      Finding& finding = add(Severity::note, place, "the client: " + number.did);
      finding.counter = number.number;
      finding.asserted = number.got;
      finding.calculated = number.sent;
      finding.basis = "sent by the provider";
      finding.cause = number.cause;
    }
  }

  /// A part that fails says so, also where no single place shows it.
  void write_rest() {
    for (std::size_t i = 0; i < kDiffPartCount; ++i) {
      const auto part = static_cast<DiffPart>(i);
      if (!diff_.fails(part) || is_told_[i]) continue;
      add(Severity::error, somewhere(),
          fmt::format("{}: {}", name_of(part), diff_.part(part).sentence));
    }
  }

  ReconcileReport& report_;
  const DiffReport& diff_;
  FileId first_of_a_;
  FileId first_of_b_;
  std::array<bool, kDiffPartCount> is_told_{};
};

}  // namespace

ReconcileReport findings_of(const std::vector<DiffReport>& comparisons) {
  ReconcileReport report;
  report.command = "diff";
  if (comparisons.empty()) return report;
  const FileId first_of_a = add_side(report, comparisons.front().a);
  for (const DiffReport& diff : comparisons) {
    const FileId first_of_b = add_side(report, diff.b);
    Writer(report, diff, first_of_a, first_of_b).write();
    for (const AxisDifference& axis : diff.meaning)
      report.passed += axis.verdict == Likeness::same ? 1 : 0;
  }
  judge(report);
  return report;
}

ReconcileReport findings_of(const std::vector<ContractReport>& contracts, bool fails_if_open) {
  ReconcileReport report;
  report.command = "diff";
  for (const ContractReport& contract : contracts) {
    const FileId first = add_side(report, contract.side);
    for (Finding& finding : contract_findings(contract)) {
      finding.place.file += first;
      if (fails_if_open) finding.severity = Severity::error;
      report.findings.push_back(std::move(finding));
    }
    for (const AxisDifference& axis : contract.meaning)
      report.passed += axis.verdict == Likeness::same ? 1 : 0;
  }
  judge(report);
  return report;
}

}  // namespace usagectl
