"""Many laptops and one office, real parts, one thread, one seed: every fault that we know, and what must hold."""
