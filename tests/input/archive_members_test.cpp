#include "input/containers/archive_members.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>
#include <locale.h>

#include <string>
#include <utility>
#include <vector>

#include "input/text_buffer.hpp"

using namespace usagectl;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

/// An archive in memory, as libarchive names its format and its compression.
std::string packed(const Members& members, const char* format, const char* filter = nullptr,
                   const char* options = nullptr) {
  const locale_t letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t before = uselocale(letters);
  archive* const writer = archive_write_new();
  REQUIRE(archive_write_set_format_by_name(writer, format) == ARCHIVE_OK);
  if (filter != nullptr) REQUIRE(archive_write_add_filter_by_name(writer, filter) == ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(writer, 1);
  if (options != nullptr) {
    archive_write_set_passphrase(writer, "secret");
    REQUIRE(archive_write_set_options(writer, options) == ARCHIVE_OK);
  }
  std::string bytes(std::size_t{4} << 20, '\0');
  std::size_t used = 0;
  REQUIRE(archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK);
  for (const auto& [path, content] : members) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, path.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, path.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    REQUIRE(archive_write_header(writer, entry) == ARCHIVE_OK);
    REQUIRE(archive_write_data(writer, content.data(), content.size()) ==
            static_cast<la_ssize_t>(content.size()));
    archive_entry_free(entry);
  }
  REQUIRE(archive_write_close(writer) == ARCHIVE_OK);
  archive_write_free(writer);
  uselocale(before);
  freelocale(letters);
  bytes.resize(used);
  return bytes;
}

/// "path=content;" of every member, "path: problem;" of those that cannot be read.
std::string members_of(std::string_view bytes, std::uint64_t most_bytes = kMostUnpackedBytes) {
  std::string all;
  Archive archive;
  REQUIRE(archive.open(bytes, most_bytes).ok());
  const auto visit = [&](const ArchiveMember& member, ByteSource&& source) {
    TextBuffer text;
    std::string problem = member.problem;
    if (problem.empty()) problem = text.fill(source).problem;
    all += member.path;
    all += problem.empty() ? "=" + std::string(text.text()) : ": " + problem;
    all += ";";
  };
  const ReadResult result =
      each_archive_member(archive, {.most_unpacked_bytes = most_bytes}, visit);
  return all + result.problem;
}

const Members kMembers = {{"logs/", ""}, {"logs/a.json", "{\"a\":1}"}, {"b.jsonl", "{}\n{}\n"}};

}  // namespace

TEST_CASE("the members of zip and tar archives are their files, whatever compresses them") {
  const std::string all = "logs/a.json={\"a\":1};b.jsonl={}\n{}\n;";
  CHECK(members_of(packed(kMembers, "zip")) == all);
  CHECK(members_of(packed(kMembers, "paxr")) == all);
  for (const char* const filter : {"gzip", "bzip2", "xz", "zstd"}) {
    CAPTURE(filter);
    CHECK(members_of(packed(kMembers, "paxr", filter)) == all);
  }
}

TEST_CASE("a single compressed file is a member without a name") {
  for (const char* const filter : {"gzip", "bzip2", "xz", "zstd"}) {
    CAPTURE(filter);
    CHECK(members_of(packed({{"x", "{\"a\":1}"}}, "raw", filter)) == "={\"a\":1};");
  }
}

TEST_CASE("names of members keep letters of any script") {
  for (const char* const format : {"zip", "paxr"})
    CHECK(members_of(packed({{"stra\xC3\x9F"
                              "e.json",
                              "1"}},
                            format)) ==
          "stra\xC3\x9F"
          "e.json=1;");
}

TEST_CASE("an archive among the members is read too, one in that one is not") {
  const std::string inner = packed({{"c.json", "[]"}}, "zip");
  const std::string middle = packed({{"inner.zip", inner}, {"d.json", "{}"}}, "paxr", "gzip");
  CHECK(members_of(packed({{"inner.zip", inner}, {"e", "f"}}, "zip")) ==
        "inner.zip!c.json=[];e=f;");
  CHECK(members_of(packed({{"x.tgz", middle}}, "zip")) ==
        "x.tgz!inner.zip: is an archive in an archive in an archive, which is not read;"
        "x.tgz!d.json={};");
  CHECK(members_of(packed({{"g.json.gz", packed({{"", "{}"}}, "raw", "gzip")}}, "zip")) ==
        "g.json.gz={};");
}

