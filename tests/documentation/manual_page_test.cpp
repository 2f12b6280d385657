#include "documentation/manual_page.hpp"

#include <doctest/doctest.h>

#include <string>

using usagectl::ManualPage;
using usagectl::read_manual_page;

TEST_CASE("the options and commands of a manual page are those with an entry of their own") {
  const ManualPage page = read_manual_page(
      ".Nm\n.Op Fl -not-this\n.It Fl o Ar file , Fl -output Ns = Ns Ar file\n"
      ".It Fl -by Ns = Ns Ar key Ns Op , Ns Ar key\n.It Xr usagectl-diff 1\n.It Cm records\n"
      "One of\n.Cm table ,\n.Cm json .\n");
  CHECK(page.options == std::set<std::string>{"--by", "--output", "-o"});
  CHECK(page.commands == std::set<std::string>{"diff", "records"});
  CHECK(page.words.count("table") == 1);
}
