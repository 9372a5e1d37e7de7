"""What is measured: `make benchmarks`, each comparison as a ratio within one run; `make coverage`, modes found."""
