"""The exit question of a lesson: asked once at its end, and what a class answered."""
