"""`make bench`: what the issue asks to measure, as ratios from one run. No test: nothing here passes or fails.

Two sizes of the same content lie in two databases behind two servers, and what is compared is asked for in turn
(A B A B), so that a slow minute of the machine hits both sides. Milliseconds are given beside the ratios only because
people want to see them; they hold for this machine and this minute.
"""
