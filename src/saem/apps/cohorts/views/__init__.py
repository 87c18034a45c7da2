"""Pages: pupils come in (`joining`), teachers run a class (`classroom`, `students`), staff run a cohort (`cohort`)."""
