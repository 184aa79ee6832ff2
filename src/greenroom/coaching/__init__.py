"""Measures of an answer. Pure: figures in, figures out; no clock, no device, no database."""
