"""The pages of the portfolio: its owner's, a visitor's with a link, a teacher's."""
