"""The essay as an EPUB 3: chapters as leaves, posters as plates, in one file. It knows neither films nor sound."""
