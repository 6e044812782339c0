"""The office server: keeps the ledger, enforces the rules again, answers the laptops. Runs without Qt."""
