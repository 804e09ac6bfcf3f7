-- The checks of foreign keys are planned once per session, perhaps while their tables were empty; a long import
-- fills them under those plans, and every check would then read more and more of the table.
DISCARD PLANS
