"""Tests of the Lab in a real browser."""
