"""What is said and when. Pure: no clock, no device, no database."""
