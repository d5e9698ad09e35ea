"""Side by side with tools that do a part of the same: first the verdicts, then the speed."""
