"""From essay and results to pages: filled, checked, written, previewed. It knows neither torch nor matplotlib."""
