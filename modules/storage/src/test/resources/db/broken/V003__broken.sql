CREATE TABLE broken (id int);
SELECT no_such_column FROM broken;
