"""Does a Machine Imagine? The pipeline that trains, draws, plays and publishes the essay."""
