-- Back to the server's own planning, once the large read is under way.
SET LOCAL cursor_tuple_fraction TO DEFAULT; SET LOCAL enable_nestloop TO DEFAULT;
SET LOCAL random_page_cost TO DEFAULT
