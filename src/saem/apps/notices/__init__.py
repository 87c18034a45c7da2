"""What the site tells people: an inbox for everybody with an account, and e-mail or text messages, never sent twice."""
