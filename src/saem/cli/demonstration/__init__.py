"""What `saem demo` puts into a fresh site: institutions, people, classes, and pupils' work done for real."""
