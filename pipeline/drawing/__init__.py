"""Recordings become films: colours from the theme, marks on a canvas, frames through an encoder."""
