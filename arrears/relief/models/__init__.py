"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""
