#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

/// A position as editors count it: from 1, columns in code points.
struct TextPosition {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

/// Finds the positions of values in a text of JSON documents that was read before. Keeps the
/// pointers and the brackets around the current byte, and nothing of the text.
class PointerPositions {
 public:
  /// Asks for the value at the end of `pointer` in the document that begins on `line`; 0 is the
  /// document that begins the text. To be called before the first read().
  void want(std::uint64_t line, std::string_view pointer);

  /// Takes the next bytes of the text. Returns false when every value has been found.
  bool read(std::string_view bytes);

  /// The position of a wanted value, or of the innermost value on the way to it, such as a string
  /// that contains JSON. Nothing if not even the first step of the pointer exists.
  std::optional<TextPosition> position(std::uint64_t line, std::string_view pointer) const;

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// A value on the way of a pointer.
  struct Node {
    std::map<std::string, std::size_t, std::less<>> children;
    std::optional<TextPosition> position;
    bool is_wanted = false;
  };
  /// An open object or list with a node.
  struct Frame {
    std::size_t node = kNone;
    bool is_list = false;
    bool expects_key = false;
    std::uint64_t index = 0;
  };
  enum class InString : std::uint8_t { no, key, value };

  std::size_t child_of(std::size_t node, std::string_view token) const;
  std::size_t node_of_value() const;
  bool wants_line() const;
  void take(char byte);
  void seek(char byte);
  void begin_document(std::size_t root, bool is_list, bool ends_with_line);
  void walk(char byte);
  void take_string_byte(char byte);
  void take_key();
  void note_value();
  void open(bool is_list);
  void close();
  void end_line();

  std::vector<Node> nodes_;
  std::map<std::uint64_t, std::size_t> roots_;  ///< by the line of their document
  std::size_t left_ = 0;                        ///< wanted values that are not found

  TextPosition here_ = {1, 1};
  bool is_blank_so_far_ = true;  ///< nothing but spaces on this line, outside documents
  bool is_walking_ = false;
  bool ends_with_line_ = false;
  std::size_t root_ = kNone;
  std::vector<Frame> frames_;
  std::uint64_t skipped_depth_ = 0;  ///< brackets inside a value without a node
  InString in_string_ = InString::no;
  bool is_escaped_ = false;
  bool is_noted_ = false;  ///< the current value has its position
  std::string key_;
  std::size_t node_of_member_ = kNone;
};

}  // namespace usagectl
