"""Results, claims and derivations as text and JSON; nothing here decides anything."""
