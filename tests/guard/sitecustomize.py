"""Python runs this when it starts: processes that a test starts keep to this machine, too."""

import os
import sys

from reached import NOTED, refuse_the_world  # type: ignore[import-not-found]

if NOTED in os.environ:
    sys.addaudithook(refuse_the_world)
