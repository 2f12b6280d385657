#include "analysis/causes/second_reading.hpp"

#include <algorithm>
#include <utility>

#include "capture/file_pieces.hpp"
#include "ledger/ledger.hpp"

namespace usagectl {
namespace {

std::vector<std::size_t> files_with(const Books& first, const SecondQuestion& question) {
  std::vector<char> wanted(first.found_files.size(), 0);
  const auto want = [&](std::size_t file) {
    if (file < wanted.size() && can_be_read_again(first.found_files[file])) wanted[file] = 1;
  };
  for (const FileId file : question.files) want(file);
  for (const GroupId id : question.groups) {
    const Group& group = first.groups[id];
    if (group.tally.records == 0) continue;
    for (std::size_t file = group.first_file; file <= group.last_file; ++file) want(file);
  }
  std::vector<std::size_t> files;
  for (std::size_t file = 0; file < wanted.size(); ++file) {
    if (wanted[file] != 0 && first.file_uses[file] == FileUse::read) files.push_back(file);
  }
  return files;
}

}  // namespace

KeptParts read_again(Books& first, SecondQuestion question, const PieceOptions& reading) {
  const std::vector<std::size_t> files = files_with(first, question);
  KeptParts kept = std::move(first.kept_parts);
  if (files.empty()) return kept;
  Question asked;
  asked.wants_claims = true;
  asked.on_read = std::move(question.on_read);
  Ledger second(std::move(asked), first.file_names);
  second.number_groups_as(first);
  second.keep_parts_of(KeptParts(std::move(question.groups)));
  std::uint64_t lines = 0;
  read_file_pieces(first.found_files, files, reading, [&](FilePiece& piece) {
    if (piece.begins_file) {
      lines = 0;
      second.begin_file(static_cast<FileId>(piece.file), false);
    }
    second.add(std::move(piece.found), piece.lines_are_relative ? lines : 0);
    lines += piece.lines;
    if (piece.ends_file) second.end_file();
  });
  kept.complete_with(second.take_kept_parts());
  return kept;
}

}  // namespace usagectl
