"""The shared web kit: base templates, components, static files, middleware, charts, messages, error pages."""
