"""The ladder and the desk as pure functions: facts and a day in, a decision and its reason out."""
