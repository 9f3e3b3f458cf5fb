"""Numbers: numerals in digits, words and scripts, and the quantities they make with units."""
