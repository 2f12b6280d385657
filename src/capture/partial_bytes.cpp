#include "capture/partial_bytes.hpp"

#include <bit>

namespace usagectl {
namespace {

constexpr unsigned kBitsInByte = 7;
constexpr std::uint64_t kMore = 0x80;
constexpr unsigned kBitsInNumber = 64;

}  // namespace

void BytesWriter::number(std::uint64_t value) {
  for (; value >= kMore; value >>= kBitsInByte)
    bytes_.push_back(static_cast<char>((value & (kMore - 1)) | kMore));
  bytes_.push_back(static_cast<char>(value));
}

void BytesWriter::real(double value) { number(std::bit_cast<std::uint64_t>(value)); }

void BytesWriter::text(std::string_view value) {
  const auto [known, is_new] = texts_.try_emplace(std::string(value), texts_.size() + 1);
  if (!is_new) {
    number(known->second);
    return;
  }
  number(0);
  number(value.size());
  bytes_ += value;
}

void BytesWriter::clear() {
  bytes_.clear();
  texts_.clear();
}

void BytesReader::number(std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < kBitsInNumber; shift += kBitsInByte) {
    if (rest_.empty()) throw DamagedPartial();
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= (byte & (kMore - 1)) << shift;
    if ((byte & kMore) == 0) return;
  }
  throw DamagedPartial();
}

void BytesReader::real(double& value) {
  std::uint64_t bits = 0;
  number(bits);
  value = std::bit_cast<double>(bits);
}

BytesReader::Text& BytesReader::next_text() {
  std::uint64_t which = 0;
  number(which);
  if (which > texts_.size()) throw DamagedPartial();
  if (which > 0) return texts_[which - 1];
  std::uint64_t size = 0;
  number(size);
  expect(size);
  texts_.push_back({rest_.substr(0, size), {}, false});
  rest_.remove_prefix(size);
  return texts_.back();
}

void BytesReader::name(std::string_view& value) {
  Text& text = next_text();
  if (!text.is_kept) {
    text.kept = names_->keep(text.text);
    text.is_kept = true;
  }
  value = text.kept;
}

}  // namespace usagectl
