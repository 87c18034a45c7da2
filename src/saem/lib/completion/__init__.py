"""Who has completed a course, decided from facts and dated rules, and explained; no database, no words."""
