# A culture-like name.
