DROP TABLE stored_amounts;
