-- What it stored goes with its columns.
SELECT;
