"""What is measured: one `make benchmarks`, each comparison as a ratio within one run."""
