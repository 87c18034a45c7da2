"""Calls for applicants (모집): the catalogue, forms, applications, recommendations and guardians' consent."""
