"""Power loss: what a laptop's disk may hold after the battery fell out, tried at every single operation."""
