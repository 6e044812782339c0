"""The commands of `pimpasa`, a file for each group: arguments in, lines out. They decide nothing themselves."""
