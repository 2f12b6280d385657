#pragma once

#include <sys/types.h>

#include <string>

#include "cli/options/project_file.hpp"

namespace usagectl {

/// A project file that is found by walking upward may be somebody else's: a downloaded folder, a
/// pull request, /tmp. These limits keep it from doing more than describing a project.

/// The text of a project file. Throws InputError when it is not a regular file, is larger
/// than 1 MiB or cannot be read, and when `must_be_ours` and it belongs to neither the user nor
/// root.
std::string read_limited_project_file(const std::string& path, bool must_be_ours);

/// Checks where a project file that was found lies: in the repository of the current folder, in the
/// user's home, or, where the current folder is in neither, in a folder that not everyone may write
/// to. Throws InputError.
void check_place(const std::string& path, const std::string& home);

/// Whether the user `user` follows a project file that was found and that belongs to `owner`.
bool is_trusted_owner(uid_t owner, uid_t user);

/// Checks what a project file that was found refers to. Reports go below its folder, with links
/// resolved, and not into a hidden file or folder such as .git; the other files are regular and at
/// most 1 MiB, a baseline 16 MiB; its paths are files and folders. Throws InputError.
void check_limits(const ProjectFile& project);

}  // namespace usagectl
