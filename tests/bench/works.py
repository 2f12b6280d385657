"""Everything that can be measured, in the order of the table."""

from against_itself import diff, doubling, one_id, one_map, outputs, sessions
from against_tools import (codex, compressed, small_file, small_files, token_usage, transcripts,
                           usage_log)
from threads import serial

WORKS = {"transcripts": transcripts, "codex": codex, "usage-log": usage_log,
         "token-usage": token_usage, "sessions": sessions, "diff": diff,
         "small-files": small_files, "compressed": compressed, "doubling": doubling,
         "one-map": one_map, "one-id": one_id, "outputs": outputs, "serial": serial,
         "small-file": small_file}
