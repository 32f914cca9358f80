"""What happens to every write request under every fault, after every death, on every bad disk."""
