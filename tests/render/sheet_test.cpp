#include "render/text/sheet.hpp"

#include <doctest/doctest.h>

using namespace usagectl;

TEST_CASE("people are shown names and what is known") {
  Sheet sheet;
  sheet.columns = {{"model", "model"},
                   {"input", "input", Content::number, Weight::main},
                   {"output", "output", Content::number, Weight::main},
                   {"known_output", "known output", Content::number, Weight::detail, true}};
  sheet.rows = {{Cell(), Cell(), Cell(Count{0}), Cell(Count{1})}};
  CHECK(shown_columns(sheet) == std::vector<std::size_t>{0, 2});
}

TEST_CASE("an unknown count makes an unknown cell") {
  CHECK(Cell(std::optional<Count>()).kind == Cell::Kind::unknown);
  CHECK(Cell::difference(std::nullopt).kind == Cell::Kind::unknown);
  CHECK(Cell::difference(0).kind == Cell::Kind::difference);
}
