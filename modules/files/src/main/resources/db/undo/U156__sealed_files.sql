DO $$
BEGIN
    IF EXISTS (SELECT FROM files WHERE sealed IS NOT NULL) THEN
        RAISE EXCEPTION 'there are encrypted files, which this would make unreadable: export and delete them first';
    END IF;
END $$;

ALTER TABLE file_chunks
    DROP CONSTRAINT ck_file_chunks_sealed,
    DROP CONSTRAINT ck_file_chunks_content,
    DROP COLUMN sealed,
    ALTER COLUMN data SET NOT NULL;
ALTER TABLE files
    DROP CONSTRAINT ck_files_sealed,
    DROP CONSTRAINT ck_files_stored,
    ADD CONSTRAINT ck_files_stored CHECK (state <> 'stored' OR sha256 IS NOT NULL),
    DROP COLUMN sealed,
    ALTER COLUMN name SET NOT NULL;
