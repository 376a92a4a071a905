"""What `make bench` measures: the real server with a 10-year diary, as ratios to a bare view."""
