"""What the office knows: entities, their rules, roles and permissions. No SQL, no Qt, no network, no clock."""
