"""Tests of the pages, mirroring `miedza.web`."""
