"""Real parts put together for tests: an office on a real ledger, laptops on real stores, a clock that obeys."""
