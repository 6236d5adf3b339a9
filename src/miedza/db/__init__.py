"""What every app's tables are made of: identity, tenancy, relations, encryption. No tables here."""
