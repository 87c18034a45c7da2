"""The showcase (전시): what a team shows to everybody, with the consent of each of them."""
