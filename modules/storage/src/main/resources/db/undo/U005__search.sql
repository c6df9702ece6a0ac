DROP FUNCTION search_text;
DROP FUNCTION search_configuration;
