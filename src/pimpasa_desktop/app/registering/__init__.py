"""What stands around the line of the register: how many came, the last ten, who a name may mean."""
