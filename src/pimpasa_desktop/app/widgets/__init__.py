"""The parts that screens are put together from. They know how they look and speak, and nothing of records."""