TEST_CASE("what an archive unpacks to is bounded, archives in it included") {
  const std::string zeros(std::size_t{3} << 20, '0');
  const std::string bomb = packed({{"small", "1"}, {"large", zeros}, {"behind", "2"}}, "zip");
  CHECK(bomb.size() < 10'000);
  CHECK(members_of(bomb, 1'000'000) ==
        "small=1;large: is not read to its end: the archive unpacks to more than 1000000 bytes;");
  const std::string nested = packed({{"a.zip", bomb}, {"b.zip", bomb}}, "zip");
  CHECK(members_of(nested, 1'000'000).ends_with("unpacks to more than 1000000 bytes;"));
}

TEST_CASE("an encrypted archive is one clear problem") {
  const std::string encrypted =
      packed({{"a.json", "{}"}}, "zip", nullptr, "zip:encryption=zipcrypt");
  CHECK(members_of(encrypted) == "is an encrypted archive: unpack it and name the files");
}

TEST_CASE("a cut or damaged archive is a problem, behind the members that are whole") {
  std::string noise;
  for (unsigned i = 0, x = 1; i < 100'000; ++i) {
    x = x * 1664525U + 1013904223U;
    noise.push_back(static_cast<char>(x >> 24));
  }
  const std::string tar = packed({{"a", "1"}, {"b", noise}}, "paxr");
  CHECK(members_of(tar.substr(0, 50'000)).find("a=1;b: is a damaged archive: ") == 0);
  std::string zip = packed({{"a", "1"}, {"b", noise}}, "zip");
  CHECK(members_of(zip.substr(0, 50'000)).find("is a damaged archive: ") != std::string::npos);
  zip[60'000] = static_cast<char>(zip[60'000] + 1);
  CHECK(members_of(zip).find("is a damaged archive: ") != std::string::npos);
}

TEST_CASE("an archive that is cut between its members is a problem, behind those that are whole") {
  const std::string problem =
      "is a damaged archive: it ends without its end, as it was cut or is being written";
  const std::string tar = packed({{"a", "1"}, {"b", "2"}}, "ustar");
  CHECK(members_of(tar.substr(0, 1024)) == "a=1;" + problem);
  CHECK(members_of(tar.substr(0, 2048)) == "a=1;b=2;" + problem);
  CHECK(members_of(tar.substr(0, 2560)) == "a=1;b=2;");
  const std::string zip = packed({{"a", "1"}}, "zip");
  CHECK(members_of(zip) == "a=1;");
  CHECK(members_of(zip.substr(0, zip.size() - 22)) == "a=1;" + problem);
  CHECK(members_of(zip.substr(0, zip.size() - 1)) == "a=1;" + problem);
}

TEST_CASE("an archive is known by its first bytes") {
  CHECK(looks_like_archive(packed(kMembers, "zip")));
  CHECK(looks_like_archive(packed(kMembers, "paxr")));
  CHECK(looks_like_archive(packed(kMembers, "paxr", "xz")));
  CHECK_FALSE(looks_like_archive("{\"PK\":1}"));
  CHECK_FALSE(looks_like_archive(""));
}

TEST_CASE("the mark of an archive alone is a damaged archive, in an archive too") {
  for (const std::string mark : {"BZh", "\x1F\x8B", "PK\x03\x04"}) {
    CAPTURE(mark);
    Archive archive;
    REQUIRE(archive.open(std::string_view(mark)).ok());
    CHECK(each_archive_member(archive, {}, [](const ArchiveMember&, ByteSource&&) {
          }).problem.find("is a damaged archive: ") == 0);
  }
  CHECK(members_of(packed({{"a.bz2", "BZh"}, {"b", "1"}}, "zip")) ==
        "a.bz2: is a damaged archive: it begins like one, and goes on like none;b=1;");
}

TEST_CASE("what nobody reads of a member counts where it is unpacked to be passed over") {
  const std::string zeros(std::size_t{3} << 20, '0');
  const std::string bomb = packed({{"large", zeros}, {"behind", "2"}}, "paxr", "gzip");
  Archive archive;
  REQUIRE(archive.open(std::string_view(bomb), 1'000'000).ok());
  const ReadResult result = each_archive_member(archive, {.most_unpacked_bytes = 1'000'000},
                                                [](const ArchiveMember&, ByteSource&&) {});
  CHECK(result.problem == "is not read to its end: the archive unpacks to more than 1000000 bytes");
}
