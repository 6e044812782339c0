"""The laptop's register: encrypted tables, two doors to write, queries to read. The only SQL of the laptop."""
