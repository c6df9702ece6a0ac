DROP FUNCTION table_bytes(text);
