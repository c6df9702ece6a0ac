-- The disk size of a table with its indexes, of all its partitions, or of all its shards on a Citus cluster. There
-- pg_total_relation_size() alone counts the empty parent table. The statements on Citus are dynamic, because its catalog
-- exists only where it is installed.
CREATE FUNCTION table_bytes(name text) RETURNS bigint
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    bytes bigint;
    distributed boolean := false;
BEGIN
    IF to_regclass('pg_dist_partition') IS NOT NULL THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = $1::regclass)' INTO distributed USING name;
    END IF;
    IF distributed THEN
        EXECUTE 'SELECT citus_total_relation_size($1::regclass)' INTO bytes USING name;
        RETURN bytes;
    END IF;
    RETURN coalesce((SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(name)), pg_total_relation_size(name));
END
$$;
