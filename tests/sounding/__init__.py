"""Tests of pipeline.sounding: by arithmetic, by a second route, and by listening."""
