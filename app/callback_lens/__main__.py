"""``python -m callback_lens``."""

import sys

from callback_lens.cli import main

sys.exit(main())
