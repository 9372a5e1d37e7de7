"""From essay and results to pages: templates filled, checked, written, and previewed. It knows no torch, no matplotlib."""
