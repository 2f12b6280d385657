#include "cli/output/claim_lines.hpp"

#include <cstddef>

#include "analysis/checks/claim_list.hpp"
#include "render/flat_claim.hpp"

namespace usagectl {

void ClaimLines::ask(Question& question, const std::vector<std::string>* const& names) {
  question.wants_claims = true;
  question.on_part = [this, &names](const GroupPart& part) {
    const bool has_place = part.kind != PartKind::member;
    append_flat_part(
        part, has_place ? std::string_view((*names)[part.place.file]) : std::string_view(), lines_);
    write_when_full();
  };
}

void ClaimLines::write(const Books& books) {
  append_flat_held(books.checks_held, lines_);
  for (const ListedClaim& claim : list_claims(books)) {
    append_flat_claim(claim, books.file_names[claim.place.file], lines_);
    write_when_full();
  }
  write_lines();
}

void ClaimLines::write_when_full() {
  constexpr std::size_t kWriteAtBytes = std::size_t{64} * 1024;
  if (lines_.size() >= kWriteAtBytes) write_lines();
}

void ClaimLines::write_lines() {
  writer_.write(lines_);
  lines_.clear();
}

}  // namespace usagectl
