"""The practitioner's pages."""
